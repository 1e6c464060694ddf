"""Wire shapes of interventions, visits and the commands to them.

The board's are in `board_schemas`, a phone's in `phone_schemas`, a building manager's in
`portal_schemas`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator, Field, RootModel, StringConstraints, Tag

from dispatch.agreements import Impact, Urgency
from server.agreements.schemas import (
    AgreementKind,
    ClockKind,
    Level,
    PromiseOut,
    Severity,
)
from server.interventions.evidence_schemas import DroppedFileBody, EvidenceFileOut, FileBody
from server.kit.device_commands import DeviceCommandBody
from server.kit.names import NamesOut
from server.kit.wire import (
    Body,
    Code,
    CommandId,
    Count,
    Instant,
    Line,
    Money,
    OptionalLine,
    Out,
    Position,
    Seconds,
    Text,
    how_many,
)
from server.parts.schemas import Unit
from server.services.schemas import ChecklistItemOut, WorkType
from server.sites.schemas import AssetKind, ContactOut

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
    "order_follow_up",
    "running_late",
]
InterventionCommandKind = Literal[
    "qualify",
    "refuse",
    "hold",
    "release_hold",
    "close",
    "reopen",
    "cancel",
    "acknowledge",
    "rule_out_of_scope",
    "bring_in_scope",
    "waive_evidence",
    "approve_spending",
    "withdraw_approval",
    "promise_goodwill",
    "withdraw_goodwill",
]
Source = Literal["phone", "portal", "qr", "alarm", "plan", "import", "follow_up"]
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
ClockState = Literal["running", "at_risk", "paused", "met", "breached", "ended"]
SpanKind = Literal["counted", "closed", "holiday", "paused"]
FactKind = Literal[
    "call_received", "acknowledged", "person_released", "made_safe", "back_in_service"
]


class ClockOut(Out):
    """One promise and how it stands at `now`. Due is null while the clock is paused.

    `party` says who promised: us to the customer, a division of ours or a supplier to us. Round 1
    is the first return visit after a reopening. `original_due_at` is the due a change of severity
    moved; `expected_at` when the plan would keep the promise, `is_breach_predicted` that it would
    be too late.
    """

    kind: ClockKind
    party: AgreementKind
    round: int
    state: ClockState
    severity: Severity
    promise: PromiseOut
    target_seconds: int | None
    started_at: datetime
    due_at: datetime | None
    at_risk_at: datetime | None
    internal_due_at: datetime | None
    original_due_at: datetime | None
    stopped_at: datetime | None
    remaining_seconds: int | None
    expected_at: datetime | None
    is_breach_predicted: bool


class SpanOut(Out):
    """One stretch of a deadline trail. `note` is the pause's reason or the holiday's date."""

    kind: SpanKind
    from_at: datetime
    to_at: datetime
    seconds: int
    note: str
    author: str


class OriginOut(Out):
    """Where a value of a promise comes from; `place` is its line in the terms.

    The version is named where somebody may look it up: not on a phone.
    """

    value: str
    level: Level
    agreement_number: str
    place: str
    agreement_id: UUID | None = None
    version_number: int | None = None


class TrailOut(Out):
    """A clock's deadline explained: every second from its start to its due.

    `overrun_seconds` is time on the wall after the due, `service_overrun_seconds` the open part.
    A paused clock has no due: `due_if_resumed_at` is what it would be, were work resumed now.
    """

    clock: ClockOut
    zone: str
    ends_at: datetime
    due_if_resumed_at: datetime | None
    spans: list[SpanOut]
    origins: list[OriginOut]
    overrun_seconds: int
    service_overrun_seconds: int


class TrailsOut(Out):
    """All trails of an intervention, the customer's before our own, what falls due first first."""

    now: datetime
    trails: list[TrailOut]


class PauseOut(Out):
    """A time in which work stood still. One that needs approval counts once approved."""

    id: UUID
    reason: str
    evidence: str
    from_at: datetime
    to_at: datetime | None
    author: str
    recorded_at: datetime
    needs_approval: bool
    is_approved: bool
    decided_by: str
    decided_at: datetime | None
    can_decide: bool


class WaitingPauseOut(Out):
    """A pause that counts once a second person approves it, with whose work stood still."""

    pause: PauseOut
    intervention_id: UUID
    number: str
    summary: str
    site_name: str
    customer_name: str
    region_id: UUID
    zone: str


class PauseBody(Body):
    """A pause written down by the office.

    One that began earlier, or is out of our hands, counts once a second person has approved it.
    """

    reason: Line
    evidence: Text = ""
    from_at: Instant
    to_at: Instant | None = None


