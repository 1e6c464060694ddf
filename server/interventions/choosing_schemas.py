"""Wire shapes of the times a customer may choose for a job."""

from datetime import datetime

from server.kit.wire import Body, Instant, Out


class ChoosableOut(Out):
    """A time somebody may come; `discount` is what it is worth, of an amount's currency."""

    from_at: datetime
    to_at: datetime
    is_later: bool
    discount: str | None
    currency: str


class ChosenOut(Out):
    from_at: datetime
    to_at: datetime
    discount: str | None
    currency: str
    chosen_at: datetime
    chosen_by: str


class ChoicesForJobOut(Out):
    """What may be chosen now, the next first; none where nothing may be, or not any more."""

    chosen: ChosenOut | None
    items: list[ChoosableOut]


class ChooseBody(Body):
    """One of the times that may be chosen."""

    from_at: Instant
    to_at: Instant
