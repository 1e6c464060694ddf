"""Wire shapes of interventions and visits, for staff, for the phone and for the portal.

What a building manager sees has shapes of its own, so nothing internal can slip into them.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator, Field, RootModel, StringConstraints, Tag

from server.agreements.schemas import ClockKind, Severity
from server.kit.wire import (
    Body,
    Code,
    Count,
    Instant,
    Line,
    OptionalLine,
    Out,
    Position,
    Seconds,
    Text,
)
from server.roster.schemas import LunchOut, ShiftKind
from server.sites.schemas import AssetKind

InterventionStatus = Literal[
    "draft",
    "qualified",
    "scheduled",
    "in_progress",
    "on_hold",
    "completed",
    "closed",
    "cancelled",
]
VisitStatus = Literal[
    "proposed",
    "dispatched",
    "accepted",
    "declined",
    "en_route",
    "arrived",
    "in_progress",
    "paused",
    "completed",
    "partially_completed",
    "cannot_complete",
    "unassigned",
    "cancelled",
]
VisitCommandKind = Literal[
    "dispatch",
    "accept",
    "decline",
    "start_travel",
    "arrive",
    "start_work",
    "pause",
    "resume",
    "complete",
    "complete_partially",
    "cannot_complete",
    "unassign",
    "cancel",
    "person_released",
    "made_safe",
    "back_in_service",
    "note",
]
InterventionCommandKind = Literal[
    "qualify", "hold", "release_hold", "close", "reopen", "cancel", "acknowledge"
]
WorkType = Literal["repair", "maintenance", "inspection", "request"]
Source = Literal["phone", "portal", "qr", "alarm", "plan", "import"]
Cause = Literal[
    "door",
    "levelling",
    "drive",
    "control",
    "entrapment",
    "vandalism",
    "noise",
    "power",
    "wear",
    "none_found",
    "other",
]
ClockState = Literal["running", "at_risk", "paused", "met", "breached"]
FactKind = Literal[
    "call_received", "acknowledged", "person_released", "made_safe", "back_in_service"
]


class ClockOut(Out):
    """One promise and how it stands at `now`. Due is null while the clock is paused."""

    kind: ClockKind
    state: ClockState
    target_seconds: int
    started_at: datetime
    due_at: datetime | None
    at_risk_at: datetime | None
    internal_due_at: datetime | None
    stopped_at: datetime | None
    remaining_seconds: int | None


class SiteBriefOut(Out):
    id: UUID
    code: str
    name: str
    address: str
    position: Position
    zone: str
    access_notes: str
    contact_name: str
    contact_phone: str


class AssetBriefOut(Out):
    id: UUID
    code: str
    name: str
    kind: AssetKind


class VisitOut(Out):
    """`starts_at` to `ends_at` is planned work on site; the other instants are what happened."""

    id: UUID
    intervention_id: UUID
    technician_id: UUID
    technician_name: str
    status: VisitStatus
    starts_at: datetime
    ends_at: datetime
    travel_seconds: int
    is_technician_locked: bool
    is_start_locked: bool
    announced_at: datetime | None
    accepted_at: datetime | None
    en_route_at: datetime | None
    arrived_at: datetime | None
    work_started_at: datetime | None
    finished_at: datetime | None
    cause: Cause | None
    action: str
    note: str
    reason: str
    why: "ReasonOut | None"
    allowed: list[VisitCommandKind]
    version: int


class FactOut(Out):
    """`at` is the moment by the server's judgement, `device_at` what the phone claimed."""

    kind: FactKind
    at: datetime
    device_at: datetime | None


class InterventionOut(Out):
    """An intervention as staff see it; clocks are ordered by what falls due first."""

    id: UUID
    number: str
    status: InterventionStatus
    severity: Severity
    work_type: WorkType
    source: Source
    summary: str
    description: str
    caller_name: str
    caller_phone: str
    reported_at: datetime
    region_id: UUID
    customer_id: UUID
    customer_name: str
    site: SiteBriefOut
    asset: AssetBriefOut | None
    agreement_version_id: UUID | None
    is_covered: bool
    duration_seconds: int
    skills: dict[str, int]
    window_from: datetime | None
    window_to: datetime | None
    waiting_reason: str
    clocks: list[ClockOut]
    facts: list[FactOut]
    visits: list[VisitOut]
    allowed: list[InterventionCommandKind]
    version: int


class ReportBody(Body):
    """A call. Name the asset, or the site where the asset is not known.

    A `reported_at` in the past needs `reported_at_reason`.
    """

    asset_id: UUID | None = None
    site_id: UUID | None = None
    severity: Severity
    work_type: WorkType = "repair"
    source: Source = "phone"
    summary: Line
    description: Text = ""
    caller_name: OptionalLine = ""
    caller_phone: OptionalLine = ""
    reported_at: Instant | None = None
    reported_at_reason: OptionalLine = ""
    duration_seconds: Annotated[int, Field(ge=60, le=86_400)] | None = None
    skills: (
        Annotated[dict[Code, Annotated[int, Field(ge=1, le=5)]], Field(max_length=20)] | None
    ) = None
    window_from: Instant | None = None
    window_to: Instant | None = None


