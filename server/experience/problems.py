"""Refusals of the experience domain."""

from server.kit.problems import Problem


class FeedbackClosed(Problem):
    status = 409
    code = "feedback_closed"
    title = "You can say how it was from the end of the work, for 30 days."


class IrritationSettled(Problem):
    status = 409
    code = "irritation_settled"
    title = "This has become an improvement, or was closed already."


class FeedbackLinkEnded(Problem):
    """The same answer for a link that was used, that ran out, and that never was."""

    status = 410
    code = "feedback_link_ended"
    title = "This link has been used, or does not hold any more."