class PauseDecisionBody(Body):
    decision: Literal["approved", "refused"]


class SeverityChangeOut(Out):
    at: datetime
    severity_before: Severity
    severity: Severity
    reason: str
    author: str


class ChecklistAnswerOut(Out):
    """An item of the checklist with its newest answer; `value` is null while unanswered.

    A photo's or a signature's is the id of the file.
    """

    item: ChecklistItemOut
    value: str | None
    reason: str
    at: datetime | None
    author: str


class SiteBriefOut(Out):
    """`key_box` is told to those who go there and to those who send them, else it is empty."""

    id: UUID
    code: str
    name: str
    address: str
    position: Position
    zone: str
    access_notes: str
    contact_name: str
    contact_phone: str
    hazards: list[str]
    key_box: str
    contacts: list[ContactOut]


class AssetBriefOut(Out):
    id: UUID
    code: str
    name: str
    kind: AssetKind


class LastVisitOut(Out):
    """What was done to an asset, on the day at which somebody last was there for it."""

    number: str
    at: datetime
    work_type: WorkType
    severity: Severity
    status: VisitStatus
    cause: Cause | None
    action: str
    remaining: str
    technician_first_name: str


class AssetCardOut(Out):
    """What is known of an asset; its last visits come newest first, five at most."""

    levels: int | None
    maker: str
    installed_on: date | None
    is_retired: bool
    last_visits: list[LastVisitOut]


class PartUsedOut(Out):
    """A part that was put in; `quantity` is an exact decimal in its `unit`.

    `price_eur` is what one unit counted for by then, exact text; null where it had no price.
    """

    visit_id: UUID
    part: str
    names: NamesOut
    quantity: str
    unit: Unit
    note: str
    at: datetime
    author: str
    price_eur: str | None


class GoodwillOut(Out):
    """What the customer was promised: EUR as exact text, and for what.

    `visit_id` is the visit on which, null where the office promised it. `withdrawn_at` is when the
    office withdrew it; null while it stands.
    """

    id: UUID
    visit_id: UUID | None
    amount_eur: str
    reason: str
    at: datetime
    author: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str


class SpendingOut(Out):
    """What an intervention has come to on site by parts and goodwill, amounts EUR as exact text.

    `authority_eur` is what the technician may decide alone on it, the lowest of those still to come
    where there are several; null without a limit. `approved_eur` is what the office lets it come to
    instead, null where nothing was approved. Parts without a price count nothing, nor does goodwill
    the office promised itself or has withdrawn; only the office is told of what was withdrawn.
    """

    spent_eur: str
    authority_eur: str | None
    approved_eur: str | None
    approved_reason: str
    approved_by: str
    goodwill: list[GoodwillOut]


class WantedPartOut(Out):
    """A part the work will take, as whoever ordered it said."""

    part: str
    names: NamesOut
    quantity: str
    unit: Unit
    note: str


