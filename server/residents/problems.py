"""Refusals of the residents domain."""

from server.kit.problems import Problem


class LabelEnded(Problem):
    """The same answer for a label that was replaced, of a lift that is gone, and that never was."""

    status = 410
    code = "label_ended"
    title = "This label does not hold any more. Call the number on it."


class TrackingEnded(Problem):
    """The same answer for a link that ran out and for one that never was."""

    status = 410
    code = "tracking_ended"
    title = "This link does not hold any more."


class TooManyReports(Problem):
    status = 429
    code = "too_many_reports"
    title = "Too much came in from here just now. Wait ten minutes, or call."

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after_seconds=retry_after)
        self.headers = {"Retry-After": str(retry_after)}
