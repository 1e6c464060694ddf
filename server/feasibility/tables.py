"""Trials as stored: what was asked, and what came of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Trial(Versioned, Base):
    """A promise tried out on one region; made by the process that was asked.

    `answer` is what the wire shows of both ways the days were lived.
    """

    __tablename__ = "trial"
    __table_args__ = (Index("ix_trial_region_id_requested_at", "region_id", "requested_at"),)

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    status: Mapped[str]
    severity: Mapped[str]
    within_seconds: Mapped[int]
    is_always: Mapped[bool]
    first_day: Mapped[date]
    weeks: Mapped[int]
    seed: Mapped[int]
    requested_at: Mapped[datetime]
    requested_by: Mapped[UUID]
    finished_at: Mapped[datetime | None]
    problem_code: Mapped[str | None]
    answer: Mapped[dict[str, Any] | None]
