"""What technicians said of their working day, whether they may be located, and where they were.

No speed, no score, no track of anybody who has not allowed it.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.device_commands import SaidByDevice
from server.kit.tables import Base, Identified


class DutyCommand(SaidByDevice, Base):
    """What was said of a working day; `state` is the one it led to, null if it changed nothing."""

    __tablename__ = "duty_command"
    __table_args__ = (
        Index("ix_duty_command_technician_id_judged_at", "technician_id", "judged_at"),
    )

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str | None]


class LocationChoice(Identified, Base):
    """A technician switched being located on or off, having read which notice; never changed."""

    __tablename__ = "location_choice"
    __table_args__ = (Index("ix_location_choice_technician_id_at", "technician_id", "at"),)

    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"))
    at: Mapped[datetime]
    is_on: Mapped[bool]
    notice_version: Mapped[int]


class SeenPosition(Base):
    """Where a technician's phone was at a moment of a shift, to within so many metres."""

    __tablename__ = "position"

    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    lat: Mapped[float]
    lon: Mapped[float]
    accuracy_m: Mapped[int]
