"""Wire shapes of the dispatcher's board."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from server.agreements.schemas import ClockKind, Severity
from server.interventions.phone_schemas import PhoneShiftOut
from server.interventions.schemas import ClockState, InterventionOut, VisitStatus
from server.kit.wire import Body, Line, Out, Position
from server.presence.schemas import DutyState, SeenOut
from server.roster.schemas import AbsenceKind
from server.services.schemas import WorkType


class BoardDutyOut(Out):
    """Where somebody's working day stands now."""

    state: DutyState
    since: datetime | None
    until: datetime | None


class BoardAbsenceOut(Out):
    """Time in which somebody is away that day; why is for whoever plans."""

    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind | None


class BoardTechnicianOut(Out):
    """One row of the timeline; `seen` is where their phone was last, for whoever plans."""

    id: UUID
    name: str
    region_id: UUID
    region_name: str
    phone: str
    home: Position
    position: Position
    skills: dict[str, int]
    shifts: list[PhoneShiftOut]
    visits: list["BoardVisitOut"]
    duty: BoardDutyOut
    absences: list[BoardAbsenceOut]
    seen: SeenOut | None


class BoardBarOut(Out):
    """What a bar shows of its visit; the rest is told with the intervention."""

    id: UUID
    intervention_id: UUID
    technician_id: UUID
    status: VisitStatus
    starts_at: datetime
    ends_at: datetime
    travel_seconds: int
    late_by_seconds: int
    is_technician_locked: bool
    is_start_locked: bool
    announced_at: datetime | None
    accepted_at: datetime | None
    en_route_at: datetime | None
    arrived_at: datetime | None
    work_started_at: datetime | None
    finished_at: datetime | None
    version: int


class BoardClockOut(Out):
    """How the promise to the customer that presses most stands; due is null while paused."""

    kind: ClockKind
    state: ClockState
    due_at: datetime | None
    at_risk_at: datetime | None
    internal_due_at: datetime | None
    stopped_at: datetime | None


class BoardVisitOut(Out):
    """One bar of the timeline; `not_answered_at` as of a visit, while it waits for an answer."""

    visit: BoardBarOut
    number: str
    severity: Severity
    work_type: WorkType
    service: str
    summary: str
    site_id: UUID
    site_name: str
    asset_code: str | None
    customer_id: UUID
    customer_name: str
    position: Position
    clock: BoardClockOut | None
    not_answered_at: datetime | None


class BoardDayOut(Out):
    """A local day of the region: 23 or 25 hours when the clocks change."""

    day: date
    starts_at: datetime
    ends_at: datetime


class BoardOut(Out):
    """A region's day, or days, as the dispatcher sees them; the first one is `day`.

    `day_starts_at` and `day_ends_at` are the bounds of all of them. `cursor` is where the live
    stream, and the changes of the board, go on.
    """

    region_id: UUID
    day: date
    days: list[BoardDayOut]
    zone: str
    day_starts_at: datetime
    day_ends_at: datetime
    now: datetime
    cursor: int
    technicians: list[BoardTechnicianOut]
    queue: list[InterventionOut]


class BoardChangesOut(Out):
    """What happened on a board since a cursor.

    `technicians` are whole rows as they are now. Bars of `interventions` that lie on other rows
    are gone, and so are those of them in the queue that `queue` does not name. Where everything
    must be read again, `is_whole` says so and nothing else is told.
    """

    cursor: int
    now: datetime
    is_whole: bool
    interventions: list[UUID]
    technicians: list[BoardTechnicianOut]
    queue: list[InterventionOut]


class BoardViewOut(Out):
    """A view by its name; `look` is what the page puts into its address."""

    name: str
    look: str


class BoardViewsOut(Out):
    """One's own views by name."""

    items: list[BoardViewOut]


class BoardViewBody(Body):
    """A view to keep under this name, in place of one it had; without a look, to keep no more."""

    name: Annotated[Line, Field(max_length=60)]
    look: Annotated[str, Field(max_length=2000)] | None


class BoardStepOut(Out):
    """Something that changed the board of a day, and who did it."""

    at: datetime
    kind: str
    actor_name: str
    number: str
    site_name: str
    intervention_id: UUID | None
    visit_id: UUID | None


class BoardStepsOut(Out):
    """All that changed the board of a day, in the order it happened; 5,000 at most."""

    region_id: UUID
    day: date
    day_starts_at: datetime
    day_ends_at: datetime
    steps: list[BoardStepOut]
