"""Wire shapes of a technician's phone."""

from datetime import datetime
from uuid import UUID

from server.agreements.schemas import Severity
from server.interventions.schemas import (
    AssetBriefOut,
    ChecklistAnswerOut,
    ClockOut,
    FactOut,
    InterventionStatus,
    SiteBriefOut,
    TrailOut,
    VisitOut,
)
from server.kit.wire import Out
from server.roster.schemas import LunchOut, ShiftKind
from server.services.schemas import WorkType


class VisitDetailOut(Out):
    """A visit with all a technician needs on site."""

    visit: VisitOut
    number: str
    severity: Severity
    work_type: WorkType
    summary: str
    description: str
    caller_name: str
    caller_phone: str
    reported_at: datetime
    intervention_status: InterventionStatus
    site: SiteBriefOut
    asset: AssetBriefOut | None
    clocks: list[ClockOut]
    facts: list[FactOut]
    trails: list[TrailOut]
    checklist: list[ChecklistAnswerOut]
    exclusions: list[str]
    duration_seconds: int


class SyncOut(Out):
    """Everything new for a phone since `cursor`; `is_full` means forget what you had."""

    cursor: str
    is_full: bool
    now: datetime
    technician_id: UUID
    technician_name: str
    shifts: list["PhoneShiftOut"]
    visits: list[VisitDetailOut]
    gone: list[UUID]


class PhoneShiftOut(Out):
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    lunch: LunchOut | None
