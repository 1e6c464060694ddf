"""Refusals of the experience domain."""

from server.kit.problems import Problem


class FeedbackClosed(Problem):
    status = 409
    code = "feedback_closed"
    title = "You can say how it was from the end of the work, for 30 days."
