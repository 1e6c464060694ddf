"""Wire shapes of a building manager's month.

They are shapes of their own, so that nothing internal can slip into them.
"""

from datetime import date, datetime
from uuid import UUID

from server.agreements.schemas import ClockKind
from server.credits.schemas import PortalCreditNoteOut
from server.kit.wire import Out


class PortalFigureOut(Out):
    """A share of the month with its exact parts; `value` is in per cent, null of nothing.

    `outside` counts what the definition leaves out, by reason.
    """

    measure: str
    definition_version: int
    clock: ClockKind | None
    value: str | None
    numerator: int
    denominator: int
    outside: dict[str, int]


class PortalLiftMonthOut(Out):
    """One lift in seconds: the time agreed for it, planned maintenance taken off, and time lost."""

    asset_id: UUID
    code: str
    name: str
    site_id: UUID
    site_name: str
    agreed_seconds: int
    downtime_seconds: int
    availability: PortalFigureOut
    target_percent: str | None
    is_met: bool | None


class PortalMonthOut(Out):
    """What was reported in a month of local days, as it stands at `as_of`.

    Lifts by what they lost, most first. `credited` is by currency, of the approved `credits`.
    """

    month: str
    from_day: date
    to_day: date
    as_of: datetime
    is_over: bool
    interventions: int
    kept: list[PortalFigureOut]
    felt: list[PortalFigureOut]
    lifts: list[PortalLiftMonthOut]
    credits: list[PortalCreditNoteOut]
    credited: dict[str, str]