class VisitOut(Out):
    """`starts_at` to `ends_at` is planned work on site; the other instants are what happened.

    `late_by_seconds` is how much later than planned the technician said to arrive. `skew_seconds`
    is how far the phone's clock was behind ours (negative: ahead) where that was too much to go
    unnoticed, else null. `not_answered_at` is when the office was told that urgent work waits for
    its technician's answer, as long as it does.
    """

    id: UUID
    intervention_id: UUID
    technician_id: UUID
    technician_name: str
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
    cause: Cause | None
    action: str
    note: str
    reason: str
    why: "ReasonOut | None"
    skew_seconds: int | None
    not_answered_at: datetime | None
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
    service: str
    is_out_of_scope: bool
    out_of_scope_reason: str
    repeat_of_id: UUID | None
    follow_up_of_id: UUID | None
    merged_into_id: UUID | None
    impact: str | None
    urgency: str | None
    severity_proposed: str | None
    severity_changes: list[SeverityChangeOut]
    pauses: list[PauseOut]
    checklist: list[ChecklistAnswerOut]
    parts: list[PartUsedOut]
    wanted_parts: list[WantedPartOut]
    spending: SpendingOut
    files: list[EvidenceFileOut]
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

    A `reported_at` in the past needs `reported_at_reason`. Whom it touches (`impact`) and how much
    it presses (`urgency`) propose a severity, which is kept beside the one that was decided on.
    """

    asset_id: UUID | None = None
    site_id: UUID | None = None
    severity: Severity
    impact: Impact | None = None
    urgency: Urgency | None = None
    work_type: WorkType = "repair"
    service: Code | None = None
    repeat_of_id: UUID | None = None
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
    """Only what is named changes.

    A new severity needs a reason, and moves clocks by the agreement's policy. Another asset of the
    same site, or another service, is promised what holds for it, counted from the call.
    """

    asset_id: UUID | None = None
    service: Code | None = None
    severity: Severity | None = None
    severity_reason: OptionalLine = ""
    summary: Line | None = None
    description: Text | None = None
    caller_name: OptionalLine | None = None
    caller_phone: OptionalLine | None = None
    duration_seconds: Annotated[int, Field(ge=60, le=86_400)] | None = None


class AnswerBody(Body):
    """An answer to an item of the checklist: `done`, or a reading. Out of range needs a reason."""

    item: Code
    value: Line
    reason: OptionalLine = ""


class PartUsedBody(Body):
    """A part by its code in the catalogue, and how much of it."""

    part: Code
    quantity: Annotated[Decimal, Field(gt=0, max_digits=9, decimal_places=3)]
    note: OptionalLine = ""


class GoodwillBody(Body):
    """An amount in EUR the customer is promised, and for what."""

    amount_eur: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=2)]
    reason: Line


PartsUsed = Annotated[list[PartUsedBody], Field(max_length=50)]


class FollowUpBody(Body):
    """What still has to be done, by somebody on another day; `parts` are what it will take."""

    summary: Line
    severity: Literal["S2", "S3", "S4"]
    work_type: WorkType
    description: Text = ""
    parts: PartsUsed = []


Metres = Annotated[float, Field(ge=0, le=41_000_000, allow_inf_nan=False)]


class ArrivalPositionBody(Body):
    """How far from the site's pin, how sure of it, and who noticed: a hand or the phone."""

    distance_m: Metres
    accuracy_m: Metres
    by: Literal["hand", "geofence"]


class VisitPayload(Body):
    """What a command carries; which of it is required depends on the command.

    `evidence` says how we know (who was called, what was seen) where a pause stops a clock.
    `is_back_in_service` says whether the lift runs again; left out, completing means yes unless
    something remains, completing partially means no. `files`, `dropped_files` and `parts` may come
    with any command and are kept whatever becomes of it, but for parts above what a technician may
    decide alone, which stay as words in the note. `goodwill` may come with any command and counts
    where that is carried out; `follow_up` comes with `order_follow_up`, `minutes` with
    `running_late`, `position` with `arrive`.
    """

    reason: OptionalLine = ""
    cause: Cause | None = None
    action: Text = ""
    note: Text = ""
    remaining: Text = ""
    evidence: Text = ""
    answers: Annotated[list[AnswerBody], Field(max_length=100)] = []
    is_back_in_service: bool | None = None
    files: Annotated[list[FileBody], Field(max_length=20)] = []
    dropped_files: Annotated[list[DroppedFileBody], Field(max_length=20)] = []
    parts: PartsUsed = []
    goodwill: GoodwillBody | None = None
    follow_up: FollowUpBody | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    position: ArrivalPositionBody | None = None


class VisitCommandBody(DeviceCommandBody):
    """An intent from a phone or the board."""

    kind: VisitCommandKind
    payload: VisitPayload = Field(default_factory=VisitPayload)


class VisitCommandsBody(
    RootModel[
        Annotated[
            Annotated[VisitCommandBody, Tag("command")]
            | Annotated[
                list[VisitCommandBody], Field(min_length=1, max_length=200), Tag("commands")
            ],
            Discriminator(how_many),
        ]
    ]
):
    """One command, or several in the order they were given."""


class InterventionPayload(Body):
    """`evidence` says how we know, where a hold stops a clock.

    `amount_eur` comes with `approve_spending`: what parts and goodwill on site may come to
    altogether; and with `promise_goodwill`: how much, above zero.
    `goodwill_id` comes with `withdraw_goodwill`: which one.
    """

    reason: OptionalLine = ""
    evidence: Text = ""
    amount_eur: Money | None = None
    goodwill_id: UUID | None = None


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


MOST_STAYING = 50


class AssignBody(Body):
    """Send this technician. `basis` is the candidate card the dispatcher decided on.

    `staying` are the visits that were not to be displaced when that card was asked for.
    """

    technician_id: UUID
    basis: Annotated[str, StringConstraints(max_length=64)] | None = None
    staying: Annotated[list[UUID], Field(max_length=MOST_STAYING)] = []
    starts_at: Instant | None = None
    dispatch: bool = True
    lock_technician: bool = False
    travel_seconds: Seconds | None = None
