"""Marks, breaches and excuses as stored. Nothing here is ever deleted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Mark(Identified, Base):
    """A threshold, a predicted breach or an escalation that a clock reached, told once.

    A recurring fault is one as well: it belongs to no clock, `party` and `clock` are empty.
    `at` is the instant itself, `recorded_at` when it was noticed: later, after an outage.
    """

    __tablename__ = "mark"
    __table_args__ = (
        UniqueConstraint("intervention_id", "party", "clock", "round", "kind"),
        Index("ix_mark_recorded_at", "recorded_at"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    party: Mapped[str]
    clock: Mapped[str]
    round: Mapped[int]
    kind: Mapped[str]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    role: Mapped[str] = mapped_column(default="")


class Breach(Versioned, Base):
    """A promise that was not kept: `occurred_at` is its due, whenever it was noticed.

    Evidence that comes later may show that it was kept after all (a phone without signal): then
    `overturned_at` says when that was learnt, and the row stays.
    """

    __tablename__ = "breach"
    __table_args__ = (
        UniqueConstraint("intervention_id", "party", "clock", "round"),
        Index("ix_breach_customer_id_occurred_at", "customer_id", "occurred_at"),
        Index("ix_breach_region_id_occurred_at", "region_id", "occurred_at"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    party: Mapped[str]
    clock: Mapped[str]
    round: Mapped[int]
    severity: Mapped[str]
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    asset_id: Mapped[UUID | None] = mapped_column(ForeignKey("asset.id"))
    agreement_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_version.id"))
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    overturned_at: Mapped[datetime | None]
    overturned_because: Mapped[str] = mapped_column(default="")


class Excuse(Identified, Base):
    """Why a breach should not count; it does not once a second person has approved."""

    __tablename__ = "excuse"
    __table_args__ = (
        Index("ix_excuse_breach_id", "breach_id"),
        CheckConstraint("decision in ('approved', 'refused')", name="decision"),
    )

    breach_id: Mapped[UUID] = mapped_column(ForeignKey("breach.id"))
    reason: Mapped[str]
    proposed_by: Mapped[UUID | None]
    proposed_by_name: Mapped[str]
    proposed_at: Mapped[datetime]
    decision: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_by_name: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]


class Incident(Identified, Base):
    """A recomputation that gave another answer than the stored one: something to look into."""

    __tablename__ = "clock_incident"
    __table_args__ = (Index("ix_clock_incident_resolved_at", "resolved_at"),)

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    party: Mapped[str]
    clock: Mapped[str]
    round: Mapped[int]
    found_at: Mapped[datetime]
    stored: Mapped[str]
    recomputed: Mapped[str]
    resolved_at: Mapped[datetime | None]


class WatchRun(Base):
    """When each recurring duty of the watch was last done."""

    __tablename__ = "watch_run"

    duty: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime]
    found: Mapped[int]
