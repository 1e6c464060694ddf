"""Regions and calendars as stored."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned

BORROW_COST = 1_800  # seconds of driving: half an hour
ARRIVAL_BY: Final = "manual"
ARRIVAL_RADIUS = 150  # metres
UNANSWERED_MINUTES = 30


class Calendar(Versioned, Base):
    """Service hours in the shape `dispatch.hours` reads."""

    __tablename__ = "calendar"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    always_open: Mapped[bool]
    weekly: Mapped[dict[str, Any]]
    special: Mapped[dict[str, Any]]
    holidays: Mapped[list[Any]]


class CalendarRevision(Identified, Base):
    """A calendar as it was from one revision to the next, never changed; who made it and why."""

    __tablename__ = "calendar_revision"
    __table_args__ = (UniqueConstraint("calendar_id", "number"),)

    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id"))
    number: Mapped[int]
    hours: Mapped[dict[str, Any]]
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]


class Region(Versioned, Base):
    """A region has one zone, one travel profile and usual service hours.

    `borrows_from` holds the ids of the regions whose technicians may be sent here, as text; each
    visit of theirs then counts as so many seconds of driving more. `arrival_by` says whether a
    phone within so many metres of a site proposes its arrival, records it, or keeps still.
    `response_minutes` are by severity and `speeds` hold bands and busy hours: only what the region
    has set itself.
    `dispatch_phone` is where technicians reach whoever sends them; empty where it is not known.
    A customer's report that nobody has looked at for `unanswered_minutes` of service hours is
    raised; 0 is never. `authority_eur` is what its technicians may decide alone on one
    intervention, parts and goodwill together; null is without a limit.
    """

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    profile: Mapped[str]
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id"))
    outline: Mapped[dict[str, Any] | None]
    borrows_from: Mapped[list[Any]] = mapped_column(default=list)
    borrow_cost: Mapped[int] = mapped_column(default=BORROW_COST)
    arrival_by: Mapped[str] = mapped_column(default=ARRIVAL_BY)
    arrival_radius_m: Mapped[int] = mapped_column(default=ARRIVAL_RADIUS)
    dispatch_phone: Mapped[str] = mapped_column(default="")
    unanswered_minutes: Mapped[int] = mapped_column(default=UNANSWERED_MINUTES)
    response_minutes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    speeds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    authority_eur: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
