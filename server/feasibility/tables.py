"""Trials as stored: what was asked, and what came of it; promises to choose from, with prices."""

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


class Alternative(Versioned, Base):
    """One way to promise what a draft is to promise, with its price; one of several.

    A new price makes a new revision; the one before stays, `replaced_at` says until when it held.
    `effort` and `rates` are what the cost is worked out from, as they were then.
    """

    __tablename__ = "alternative"
    __table_args__ = (Index("ix_alternative_version_id", "version_id"),)

    version_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_version.id"))
    line_id: Mapped[UUID]
    revision: Mapped[int]
    name: Mapped[str]
    service: Mapped[str]
    severity: Mapped[str]
    clock: Mapped[str]
    promise: Mapped[dict[str, Any]]
    calendar_id: Mapped[UUID | None] = mapped_column(ForeignKey("calendar.id"))
    currency: Mapped[str]
    prices: Mapped[list[Any]]
    trial_id: Mapped[UUID | None] = mapped_column(ForeignKey("trial.id"))
    effort: Mapped[dict[str, Any] | None]
    rates: Mapped[dict[str, Any] | None]
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    chosen_by: Mapped[str] = mapped_column(default="")
    chosen_at: Mapped[datetime | None]
