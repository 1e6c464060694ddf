"""Technicians, their shifts and their absences as stored."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

REQUESTED, APPROVED, REFUSED = "requested", "approved", "refused"


class Technician(Versioned, Base):
    """A person who goes out. `skills` maps a skill to its level.

    `certificates` is a list of `{"name", "valid_until"}`, the date in ISO form. `feed_hash` is the
    fingerprint of the secret address their calendar is read at, null where it is not given out.
    `usual_week` lists duties as `UsualDutyOut` shows them; only what is written out counts.
    `authority_eur` is what they may decide alone on one intervention, parts and goodwill together;
    null is what holds in their region.
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
    usual_week: Mapped[list[Any]] = mapped_column(default=list)
    authority_eur: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    feed_hash: Mapped[str | None] = mapped_column(unique=True, index=True)


class Shift(Versioned, Base):
    """One duty of one technician. The three lunch columns are all null or none is.

    `rank` says who on call is asked first; null where nobody says.
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
    rank: Mapped[int | None]


class Absence(Versioned, Base):
    """Time a technician is away although a shift may say otherwise. Absences may overlap.

    One that was asked for counts once it is approved: nobody is planned around a wish.
    """

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
    state: Mapped[str] = mapped_column(default=APPROVED)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
