"""Interventions, their visits and everything recorded about them, as stored.

Evidence (commands, facts, pauses, answers) and what was promised are added to and never
overwritten; clocks are a cache, computed anew from both at any time.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.device_commands import SaidByDevice
from server.kit.tables import Base, Identified, Versioned

THOUSANDTHS = Numeric(12, 3)
CENTS = Numeric(12, 2)


class Intervention(Versioned, Base):
    """The work a customer asked for.

    `decided` is what a person ended it with; `status` is derived from the visits and kept for
    searching. Visits made before `reopened_at` no longer count towards it. `service` is the code
    of the service it falls under; `checklist` is what that service asks for, `exclusions` what it
    does not deliver, as they were at the call. `wanted_parts` are what the
    service usually takes, or what a technician who ordered it said; `asks_for_review` is whether
    the office looks at it before it is closed. `closes_at` is the completion that ends it as soon
    as the evidence promised with it is here. One that is `merged_into_id` another is the same
    trouble reported twice: it ended in favour of the other. `severity_proposed` is what the answers
    about `impact` and `urgency` proposed at the call. `told_reason` is why it was not taken
    on, as the reporter reads it. `approved_eur` is what the office lets parts and goodwill come to,
    where that is more than its technician may decide alone.
    """

    __tablename__ = "intervention"
    __table_args__ = (
        Index("ix_intervention_region_id_status", "region_id", "status"),
        Index("ix_intervention_customer_id_reported_at", "customer_id", "reported_at"),
        Index("ix_intervention_site_id_status", "site_id", "status"),
        Index("ix_intervention_asset_id", "asset_id"),
        Index("ix_intervention_reported_at_id", "reported_at", "id"),
        Index("ix_intervention_merged_into_id", "merged_into_id"),
        CheckConstraint("duration_seconds > 0", name="takes_time"),
        CheckConstraint("decided in ('closed', 'cancelled')", name="decided"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    asset_id: Mapped[UUID | None] = mapped_column(ForeignKey("asset.id"))
    severity: Mapped[str]
    work_type: Mapped[str]
    service: Mapped[str] = mapped_column(default="")
    source: Mapped[str]
    summary: Mapped[str]
    description: Mapped[str]
    caller_name: Mapped[str]
    caller_phone: Mapped[str]
    reported_at: Mapped[datetime]
    reported_at_reason: Mapped[str]
    agreement_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_version.id"))
    duration_seconds: Mapped[int]
    skills: Mapped[dict[str, Any]]
    window_from: Mapped[datetime | None]
    window_to: Mapped[datetime | None]
    is_qualified: Mapped[bool]
    waiting_reason: Mapped[str] = mapped_column(default="")
    decided: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(default="")
    reopened_at: Mapped[datetime | None]
    out_of_scope_at: Mapped[datetime | None]
    out_of_scope_reason: Mapped[str] = mapped_column(default="")
    repeat_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("intervention.id"))
    follow_up_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("intervention.id"))
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("intervention.id"))
    told_reason: Mapped[str] = mapped_column(default="")
    wanted_parts: Mapped[list[Any]] = mapped_column(default=list)
    closes_at: Mapped[datetime | None]
    checklist: Mapped[list[Any]] = mapped_column(default=list)
    exclusions: Mapped[list[Any]] = mapped_column(default=list)
    asks_for_review: Mapped[bool] = mapped_column(default=False)
    impact: Mapped[str | None]
    urgency: Mapped[str | None]
    severity_proposed: Mapped[str | None]
    approved_eur: Mapped[Decimal | None] = mapped_column(CENTS)
    approved_reason: Mapped[str] = mapped_column(default="")
    approved_by_name: Mapped[str] = mapped_column(default="")
    status: Mapped[str]


class PortalCalendar(Base):
    """The secret address of a building manager's calendar; of it only the hash is kept."""

    __tablename__ = "portal_calendar"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    given_at: Mapped[datetime]


class ReportPhoto(Identified, Base):
    """A picture whoever reported something sent with it; it stays with their report at a merge."""

    __tablename__ = "report_photo"
    __table_args__ = (Index("ix_report_photo_intervention_id", "intervention_id"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    stored_file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"))
    received_at: Mapped[datetime]


class Tie(Base):
    """Two interventions that belong together though each is work of its own, and who said so."""

    __tablename__ = "tie"
    __table_args__ = (
        Index("ix_tie_second_id", "second_id"),
        CheckConstraint("first_id < second_id", name="order"),
    )

    first_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"), primary_key=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"), primary_key=True)
    at: Mapped[datetime]
    author_name: Mapped[str]


