"""Regions and calendars as stored."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


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


class Region(Versioned, Base):
    """A region has one zone, one travel profile and usual service hours."""

    __tablename__ = "region"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    profile: Mapped[str]
    calendar_id: Mapped[UUID] = mapped_column(ForeignKey("calendar.id"))
    outline: Mapped[dict[str, Any] | None]
