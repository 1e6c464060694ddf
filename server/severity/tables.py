"""Severity matrices as stored."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

HOUSE = "house"


class SeverityMatrix(Versioned, Base):
    """The severities two answers propose, by impact and urgency.

    `holder` is the customer's id, or `house` for whoever has none of their own: each has one.
    """

    __tablename__ = "severity_matrix"

    holder: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    cells: Mapped[dict[str, Any]]
