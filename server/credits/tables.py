"""Credit notes as stored; once approved they are never edited, only countered."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

CENTS = Numeric(12, 2)


class CreditNote(Versioned, Base):
    """What is given back for one unit and one month, or taken back again (`counters_id`).

    `unit_id` is the agreement, site or asset the fee is for; of a promise to every customer, the
    customer instead of the agreement. `lines` and `breach_ids` say how the
    amount came about; `number` is given on approval, without gaps.
    """

    __tablename__ = "credit_note"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_credit_note_customer_id_month", "customer_id", "month"),
        Index("ix_credit_note_unit", "agreement_version_id", "unit_id", "month"),
        CheckConstraint("status in ('proposed', 'checked', 'approved', 'dropped')", name="status"),
    )

    number: Mapped[str | None]
    status: Mapped[str]
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    agreement_version_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_version.id"))
    unit: Mapped[str]
    unit_id: Mapped[UUID]
    month: Mapped[date] = mapped_column(Date)
    currency: Mapped[str]
    fee: Mapped[Decimal] = mapped_column(CENTS)
    amount: Mapped[Decimal] = mapped_column(CENTS)
    lines: Mapped[list[Any]]
    breach_ids: Mapped[list[Any]]
    counters_id: Mapped[UUID | None] = mapped_column(ForeignKey("credit_note.id"))
    reason: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID | None]
    proposed_by_name: Mapped[str]
    checked_at: Mapped[datetime | None]
    checked_by: Mapped[UUID | None]
    checked_by_name: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    approved_by_name: Mapped[str] = mapped_column(default="")
