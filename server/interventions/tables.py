"""Interventions, their visits and everything recorded about them, as stored.

Evidence (commands, facts, pauses) is added to and never overwritten; clocks are a cache.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Intervention(Versioned, Base):
    """The work a customer asked for.

    `decided` is what a person ended it with; `status` is derived from the visits and kept for
    searching. Visits made before `reopened_at` no longer count towards it.
    """

    __tablename__ = "intervention"
    __table_args__ = (
        Index("ix_intervention_region_id_status", "region_id", "status"),
        Index("ix_intervention_customer_id_reported_at", "customer_id", "reported_at"),
        Index("ix_intervention_site_id_status", "site_id", "status"),
        Index("ix_intervention_reported_at_id", "reported_at", "id"),
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
    status: Mapped[str]


class Visit(Versioned, Base):
    """One technician's scheduled passage; another technician's is another visit.

    `starts_at` to `ends_at` is planned work on site, the other instants are what happened.
    `technician_version` and `office_version` are the versions at which each side last changed
    status; a command made on an older view is measured against the other side's.
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


class VisitCommand(Base):
    """What a phone or the board asked, when, and what was answered; kept whatever the answer.

    `device_at` is what the device claimed, `judged_at` what the server took it for.
    """

    __tablename__ = "visit_command"
    __table_args__ = (Index("ix_visit_command_visit_id", "visit_id"),)

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    device: Mapped[str]
    sequence: Mapped[int]
    base_version: Mapped[int]
    device_at: Mapped[datetime]
    clock_offset_seconds: Mapped[int]
    judged_at: Mapped[datetime]
    received_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    outcome: Mapped[str]
    code: Mapped[str | None]
    facts: Mapped[dict[str, Any]]


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
    """Something that happened to an intervention; the first record of a kind stands."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("intervention_id", "kind"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]


class PauseOfWork(Identified, Base):
    """A time in which work stood still and why; which clocks that stops is `dispatch`'s to say.

    A hold by the office has no visit.
    """

    __tablename__ = "pause"
    __table_args__ = (
        Index("ix_pause_intervention_id", "intervention_id"),
        CheckConstraint("to_at >= from_at", name="ends_after_start"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    visit_id: Mapped[UUID | None] = mapped_column(ForeignKey("visit.id"))
    reason: Mapped[str]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    is_approved: Mapped[bool] = mapped_column(default=False)
    recorded_by: Mapped[UUID | None]


class ServiceHours(Base):
    """Service hours as they were when a clock started; a later change never moves a promise."""

    __tablename__ = "service_hours"

    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    hours: Mapped[str]


class StoredClock(Identified, Base):
    """One promise on one intervention, computed by `engine_version` of the rules.

    Due, at risk and internal due are null while the clock is paused; `left_seconds` is then what
    was left.
    """

    __tablename__ = "clock"
    __table_args__ = (
        UniqueConstraint("intervention_id", "kind"),
        Index("ix_clock_state_due_at", "state", "due_at"),
        CheckConstraint("target_seconds > 0", name="has_target"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    kind: Mapped[str]
    severity: Mapped[str]
    target_seconds: Mapped[int]
    starts_on: Mapped[str]
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id"))
    hours: Mapped[str] = mapped_column(ForeignKey("service_hours.fingerprint"))
    started_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    at_risk_at: Mapped[datetime | None]
    internal_due_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    left_seconds: Mapped[int | None]
    state: Mapped[str]
    engine_version: Mapped[int]


class NumberSeries(Base):
    """The last number given out in a series such as `intervention-2026`."""

    __tablename__ = "number_series"

    name: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
