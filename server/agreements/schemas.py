"""Wire shapes of agreements: versions and the terms they are made of.

Shapes for building managers are in `portal_schemas`: nothing internal can slip into them.
"""

import operator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from server.kit.wire import Body, Code, Line, Money, OptionalLine, Out, Text, Zone
from server.services.schemas import Checklist, ChecklistItemOut

Severity = Literal["S1", "S2", "S3", "S4"]
ClockKind = Literal["acknowledge", "response", "safe", "resolution"]
AgreementKind = Literal["customer", "internal", "supplier"]
VersionStatus = Literal[
    "draft",
    "negotiation",
    "verified",
    "final_review",
    "approved",
    "signed",
    "active",
    "superseded",
    "legal_hold",
    "terminated",
    "closed",
    "withdrawn",
]
VersionCommandKind = Literal[
    "negotiate",
    "verify",
    "send_back",
    "circulate",
    "sign",
    "activate",
    "withdraw",
    "request_termination",
    "lift_hold",
    "confirm_termination",
    "close",
]
PromiseKind = Literal["seconds", "by", "hours", "close", "end_of_day"]
ClockStart = Literal["call", "dispatch", "acknowledgement"]
ClockStop = Literal["acceptance", "arrival", "person_released", "back_in_service"]
SeverityPolicy = Literal["earlier_of", "retroactive", "from_change"]
MeetingLevel = Literal["operational", "tactical", "strategic"]
Seat = Literal[
    "owner",
    "dispatch",
    "technicians",
    "experience",
    "management",
    "building_manager",
    "buyer",
    "residents",
    "supplier",
]
ChangeDecision = Literal["kept", "amended", "rejected"]
FeltMeasure = Literal[
    "csat_top2",
    "csat_mean",
    "ces_easy",
    "ces_mean",
    "first_time_fix",
    "eta_accuracy",
    "xla_score",
]
PriceKind = Literal["flat", "per_resolved_job", "per_asset_month", "outcome_bonus"]
EscalationRole = Literal["dispatcher", "admin", "experience", "manager"]
Level = Literal["corporate", "customer", "service", "site", "asset"]
Percent = Annotated[int, Field(ge=1, le=100)]
PercentAmount = Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class PromiseBody(Body):
    """What is promised.

    `seconds`: so much service time. The others name a day: `days` days with service after the day
    of the call (calendar days for `end_of_day`), then `by` a local clock time (`minutes` after
    midnight), after the first `minutes` of service (`hours`), at the last closing (`close`) or at
    midnight (`end_of_day`).
    """

    kind: PromiseKind
    seconds: Annotated[int, Field(gt=0, le=366 * 86_400)] | None = None
    days: Annotated[int, Field(ge=0, le=366)] | None = None
    minutes: Annotated[int, Field(ge=0, le=1440)] | None = None


class ClauseBody(Body):
    """One line: where it applies, and the values it sets there.

    A selector left out means every one; a value left out comes from a less specific line.
    """

    service: Code | None = None
    severity: Severity | None = None
    clock: ClockKind | None = None
    region_id: UUID | None = None
    site_id: UUID | None = None
    asset_id: UUID | None = None
    promise: PromiseBody | None = None
    calendar_id: UUID | None = None
    starts_at: ClockStart | None = None
    stops_at: ClockStop | None = None
    warn_percents: Annotated[list[Percent], Field(min_length=1, max_length=5)] | None = None
    internal_percent: Percent | None = None
    internal_seconds: Annotated[int, Field(gt=0, le=366 * 86_400)] | None = None
    stops_for_parts: bool | None = None


class ServiceRowBody(Body):
    """A service this agreement covers, at these sites or at every site of the customer.

    `exclusions` say in words what is not delivered; `every_months` is how often the work is due on
    each asset by itself, left out of a document that does not say.
    """

    service: Code
    site_ids: Annotated[list[UUID], Field(min_length=1, max_length=2000)] | None = None
    exclusions: Annotated[list[Line], Field(max_length=50)] = []
    checklist: Checklist = []
    availability_percent: PercentAmount | None = None
    availability_calendar_id: UUID | None = None
    every_months: Annotated[int, Field(ge=1, le=120)] | None = Field(
        default=None, exclude_if=operator.not_
    )


