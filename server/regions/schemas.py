"""Wire shapes of regions and service-hour calendars."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from server.kit.wire import Body, Code, Line, Money, Out, Zone
from server.regions.tables import ARRIVAL_BY, ARRIVAL_RADIUS, BORROW_COST, UNANSWERED_MINUTES

Profile = Literal["urban", "mixed", "mountain"]
ArrivalBy = Literal["off", "manual", "automatic"]
Window = tuple[Annotated[int, Field(ge=0, le=1440)], Annotated[int, Field(ge=0, le=1440)]]
Weekday = Literal["0", "1", "2", "3", "4", "5", "6"]
# Whether there is such a day is judged by the core, which says so in a fault of its own.
Day = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$"),
    Field(json_schema_extra={"format": "date"}),
]


class CalendarOut(Out):
    """`weekly`: weekday ("0" = Monday) to windows in minutes after local midnight."""

    id: UUID
    code: str
    name: str
    zone: str
    always_open: bool
    weekly: dict[str, list[tuple[int, int]]]
    special: dict[str, list[tuple[int, int]]]
    holidays: list[date]
    version: int


class CalendarBody(Body):
    code: Code
    name: Line
    zone: Zone
    always_open: bool = False
    weekly: dict[Weekday, Annotated[list[Window], Field(max_length=12)]] = {}
    special: Annotated[dict[Day, list[Window]], Field(max_length=400)] = {}
    holidays: Annotated[list[Day], Field(max_length=1000)] = []


class CalendarChangeBody(Body):
    """Only what is named changes, and never without saying why."""

    name: Line | None = None
    zone: Zone | None = None
    always_open: bool | None = None
    weekly: dict[Weekday, Annotated[list[Window], Field(max_length=12)]] | None = None
    special: Annotated[dict[Day, list[Window]], Field(max_length=400)] | None = None
    holidays: Annotated[list[Day], Field(max_length=1000)] | None = None
    reason: Line


class CalendarRevisionOut(Out):
    """A calendar as it was from `made_at` to the next revision, and why it was changed."""

    id: UUID
    number: int
    zone: str
    always_open: bool
    weekly: dict[str, list[tuple[int, int]]]
    special: dict[str, list[tuple[int, int]]]
    holidays: list[date]
    reason: str
    made_by: str
    made_at: datetime


class CalendarRevisionsOut(Out):
    """All revisions of one calendar, newest first."""

    items: list[CalendarRevisionOut]


class HolidayOut(Out):
    """A day proposed as a holiday: whoever keeps the calendar decides."""

    date: date
    name: str


class HolidaysOut(Out):
    """A year's proposal, in order."""

    items: list[HolidayOut]


class SpeedBandOut(Out):
    """Trips up to this length, null for any longer one, are reckoned with this speed."""

    up_to_metres: float | None
    kilometres_per_hour: float


class BusyHoursOut(Out):
    """From one minute after local midnight up to another trips take `factor` times as long."""

    from_minute: int
    to_minute: int
    factor: float


class SpeedsOut(Out):
    """A region's own speeds; without `bands` those of its kind of roads hold."""

    bands: list[SpeedBandOut]
    busy: list[BusyHoursOut]


class RegionOut(Out):
    """`outline` is a GeoJSON polygon or null.

    `borrows_from` lists the regions whose technicians may be sent here too; each visit of theirs
    counts as `borrow_cost` seconds of driving more. Within `arrival_radius_m` of a site a phone
    proposes its arrival (`manual`), records it (`automatic`) or keeps still (`off`).
    `dispatch_phone` is where technicians reach the office, as E.164 (+376800123), or empty.
    `unanswered_minutes` of service hours after a customer's report that nobody has looked at it
    is raised; 0 is never.
    `response_minutes` by severity are aimed at where no agreement makes a promise; a day's trips
    are reckoned by `speeds`, busy hours by their share of the region's usual hours.
    `authority_eur` is what its technicians may decide alone on one intervention, parts and goodwill
    together, as exact text; null is without a limit.
    """

    id: UUID
    code: str
    name: str
    zone: str
    profile: Profile
    calendar_id: UUID
    outline: dict[str, Any] | None
    borrows_from: list[UUID]
    borrow_cost: int
    arrival_by: ArrivalBy
    arrival_radius_m: int
    dispatch_phone: str
    unanswered_minutes: int
    response_minutes: dict[str, int]
    speeds: SpeedsOut
    authority_eur: str | None
    version: int


Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Ring = Annotated[list[tuple[Longitude, Latitude]], Field(min_length=4, max_length=5000)]


class OutlineBody(Body):
    """A GeoJSON polygon (RFC 7946, 3.1.6): first its edge, then its holes."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1, max_length=50)]


Lenders = Annotated[list[UUID], Field(max_length=50)]
BorrowCost = Annotated[int, Field(ge=0, le=1_000_000)]
ArrivalRadius = Annotated[int, Field(ge=50, le=1_000)]
UnansweredMinutes = Annotated[int, Field(ge=0, le=1_440)]
DispatchPhone = Annotated[str, StringConstraints(pattern=r"^(\+[1-9][0-9]{6,14})?$")]


SeverityName = Literal["S1", "S2", "S3", "S4"]
ResponseMinutes = dict[SeverityName, Annotated[int, Field(ge=5, le=43_200)]]


class SpeedBandBody(Body):
    up_to_metres: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)] | None
    kilometres_per_hour: Annotated[float, Field(gt=0, le=200, allow_inf_nan=False)]


class BusyHoursBody(Body):
    from_minute: Annotated[int, Field(ge=0, le=1439)]
    to_minute: Annotated[int, Field(ge=1, le=1440)]
    factor: Annotated[float, Field(ge=0.2, le=5, allow_inf_nan=False)]


class SpeedsBody(Body):
    """Bands by growing length, the last open; without any those of the kind of roads hold."""

    bands: Annotated[list[SpeedBandBody], Field(max_length=12)] = []
    busy: Annotated[list[BusyHoursBody], Field(max_length=12)] = []


class RegionBody(Body):
    code: Code
    name: Line
    zone: Zone
    profile: Profile
    calendar_id: UUID
    outline: OutlineBody | None = None
    borrows_from: Lenders = []
    borrow_cost: BorrowCost = BORROW_COST
    arrival_by: ArrivalBy = ARRIVAL_BY
    arrival_radius_m: ArrivalRadius = ARRIVAL_RADIUS
    dispatch_phone: DispatchPhone = ""
    unanswered_minutes: UnansweredMinutes = UNANSWERED_MINUTES
    response_minutes: ResponseMinutes = {}
    speeds: SpeedsBody = SpeedsBody()
    authority_eur: Money | None = None


class RegionChangeBody(Body):
    """Only what is named changes."""

    name: Line | None = None
    profile: Profile | None = None
    calendar_id: UUID | None = None
    outline: OutlineBody | None = None
    borrows_from: Lenders | None = None
    borrow_cost: BorrowCost | None = None
    arrival_by: ArrivalBy | None = None
    arrival_radius_m: ArrivalRadius | None = None
    dispatch_phone: DispatchPhone | None = None
    unanswered_minutes: UnansweredMinutes | None = None
    response_minutes: ResponseMinutes | None = None
    speeds: SpeedsBody | None = None
    authority_eur: Money | None = None


class TravelProfileOut(Out):
    """How fast the roads of a kind of region are, by the length of the trip."""

    name: Profile
    bands: list[SpeedBandOut]
