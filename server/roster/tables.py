"""Technicians, their shifts and their absences as stored."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Technician(Versioned, Base):
    """A person who goes out. `skills` maps a skill to its level.

    `certificates` is a list of `{"name", "valid_until"}`, the date in ISO form.
    """

    __tablename__ = "technician"

    code: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"), index=True)
    name: Mapped[str]
    phone: Mapped[str]
    home_lat: Mapped[float]
    home_lon: Mapped[float]
    languages: Mapped[list[Any]]
    skills: Mapped[dict[str, Any]]
    certificates: Mapped[list[Any]]
    is_active: Mapped[bool] = mapped_column(default=True)


class Shift(Versioned, Base):
    """One duty of one technician. The three lunch columns are all null or none is.

    `worked_from` and `worked_until` are when its technician began and ended it, as they said.
    That no two shifts of a technician overlap is kept by the database as well, in a migration.
    """

    __tablename__ = "shift"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        Index("ix_shift_technician_id_starts_at", "technician_id", "starts_at"),
    )

    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"))
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    overtime_max_seconds: Mapped[int]
    lunch_earliest_at: Mapped[datetime | None]
    lunch_latest_at: Mapped[datetime | None]
    lunch_duration_seconds: Mapped[int | None]
    worked_from: Mapped[datetime | None]
    worked_until: Mapped[datetime | None]


class Absence(Versioned, Base):
    """Time a technician is away although a shift may say otherwise. Absences may overlap."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="order"),
        Index("ix_absence_technician_id_starts_at", "technician_id", "starts_at"),
    )

    technician_id: Mapped[UUID] = mapped_column(ForeignKey("technician.id"))
    kind: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    note: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