class EscalationStepBody(Body):
    """Who is told when: at a share of the target, or so many seconds after the due."""

    level: Annotated[int, Field(ge=1, le=9)]
    clock: ClockKind
    role: EscalationRole
    percent: Percent | None = None
    after_due_seconds: Annotated[int, Field(ge=0, le=30 * 86_400)] | None = None


class PoliciesBody(Body):
    on_upgrade: SeverityPolicy | None = None
    reopen_seconds: Annotated[int, Field(ge=0, le=366 * 86_400)] | None = None


class TierBody(Body):
    below: PercentAmount
    percent: PercentAmount


class PenaltyRuleBody(Body):
    """What a rule asks of the fee.

    `per_breach`: percent each. `chronic`: percent once `count` breaches are reached. `tier`: the
    percent of the deepest tier the availability is below.
    """

    kind: Literal["per_breach", "chronic", "tier"]
    percent: PercentAmount | None = None
    count: Annotated[int, Field(ge=2, le=1000)] | None = None
    tiers: Annotated[list[TierBody], Field(min_length=1, max_length=10)] | None = None


class PenaltiesBody(Body):
    """What a missed promise costs: shares of the net monthly fee of a unit."""

    currency: Currency = "EUR"
    monthly_fee: Money
    unit: Literal["agreement", "site", "asset"] = "agreement"
    rules: Annotated[list[PenaltyRuleBody], Field(min_length=1, max_length=10)]
    cap_percent: PercentAmount | None = None


class AmendmentBody(Body):
    """How this agreement may be changed while it runs."""

    notice_days: Annotated[int, Field(ge=0, le=730)] = 30
    effective: Literal["any_day", "first_of_month"] = "any_day"
    approver: OptionalLine = ""


class ResponsibilityBody(Body):
    task: Line
    who: Literal["provider", "customer", "both"]


class ObjectiveBody(Body):
    """What is to be felt: the least a measure of the dictionary is to reach, in its own unit."""

    measure: FeltMeasure
    at_least: Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]


DayPart = Annotated[list[Annotated[int, Field(ge=0, le=1440)]], Field(min_length=2, max_length=2)]


class ChoicesBody(Body):
    """What the customer may choose for each job of these severities: when somebody comes.

    `parts` are of a local day, in minutes after midnight, and offered where they lie in service
    hours. Days are counted from the day of the call; a later one is worth `later_discount`.
    """

    severities: Annotated[list[Severity], Field(min_length=1, max_length=3)]
    most_days: Annotated[int, Field(ge=0, le=30)]
    parts: Annotated[list[DayPart], Field(min_length=1, max_length=6)]
    later_discount: Money | None = None
    currency: Currency = "EUR"


class ChargeBody(Body):
    """One price, before tax, half up to the cent.

    `flat`: an amount a month. `per_resolved_job`: an amount for each intervention closed for the
    first time. `per_asset_month`: an amount for each lift and month, by days in service.
    `outcome_bonus`: an amount for a month in which `measure` is `at_least` that much, in its own
    unit; nothing on fewer than five answers. A month in force in part counts by its days.
    """

    kind: PriceKind
    amount: Money
    measure: FeltMeasure | None = None
    at_least: Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)] | None = None


class PricingBody(Body):
    """What is charged for a month: each kind once, a bonus once for each measure."""

    currency: Currency = "EUR"
    prices: Annotated[list[ChargeBody], Field(min_length=1, max_length=10)]


