"""Wire shapes of a technician's phone."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from server.agreements.schemas import Severity
from server.interventions.evidence_schemas import EvidenceFileOut
from server.interventions.schemas import (
    AssetBriefOut,
    AssetCardOut,
    ChecklistAnswerOut,
    ClockOut,
    FactOut,
    InterventionStatus,
    PartUsedOut,
    SiteBriefOut,
    SpendingOut,
    TrailOut,
    VisitOut,
    WantedPartOut,
)
from server.kit.wire import Out
from server.parts.schemas import PartOut
from server.presence.schemas import ArrivalOut, DutyOut, LocationOut
from server.roster.schemas import LunchOut, ShiftKind
from server.services.schemas import WorkType


class VisitDetailOut(Out):
    """A visit with all a technician needs on site; `parts` are those this visit put in.

    `wanted_parts` are what it will take, as whoever ordered the work said.
    """

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
    asset_card: AssetCardOut | None
    clocks: list[ClockOut]
    facts: list[FactOut]
    trails: list[TrailOut]
    checklist: list[ChecklistAnswerOut]
    files: list[EvidenceFileOut]
    exclusions: list[str]
    parts: list[PartUsedOut]
    wanted_parts: list[WantedPartOut]
    spending: SpendingOut
    duration_seconds: int


class SyncOut(Out):
    """Everything new for a phone since `cursor`; `is_full` means forget what you had.

    `parts` is the whole catalogue, or null where the phone has it as it is. `left` says of visits
    that are `gone` what became of them. `office` is whom the technician calls. `authority_eur` is
    what they may decide alone on one intervention now, EUR as exact text; null without a limit.
    """

    cursor: str
    is_full: bool
    now: datetime
    technician_id: UUID
    technician_name: str
    shifts: list["PhoneShiftOut"]
    visits: list[VisitDetailOut]
    gone: list[UUID]
    left: list["LeftOut"]
    parts: list[PartOut] | None
    duty: DutyOut
    location: LocationOut
    arrival: ArrivalOut
    office: "OfficeOut"
    authority_eur: str | None


class OfficeOut(Out):
    """The technician's own region; `phone` is E.164, or empty where none is known."""

    name: str
    phone: str
    zone: str


class LeftOut(Out):
    """A visit that is no longer this technician's, and who has it now."""

    id: UUID
    reason: Literal["cancelled", "reassigned", "unassigned"]
    to_first_name: str | None


class PhoneShiftOut(Out):
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    lunch: LunchOut | None
