"""Wire shapes of reports; every figure carries its definition and version."""

from datetime import date
from uuid import UUID

from server.aims.schemas import CommitmentsCountedOut
from server.kit.wire import Out
from server.measures.schemas import CapacityOut, FigureOut, WatermelonPlaceOut
from server.meetings.schemas import MeetingsCountedOut


class TrendPointOut(Out):
    """Local days from `from_day`; null where nothing was measured."""

    from_day: date
    value: str | None
    numerator: int
    denominator: int


class TrendOut(Out):
    measure: str
    definition_version: int
    clock: str | None
    points: list[TrendPointOut]


class AtRiskOut(Out):
    """How promises to customers stand now: `money` is what those due within two hours may cost."""

    open: int
    at_risk: int
    overdue: int
    money: dict[str, str]


class PenaltyCauseOut(Out):
    """What approved credit notes cost for one cause; empty while none was found."""

    cause: str
    currency: str
    amount: str
    breaches: int


class MoneyOut(Out):
    """Credit notes of the months the period touches, by currency; `causes` add up to `approved`."""

    approved: dict[str, str]
    proposed: dict[str, str]
    causes: list[PenaltyCauseOut]


class TeamOut(Out):
    """A region's team: what it kept, and what guards that figure against the wrong road."""

    region_id: UUID
    name: str
    figures: list[FigureOut]


class DirectorReportOut(Out):
    """Kept, at risk and felt on `[from_day, to_day)`, with money and three trends."""

    from_day: date
    to_day: date
    region_id: UUID | None
    interventions: int
    headline: list[FigureOut]
    kept: list[FigureOut]
    felt: list[FigureOut]
    watermelons: int
    at_risk: AtRiskOut
    money: MoneyOut
    trends: list[TrendOut]
    teams: list[TeamOut]


class ShiftPartsOut(Out):
    """Minutes of all shifts, and shares of them; the four parts add up to the whole.

    Of no shift there is no share.
    """

    travel_minutes: int
    waiting_minutes: int
    on_site_minutes: int
    rest_minutes: int
    shift_minutes: int
    travel_percent: str | None
    waiting_percent: str | None
    on_site_percent: str | None
    rest_percent: str | None


class ServiceFiguresOut(Out):
    """One service by its code, with what was kept of it."""

    service: str
    interventions: int
    figures: list[FigureOut]


class RegionReportOut(Out):
    """How the work of a region went on `[from_day, to_day)`."""

    region_id: UUID
    name: str
    from_day: date
    to_day: date
    technicians: int
    parts: ShiftPartsOut
    figures: list[FigureOut]
    services: list[ServiceFiguresOut]
    capacity: CapacityOut


class LiftOut(Out):
    """One lift by what it lost, in minutes of the time agreed for it."""

    asset_id: UUID
    site_id: UUID
    name: str
    site_name: str
    agreed_minutes: int
    down_minutes: int
    availability: str | None


class CustomerReportOut(Out):
    """What a customer was promised and what they felt on `[from_day, to_day)`, for the review."""

    customer_id: UUID
    name: str
    from_day: date
    to_day: date
    interventions: int
    kept: list[FigureOut]
    felt: list[FigureOut]
    verdict: WatermelonPlaceOut | None
    watermelons: int
    services: list[ServiceFiguresOut]
    meetings: list[MeetingsCountedOut]
    commitments: list[CommitmentsCountedOut]
    lifts: list[LiftOut]