class Visit(Versioned, Base):
    """One technician's scheduled passage; another technician's is another visit.

    `starts_at` to `ends_at` is planned work on site, the other instants are what happened.
    `technician_version` and `office_version` are the versions at which each side last changed
    status; a command made on an older view is measured against the other side's.
    `late_by_seconds` is how much later than planned the technician said to arrive.
    `is_moving` takes a visit out of the double-booking rule while a plan is being applied.
    """

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_technician_id_starts_at", "technician_id", "starts_at"),
        Index("ix_visit_intervention_id", "intervention_id"),
        Index("ix_visit_status", "status"),
        CheckConstraint("ends_at > starts_at", name="takes_time"),
        CheckConstraint("travel_seconds >= 0", name="travel"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"))
    status: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    travel_seconds: Mapped[int]
    late_by_seconds: Mapped[int] = mapped_column(default=0)
    is_technician_locked: Mapped[bool] = mapped_column(default=False)
    is_start_locked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    en_route_at: Mapped[datetime | None]
    arrived_at: Mapped[datetime | None]
    work_started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    cause: Mapped[str | None]
    action: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    remaining: Mapped[str] = mapped_column(default="")
    why: Mapped[dict[str, Any] | None]
    commands: Mapped[int] = mapped_column(default=0)
    technician_version: Mapped[int] = mapped_column(default=0)
    office_version: Mapped[int] = mapped_column(default=1)
    is_moving: Mapped[bool] = mapped_column(default=False)


class VisitCommand(SaidByDevice, Base):
    """What a phone or the board asked; `skew_seconds` is how far its clock was behind ours."""

    __tablename__ = "visit_command"
    __table_args__ = (Index("ix_visit_command_visit_id", "visit_id"),)

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    skew_seconds: Mapped[int | None]
    is_skew_flagged: Mapped[bool] = mapped_column(default=False)


class Arrival(Base):
    """How far from the site's pin somebody said to have arrived, and who noticed."""

    __tablename__ = "arrival"
    __table_args__ = (Index("ix_arrival_at", "at"),)

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    at: Mapped[datetime]
    distance_m: Mapped[float]
    accuracy_m: Mapped[float]
    by: Mapped[str]


class InterventionDecision(Base):
    """A decision as it was asked for; the same id is the same decision."""

    __tablename__ = "intervention_decision"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    device_at: Mapped[datetime]
    received_at: Mapped[datetime]
    reason: Mapped[str]


class RecordedFact(Identified, Base):
    """Something that happened to an intervention; the first record of a kind in a round stands.

    A reopening begins a new round.
    """

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("intervention_id", "kind", "round"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    kind: Mapped[str]
    round: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]


class PauseOfWork(Identified, Base):
    """A time in which work stood still and why; which clocks that stops is `dispatch`'s to say.

    A hold by the office has no visit. One that needs a second person counts once approved.
    """

    __tablename__ = "pause"
    __table_args__ = (
        Index("ix_pause_intervention_id", "intervention_id"),
        CheckConstraint("to_at >= from_at", name="ends_after_start"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    reason: Mapped[str]
    evidence: Mapped[str] = mapped_column(default="")
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    author_name: Mapped[str] = mapped_column(default="")
    needs_approval: Mapped[bool] = mapped_column(default=False)
    is_approved: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[UUID | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]


class ChosenTime(Identified, Base):
    """When a customer wants somebody to come, as their agreement lets them choose; the last counts.

    `pause_id` lets the clocks stand still until then; `discount` is what coming later is worth.
    """

    __tablename__ = "chosen_time"
    __table_args__ = (
        Index("ix_chosen_time_intervention_id", "intervention_id"),
        CheckConstraint("to_at > from_at", name="ends_after_start"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    pause_id: Mapped[UUID] = mapped_column(ForeignKey("pause.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    discount: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    currency: Mapped[str]
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[UUID | None]
    chosen_by_name: Mapped[str]


class SeverityChange(Identified, Base):
    """From when on it was found to be worse, or less bad."""

    __tablename__ = "severity_change"
    __table_args__ = (Index("ix_severity_change_intervention_id", "intervention_id"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    at: Mapped[datetime]
    severity_before: Mapped[str]
    severity: Mapped[str]
    reason: Mapped[str]
    author_name: Mapped[str]


class Closing(Identified, Base):
    """One end of an intervention, and its reopening if there was one."""

    __tablename__ = "closing"
    __table_args__ = (Index("ix_closing_intervention_id", "intervention_id"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    closed_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")


class Answer(Identified, Base):
    """An answer to an item of the checklist; the newest of an item counts, none is overwritten."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_intervention_id", "intervention_id"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    item: Mapped[str]
    value: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    author_name: Mapped[str] = mapped_column(default="")


class PartUsed(Identified, Base):
    """A part that was put in, as a command told of it.

    `part` is its code in the catalogue, `price_eur` what one unit counted for by then.
    """

    __tablename__ = "part_used"
    __table_args__ = (
        Index("ix_part_used_intervention_id", "intervention_id"),
        CheckConstraint("quantity > 0", name="quantity"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"))
    part: Mapped[str] = mapped_column(ForeignKey("part.code"))
    quantity: Mapped[Decimal] = mapped_column(THOUSANDTHS)
    price_eur: Mapped[Decimal | None] = mapped_column(CENTS)
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    author_name: Mapped[str] = mapped_column(default="")
    command_id: Mapped[str]


class Goodwill(Identified, Base):
    """An amount the customer was promised, and for what: on a visit, or by the office without one.

    The amount is never changed: the office withdraws the whole of it, once, and says why.
    """

    __tablename__ = "goodwill"
    __table_args__ = (
        Index("ix_goodwill_intervention_id", "intervention_id"),
        CheckConstraint("amount_eur > 0", name="amount_eur"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    amount_eur: Mapped[Decimal] = mapped_column(CENTS)
    reason: Mapped[str]
    at: Mapped[datetime]
    author_name: Mapped[str]
    command_id: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_by_name: Mapped[str] = mapped_column(default="")
    withdrawn_reason: Mapped[str] = mapped_column(default="")


class PromisedFile(Base):
    """A photo or a signature that a command named; its bytes are a stored file once all are here.

    `sha256` and `size` are of the bytes as they were taken. The phone names the file, so the name
    counts within its visit.
    """

    __tablename__ = "promised_file"
    __table_args__ = (
        Index("ix_promised_file_intervention_id", "intervention_id"),
        Index("ix_promised_file_account_id_promised_at", "account_id", "promised_at"),
        CheckConstraint("size > 0", name="holds_something"),
        CheckConstraint("received_size between 0 and size", name="received"),
        CheckConstraint("state in ('promised', 'received', 'refused', 'waived')", name="state"),
    )

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    account_id: Mapped[UUID]
    author_name: Mapped[str]
    command_id: Mapped[str]
    kind: Mapped[str]
    item: Mapped[str | None]
    sha256: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    taken_at: Mapped[datetime]
    signer: Mapped[str]
    note: Mapped[str]
    promised_at: Mapped[datetime]
    received_size: Mapped[int]
    state: Mapped[str]
    stored_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    waived_by_name: Mapped[str] = mapped_column(default="")
    waived_reason: Mapped[str] = mapped_column(default="")
    replaced_by: Mapped[UUID | None]


class ServiceHours(Base):
    """Service hours as they were when a promise took hold; a later change moves no promise."""

    __tablename__ = "service_hours"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    hours: Mapped[str]


class Promise(Identified, Base):
    """What was promised on one clock for one severity, resolved and written down when it took hold.

    `party` is the kind of agreement it comes from. A change of severity adds a row, a reopening
    begins a new round. `terms` is the resolved target with the provenance of every value, or null
    where nothing is promised for that severity; `hours` are its service hours.
    """

    __tablename__ = "promise"
    __table_args__ = (Index("ix_promise_intervention_id", "intervention_id"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    party: Mapped[str]
    kind: Mapped[str]
    round: Mapped[int] = mapped_column(default=0)
    severity: Mapped[str]
    from_at: Mapped[datetime]
    terms: Mapped[dict[str, Any] | None]
    hours: Mapped[str | None] = mapped_column(ForeignKey("service_hours.fingerprint"))
    calendar_revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("calendar_revision.id"))


class StoredClock(Identified, Base):
    """How one promise stands, computed by `engine_version` of the rules.

    Due, at risk and internal due are null while the clock is paused; `left_seconds` is then what
    was left. `original_due_at` is the due a change of severity moved. `next_mark_at` is when the
    clock will next have something to tell.
    """

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("intervention_id", "party", "kind", "round"),
        Index("ix_clock_state_due_at", "state", "due_at"),
        Index("ix_clock_next_mark_at", "next_mark_at"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    party: Mapped[str]
    kind: Mapped[str]
    round: Mapped[int]
    severity: Mapped[str]
    breached_severity: Mapped[str | None]
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    at_risk_at: Mapped[datetime | None]
    internal_due_at: Mapped[datetime | None]
    original_due_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    left_seconds: Mapped[int | None]
    state: Mapped[str]
    next_mark_at: Mapped[datetime | None]
    engine_version: Mapped[int]


class NumberSeries(Base):
    """The last number given out in a series such as `intervention-2026`."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class BoardView(Identified, Base):
    """How somebody likes to look at the board, under a name of their own.

    `look` is the part of the page's address that says so; the page alone reads it.
    """

    __tablename__ = "board_view"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    look: Mapped[str]
