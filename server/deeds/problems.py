"""Refusals of the deeds domain."""

from datetime import datetime

from server.kit.problems import Problem


class AlreadyUndone(Problem):
    """Whoever wants it back redoes it."""

    status = 409
    code = "already_undone"
    title = "This has been undone already."

    def __init__(self, by: str, at: datetime) -> None:
        super().__init__(by=by, at=at.isoformat())