class InterventionChangeBody(Body):
    """Only what is named changes. A new severity is judged by the agreement's policy."""

    summary: Line | None = None
    description: Text | None = None
    caller_name: OptionalLine | None = None
    caller_phone: OptionalLine | None = None
    duration_seconds: Annotated[int, Field(ge=60, le=86_400)] | None = None


CommandId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class VisitPayload(Body):
    """What a command carries; which of it is required depends on the command.

    `is_back_in_service` says whether the lift runs again; left out, completing means yes unless
    something remains, completing partially means no.
    """

    reason: OptionalLine = ""
    cause: Cause | None = None
    action: Text = ""
    note: Text = ""
    remaining: Text = ""
    is_back_in_service: bool | None = None


class VisitCommandBody(Body):
    """An intent from a phone or the board. `id` makes it repeatable without harm."""

    id: CommandId
    kind: VisitCommandKind
    at: Instant
    base_version: Count
    payload: VisitPayload = Field(default_factory=VisitPayload)
    device: OptionalLine = ""
    sequence: Count = 0
    clock_offset_seconds: Annotated[int, Field(ge=-(10**9), le=10**9)] = 0


def _how_many(given: object) -> str:
    # Told apart first, so that faults are named for the shape that was meant.
    return "commands" if isinstance(given, list) else "command"


class VisitCommandsBody(
    RootModel[
        Annotated[
            Annotated[VisitCommandBody, Tag("command")]
            | Annotated[
                list[VisitCommandBody], Field(min_length=1, max_length=200), Tag("commands")
            ],
            Discriminator(_how_many),
        ]
    ]
):
    """One command, or several in the order they were given."""


class InterventionPayload(Body):
    reason: OptionalLine = ""


class InterventionCommandBody(Body):
    id: CommandId
    kind: InterventionCommandKind
    at: Instant
    base_version: Count
    payload: InterventionPayload = Field(default_factory=InterventionPayload)


Outcome = Literal["applied", "duplicate", "conflict", "rejected"]


class VisitCommandResultOut(Out):
    """What became of one command; `code` says why it was not applied."""

    id: str
    outcome: Outcome
    code: str | None
    facts: dict[str, Any]
    visit: VisitOut


class VisitCommandResultsOut(Out):
    results: list[VisitCommandResultOut]


class ReasonOut(Out):
    """A code with its numbers; the pages put it into words."""

    code: str
    facts: dict[str, Any]


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


class BoardTechnicianOut(Out):
    """One row of the timeline."""

    id: UUID
    name: str
    phone: str
    home: Position
    position: Position
    skills: dict[str, int]
    shifts: list[PhoneShiftOut]
    visits: list["BoardVisitOut"]


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


AssetState = Literal[
    "working", "person_trapped", "out_of_service", "degraded", "attended", "request_open"
]
PromiseState = Literal["on_time", "at_risk", "missed", "kept", "none"]
PortalVisitState = Literal["expected", "on_the_way", "on_site", "interrupted"]


class PortalPromiseOut(Out):
    """What was promised: someone on site by `due_at`."""

    state: PromiseState
    due_at: datetime | None
    target_seconds: int | None


class PortalVisitOut(Out):
    """Who comes and when, as an honest range."""

    technician_first_name: str
    state: PortalVisitState
    from_at: datetime | None
    to_at: datetime | None


class PortalInterventionOut(Out):
    """One intervention in a building manager's words."""

    id: UUID
    number: str
    site_id: UUID
    site_name: str
    asset_id: UUID | None
    asset_name: str | None
    severity: Severity
    summary: str
    reported_at: datetime
    arrived_at: datetime | None
    released_at: datetime | None
    restored_at: datetime | None
    ended_at: datetime | None
    is_open: bool
    is_planned: bool
    outcome: str
    visit: PortalVisitOut | None
    promise: PortalPromiseOut


class PortalAssetOut(Out):
    id: UUID
    code: str
    name: str
    kind: AssetKind
    state: AssetState
    since: datetime | None
    intervention: PortalInterventionOut | None


class PortalSiteOut(Out):
    id: UUID
    name: str
    address: str
    zone: str
    assets: list[PortalAssetOut]


class PortalReportBody(Body):
    """A fault as a building manager reports it."""

    asset_id: UUID
    kind: Literal["person_trapped", "out_of_service", "degraded", "request"]
    description: Text = ""


class AssignBody(Body):
    """Send this technician. `basis` is the candidate card the dispatcher decided on."""

    technician_id: UUID
    basis: Annotated[str, StringConstraints(max_length=64)] | None = None
    starts_at: Instant | None = None
    dispatch: bool = True
    lock_technician: bool = False
    travel_seconds: Seconds | None = None
