"""Statements as they were issued, never changed afterwards; and what our own work costs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified

CENTS = Numeric(12, 2)


class Statement(Identified, Base):
    """What a customer is charged for a month, with the credit notes that come off it.

    `lines` and `totals` stand as the customer reads them; `number` has no gaps within a year.
    """

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("customer_id", "month"), UniqueConstraint("number"))

    number: Mapped[str]
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"))
    month: Mapped[date] = mapped_column(Date)
    lines: Mapped[list[Any]]
    totals: Mapped[dict[str, Any]]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UUID]
    issued_by_name: Mapped[str]


class StatementCredit(Base):
    """Which statement a credit note came off: one, and never another."""

    __tablename__ = "statement_credit"

    credit_note_id: Mapped[UUID] = mapped_column(ForeignKey("credit_note.id"), primary_key=True)
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id"), index=True)


class StatementGoodwill(Base):
    """Which statement gave goodwill, and which took back what was withdrawn since: one each."""

    __tablename__ = "statement_goodwill"

    goodwill_id: Mapped[UUID] = mapped_column(ForeignKey("goodwill.id"), primary_key=True)
    is_withdrawal: Mapped[bool] = mapped_column(primary_key=True)
    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id"), index=True)


class CostRates(Identified, Base):
    """What our work costs us, whole, from this version on; never changed afterwards.

    `parts` holds the cost of one unit of a part, by its code, as exact text.
    """

    __tablename__ = "cost_rates"
    __table_args__ = (UniqueConstraint("number"),)

    number: Mapped[int]
    currency: Mapped[str]
    work_hour: Mapped[Decimal] = mapped_column(CENTS)
    travel_hour: Mapped[Decimal] = mapped_column(CENTS)
    parts: Mapped[dict[str, Any]]
    made_by: Mapped[UUID]
    made_by_name: Mapped[str]
    made_at: Mapped[datetime]
