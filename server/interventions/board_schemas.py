"""Wire shapes of the dispatcher's board."""

from datetime import date, datetime
from uuid import UUID

from server.agreements.schemas import Severity
from server.interventions.phone_schemas import PhoneShiftOut
from server.interventions.schemas import ClockOut, InterventionOut, VisitOut
from server.kit.wire import Out, Position
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
    phone: str
    home: Position
    position: Position
    skills: dict[str, int]
    shifts: list[PhoneShiftOut]
    visits: list["BoardVisitOut"]
    duty: BoardDutyOut
    absences: list[BoardAbsenceOut]
    seen: SeenOut | None


class BoardVisitOut(Out):
    """One bar of the timeline."""

    visit: VisitOut
    number: str
    severity: Severity
    work_type: WorkType
    summary: str
    site_id: UUID
    site_name: str
    asset_code: str | None
    position: Position
    clock: ClockOut | None


class BoardOut(Out):
    """One region's day as the dispatcher sees it; `cursor` is where the live stream goes on."""

    region_id: UUID
    day: date
    zone: str
    day_starts_at: datetime
    day_ends_at: datetime
    now: datetime
    cursor: int
    technicians: list[BoardTechnicianOut]
    queue: list[InterventionOut]
