"""Refusals of the credits domain."""

from collections.abc import Iterable

from server.kit.problems import Problem


class MonthNotOver(Problem):
    """What a month owes is known once its last local day has passed."""

    status = 409
    code = "month_not_over"
    title = "This month is not over yet."


class CreditMoveNotAllowed(Problem):
    """What can be done with the note comes along."""

    status = 409
    code = "credit_move_not_allowed"
    title = "This cannot be done with the credit note where it stands now."

    def __init__(self, standing: str, allowed: Iterable[str]) -> None:
        super().__init__(credit_status=standing, allowed=list(allowed))


class AlreadyCountered(Problem):
    status = 409
    code = "already_countered"
    title = "This credit note has been taken back already."
