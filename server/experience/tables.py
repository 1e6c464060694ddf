"""Feedback as stored. Nothing here is ever overwritten: what is said anew replaces the answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified

STANDS = text("replaced_at is null")


class Feedback(Identified, Base):
    """What somebody said about an intervention, known by their role and not by their name.

    `csat` is from 1 to 5 and `effort` from 1 to 7, 7 the easiest; `effort_wording` names the
    question that was asked. An answer stands until the same role says something else.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index(
            "uq_feedback_intervention_id_role",
            "intervention_id",
            "role",
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