class TermsBody(Body):
    """The whole of what is agreed: immutable once the version is verified.

    `objectives`, `choices` and `pricing` are left out of a document that has none, so that it reads
    as it was signed. Without `pricing` the fee the penalties are shares of is what is charged.
    """

    services: Annotated[list[ServiceRowBody], Field(max_length=100)] = []
    clauses: Annotated[list[ClauseBody], Field(max_length=1000)] = []
    policies: PoliciesBody = Field(default_factory=PoliciesBody)
    escalation: Annotated[list[EscalationStepBody], Field(max_length=20)] = []
    penalties: PenaltiesBody | None = None
    amendment: AmendmentBody = Field(default_factory=AmendmentBody)
    responsibilities: Annotated[list[ResponsibilityBody], Field(max_length=50)] = []
    obligations: Annotated[list[Line], Field(max_length=50)] = []
    desired_outcome: Text = ""
    objectives: Annotated[list[ObjectiveBody], Field(max_length=7)] = Field(
        default=[], exclude_if=operator.not_
    )
    choices: ChoicesBody | None = Field(default=None, exclude_if=operator.not_)
    pricing: PricingBody | None = Field(default=None, exclude_if=operator.not_)


class VersionBody(Body):
    """A draft: in force on the local days `[valid_from, valid_to)` of `zone` once active."""

    valid_from: date
    valid_to: date | None = None
    zone: Zone
    terms: TermsBody


class VersionChangeBody(Body):
    """Only what is named changes, and only while it is a draft."""

    valid_from: date | None = None
    valid_to: date | None = None
    zone: Zone | None = None
    terms: TermsBody | None = None


class AgreementBody(Body):
    """An agreement is born with its first draft. Without a customer it is corporate.

    Whoever has an account is named by it, and `owner_name` and `backup_name` follow; anybody else
    by name alone.
    """

    number: Code
    customer_id: UUID | None = None
    kind: AgreementKind = "customer"
    party: OptionalLine = ""
    name: Line
    owner_name: OptionalLine = ""
    owner_id: UUID | None = None
    backup_name: OptionalLine = ""
    backup_id: UUID | None = None
    review_every_months: Annotated[int, Field(ge=1, le=60)] | None = None
    next_review_on: date | None = None
    first_version: VersionBody


class AgreementChangeBody(Body):
    """What may change without a new version: nothing of what was promised."""

    name: Line | None = None
    owner_name: OptionalLine | None = None
    owner_id: UUID | None = None
    backup_name: OptionalLine | None = None
    backup_id: UUID | None = None
    review_every_months: Annotated[int, Field(ge=1, le=60)] | None = None
    next_review_on: date | None = None


class SignatoryBody(Body):
    name: Line
    party: Line


class RecipientBody(Body):
    """Who is to read and answer the final version: somebody with an account, or by name alone."""

    account_id: UUID | None = None
    name: OptionalLine = ""
    side: Literal["provider", "customer"]


class VersionCommandBody(Body):
    """A step in a version's life.

    `circulate` needs who is to answer; `sign` the signed file, the day and who signed, and where no
    final review came before also who of them approved for the customer, which `activate` takes as
    well; `request_termination` needs the last day and a reason. `verify` and `activate` need a
    reason where one time covers regions that are reached differently and nobody has given one yet.
    """

    kind: VersionCommandKind
    base_version: Annotated[int, Field(ge=0, lt=2**31)]
    reason: OptionalLine = ""
    file_id: UUID | None = None
    signed_on: date | None = None
    signatories: Annotated[list[SignatoryBody], Field(max_length=20)] = []
    approved_by: OptionalLine = ""
    recipients: Annotated[list[RecipientBody], Field(max_length=50)] = []
    ends_on: date | None = None


class PromiseOut(Out):
    """See `PromiseBody`; what does not belong to the kind is null."""

    kind: PromiseKind
    seconds: int | None
    days: int | None
    minutes: int | None


class ClauseOut(Out):
    service: str | None
    severity: Severity | None
    clock: ClockKind | None
    region_id: UUID | None
    site_id: UUID | None
    asset_id: UUID | None
    promise: PromiseOut | None
    calendar_id: UUID | None
    starts_at: ClockStart | None
    stops_at: ClockStop | None
    warn_percents: list[int] | None
    internal_percent: int | None
    internal_seconds: int | None
    stops_for_parts: bool | None


