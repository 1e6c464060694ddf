"""What was done on the board, as stored: one deed, and each intervention it placed otherwise."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class Deed(Identified, Base):
    """Something a person did to one visit or many at once.

    `newest_event` is the last event written with it: what comes later happened since. It is told by
    its first intervention and, where that was given to somebody, by whom. `undoes_id` is the deed
    this one took back, `undone_by_id` the one that took this back.
    """

    __tablename__ = "deed"
    __table_args__ = (
        Index("ix_deed_region_id_at", "region_id", "at"),
        Index("ix_deed_at", "at"),
    )

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[UUID]
    author_name: Mapped[str]
    newest_event: Mapped[int] = mapped_column(BigInteger)
    row_count: Mapped[int]
    first_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    technician_id: Mapped[UUID | None] = mapped_column(ForeignKey("technician.id"))
    undoes_id: Mapped[UUID | None]
    undone_by_id: Mapped[UUID | None]


class DeedRow(Base):
    """Where one intervention stood before the deed, and after; null where it waited."""

    __tablename__ = "deed_row"

    deed_id: Mapped[UUID] = mapped_column(
        ForeignKey("deed.id", ondelete="CASCADE"), primary_key=True
    )
    intervention_id: Mapped[UUID] = mapped_column(
        ForeignKey("intervention.id"), primary_key=True, index=True
    )
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
