"""Feedback and irritations as stored.

No answer is ever overwritten: what is said anew replaces it.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned

STANDS = text("replaced_at is null")
ONE_OF_A_ROLE = text("replaced_at is null and link_id is null")


class Feedback(Identified, Base):
    """What somebody said about an intervention, known by their role and not by their name.

    `csat` is from 1 to 5 and `effort` from 1 to 7, 7 the easiest; `effort_wording` names the
    question that was asked. An answer stands until the same role says something else; whoever
    answers by a link has no account, and theirs stands beside it.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index(
            "uq_feedback_intervention_id_role",
            "intervention_id",
            "role",
            unique=True,
            sqlite_where=ONE_OF_A_ROLE,
            postgresql_where=ONE_OF_A_ROLE,
        ),
        Index(
            "uq_feedback_link_id",
            "link_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_feedback_customer_id_given_at", "customer_id", "given_at"),
        Index("ix_feedback_region_id_given_at", "region_id", "given_at"),
        CheckConstraint("csat between 1 and 5", name="csat"),
        CheckConstraint("effort between 1 and 7", name="effort"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    role: Mapped[str]
    channel: Mapped[str]
    csat: Mapped[int | None]
    effort: Mapped[int | None]
    effort_wording: Mapped[str]
    comment: Mapped[str]
    is_irritated: Mapped[bool]
    given_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback_link.id"))


class FeedbackLink(Identified, Base):
    """A way to say how it was without an account: for one answer, about one intervention.

    The link itself is known to whoever got it only; `channel` tells how it reached them.
    """

    __tablename__ = "feedback_link"
    __table_args__ = (Index("ix_feedback_link_intervention_id", "intervention_id"),)

    token_hash: Mapped[str] = mapped_column(unique=True)
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    channel: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Irritation(Versioned, Base):
    """Something about an intervention that must be talked about, though all promises were kept.

    Known by the role of who said so. It waits until it became an improvement, or was closed with a
    reason; a voice of feedback that asks for it becomes one by itself.
    """

    __tablename__ = "irritation"
    __table_args__ = (
        Index("ix_irritation_region_id_raised_at", "region_id", "raised_at"),
        Index("ix_irritation_customer_id_raised_at", "customer_id", "raised_at"),
        Index("ix_irritation_intervention_id", "intervention_id"),
        Index("ix_irritation_improvement_id", "improvement_id"),
        CheckConstraint("kind in ('irritation', 'complaint')", name="kind"),
        CheckConstraint("closed_at is null or closed_reason <> ''", name="closed_with_reason"),
    )

    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"))
    role: Mapped[str]
    kind: Mapped[str]
    text: Mapped[str]
    raised_at: Mapped[datetime]
    feedback_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback.id"), unique=True)
    improvement_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement.id"))
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(default="")
    closed_by_name: Mapped[str] = mapped_column(default="")


class Pulse(Base):
    """How a day was for a technician, from 1 to 5, and what weighed most; nobody knows whose it is.

    Its id is drawn at random, so that no order of rows tells who it was.
    """

    __tablename__ = "pulse"
    __table_args__ = (
        Index("ix_pulse_region_id_day", "region_id", "day"),
        CheckConstraint("score between 1 and 5", name="score"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    day: Mapped[date]
    score: Mapped[int]
    weighs: Mapped[str]


class PulseGiven(Base):
    """That a technician has answered for a day, and not what: one answer a day counts."""

    __tablename__ = "pulse_given"

    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