class ServiceRowOut(Out):
    service: str
    site_ids: list[UUID] | None
    exclusions: list[str]
    checklist: list[ChecklistItemOut]
    availability_percent: str | None
    availability_calendar_id: UUID | None
    every_months: int | None = None


class EscalationStepOut(Out):
    level: int
    clock: ClockKind
    role: EscalationRole
    percent: int | None
    after_due_seconds: int | None


class PoliciesOut(Out):
    on_upgrade: SeverityPolicy | None
    reopen_seconds: int | None


class TierOut(Out):
    below: str
    percent: str


class PenaltyRuleOut(Out):
    kind: Literal["per_breach", "chronic", "tier"]
    percent: str | None
    count: int | None
    tiers: list[TierOut] | None


class PenaltiesOut(Out):
    currency: str
    monthly_fee: str
    unit: Literal["agreement", "site", "asset"]
    rules: list[PenaltyRuleOut]
    cap_percent: str | None


class AmendmentOut(Out):
    notice_days: int
    effective: Literal["any_day", "first_of_month"]
    approver: str


class ResponsibilityOut(Out):
    task: str
    who: Literal["provider", "customer", "both"]


class ObjectiveOut(Out):
    measure: FeltMeasure
    at_least: str


class ChoicesOut(Out):
    severities: list[Severity]
    most_days: int
    parts: list[list[int]]
    later_discount: str | None
    currency: str


class ChargeOut(Out):
    """See `ChargeBody`."""

    kind: PriceKind
    amount: str
    measure: FeltMeasure | None
    at_least: str | None


class PricingOut(Out):
    currency: str
    prices: list[ChargeOut]


class TermsOut(Out):
    services: list[ServiceRowOut]
    clauses: list[ClauseOut]
    policies: PoliciesOut
    escalation: list[EscalationStepOut]
    penalties: PenaltiesOut | None
    amendment: AmendmentOut
    responsibilities: list[ResponsibilityOut]
    obligations: list[str]
    desired_outcome: str
    objectives: list[ObjectiveOut]
    choices: ChoicesOut | None = None
    pricing: PricingOut | None = None


class SignatoryOut(Out):
    name: str
    party: str


class FileOut(Out):
    """A file by its SHA-256; the bytes are at `/api/agreements/{id}/files/{file_id}`."""

    id: UUID
    name: str
    media_type: str
    sha256: str
    size: int
    uploaded_at: datetime


class VersionOut(Out):
    """One version. `valid_to` is the effective end, `written_to` the one in the document.

    `fingerprint` is the SHA-256 of the document; `allowed` are the steps this caller may take;
    `blanket_reason` is why one time is meant for regions that are reached differently.
    """

    id: UUID
    number: int
    status: VersionStatus
    valid_from: date
    valid_to: date | None
    written_to: date | None
    zone: str
    terms: TermsOut
    fingerprint: str
    author_name: str
    written_at: datetime
    verified_by: str
    verified_at: datetime | None
    blanket_reason: str
    blanket_reason_by: str
    signed_on: date | None
    signatories: list[SignatoryOut]
    approved_by: str
    approved_at: datetime | None
    signed_file: FileOut | None
    attachments: list[FileOut]
    activated_by: str
    activated_at: datetime | None
    ends_on: date | None
    termination_reason: str
    termination_requested_by: str
    terminated_by: str
    terminated_at: datetime | None
    closed_at: datetime | None
    allowed: list[VersionCommandKind]
    version: int


class AgreementOut(Out):
    """An agreement with all its versions, oldest first. `customer_id` null means corporate.

    `is_owner_gone`: who looked after it does not come in any more.
    """

    id: UUID
    number: str
    customer_id: UUID | None
    customer_name: str
    kind: AgreementKind
    party: str
    name: str
    owner_name: str
    owner_id: UUID | None
    backup_name: str
    backup_id: UUID | None
    is_owner_gone: bool
    review_every_months: int | None
    next_review_on: date | None
    is_review_overdue: bool
    versions: list[VersionOut]
    version: int


