"""Improvements as stored. None is ever deleted."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

USUAL_PRIORITY: Final = 2


class Improvement(Versioned, Base):
    """Something to do better: by whom, until when, and which measure is to move by how much.

    `origin` says where it comes from; `rule_key` names what a rule opened it for, so that it opens
    it once. `facts` are the figures the rule saw. What has `priority` 1 is seen to first, what has
    3 last. `expected_points` are points of the measure, for the better; `effect` is what was found
    `weeks` after it was done: shares before and after.
    """

    __tablename__ = "improvement"
    __table_args__ = (
        Index("ix_improvement_region_id_state", "region_id", "state"),
        Index("ix_improvement_customer_id_state", "customer_id", "state"),
        Index("ix_improvement_agreement_id_state", "agreement_id", "state"),
        CheckConstraint("state in ('open', 'done', 'dropped')", name="state"),
        CheckConstraint("weeks between 1 and 52", name="weeks"),
    )

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    origin: Mapped[str]
    rule_key: Mapped[str | None] = mapped_column(unique=True)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    title: Mapped[str]
    priority: Mapped[int] = mapped_column(default=USUAL_PRIORITY)
    owner_name: Mapped[str]
    due_on: Mapped[date]
    measure: Mapped[str]
    clock: Mapped[str | None]
    expected_points: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    weeks: Mapped[int]
    state: Mapped[str]
    created_at: Mapped[datetime]
    created_by_name: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by_name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    effect: Mapped[dict[str, Any] | None]