class KeeperOut(Out):
    """Somebody here who may look after agreements."""

    id: UUID
    name: str


class KeepersOut(Out):
    items: list[KeeperOut]


class AgreementBriefOut(Out):
    """One row of the register."""

    id: UUID
    number: str
    customer_id: UUID | None
    customer_name: str
    kind: AgreementKind
    party: str
    name: str
    owner_name: str
    is_owner_gone: bool
    status: VersionStatus
    in_force_number: int | None
    valid_from: date
    valid_to: date | None
    next_review_on: date | None
    is_review_overdue: bool
    version: int


class ContradictionOut(Out):
    """A supporting promise that is weaker than the one it supports; or two that say the same."""

    code: Literal["slower_than_customer", "overlaps", "blanket_over_regions"]
    agreement_number: str
    other_number: str
    service: str
    severity: Severity | None
    clock: ClockKind | None
    region_id: UUID | None
    facts: dict[str, str]


class FindingsOut(Out):
    """What speaks against a version before it is verified; empty means nothing does."""

    contradictions: list[ContradictionOut]


class TouchedOut(Out):
    """What an amendment touches, compared with the version before it."""

    touched: list[Literal["service_hours", "access", "availability", "performance", "response"]]
    earliest_on: date


class UncoveredOut(Out):
    """A site that gets a service nobody promised anything for on that day."""

    site_id: UUID
    site_name: str
    customer_id: UUID
    customer_name: str
    region_id: UUID
    service: str


class CoverageOut(Out):
    day: date
    items: list[UncoveredOut]


class RegionPromiseOut(Out):
    """How soon agreements promise to be there at a severity, in seconds of service.

    Of `sites` in the region so many are `promised` anything. The seconds are null where every
    promise names a day instead.
    """

    severity: Severity
    sites: int
    promised: int
    least_seconds: int | None
    most_seconds: int | None


class RegionPromisesOut(Out):
    """One line for each severity."""

    items: list[RegionPromiseOut]


class ExposureOut(Out):
    """What one agreement can cost in a month at most; null where there is no cap."""

    agreement_id: UUID
    number: str
    customer_name: str
    currency: str
    monthly_fee: str
    units: int
    most_per_month: str | None
    next_review_on: date | None
    is_review_overdue: bool


class ExposuresOut(Out):
    """`totals` by currency are the sum of the caps."""

    items: list[ExposureOut]
    totals: dict[str, str]


class ReviewBody(Body):
    """A meeting that was held. Whether the desired outcome was reached has to be answered.

    `note` are the minutes, which both sides read; `present` the seats that were taken; `item_ids`
    what of the agenda was talked over. `next_review_on` is when to look at all of it again.
    """

    held_on: date
    outcome: Literal["reached", "partly", "missed"]
    note: Text = ""
    level: MeetingLevel = "strategic"
    present: Annotated[list[Seat], Field(max_length=9)] = []
    item_ids: Annotated[list[UUID], Field(max_length=200)] = []
    next_review_on: date | None = None


class ReviewOut(Out):
    id: UUID
    held_on: date
    outcome: Literal["reached", "partly", "missed"]
    note: str
    level: MeetingLevel
    present: list[Seat]
    recorded_by: str
    recorded_at: datetime


class ChangeRequestBody(Body):
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class ChangeRequestDecisionBody(Body):
    decision: ChangeDecision
    reason: Line


class ChangeRequestOut(Out):
    id: UUID
    text: str
    asked_by: str
    asked_at: datetime
    decision: ChangeDecision | None
    reason: str
    decided_by: str
    decided_at: datetime | None


class ReviewsOut(Out):
    """The agenda of the next review, and what was held."""

    desired_outcome: str
    next_review_on: date | None
    is_overdue: bool
    change_requests: list[ChangeRequestOut]
    held: list[ReviewOut]
