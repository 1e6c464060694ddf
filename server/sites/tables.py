"""Sites and assets as stored."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Site(Versioned, Base):
    """A building with an address and a position.

    `contacts` are whom to call, first things first; `contact_name` and `contact_phone` repeat the
    first. In `access_hours` somebody lets one in; none means at any time. In
    `critical_windows` its business must not stop. `key_box` says where the
    key is and how to open it: for technicians and dispatchers only.
    `search` holds code, name and address folded to plain lower-case letters: neither database
    compares accents by itself.
    """

    __tablename__ = "site"
    __table_args__ = (
        CheckConstraint("lat between -90 and 90", name="lat"),
        CheckConstraint("lon between -180 and 180", name="lon"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"), index=True)
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customer.id"), index=True)
    name: Mapped[str]
    street: Mapped[str]
    number: Mapped[str]
    postcode: Mapped[str]
    place: Mapped[str]
    lat: Mapped[float]
    lon: Mapped[float]
    position_source: Mapped[str]
    zone: Mapped[str]
    access_notes: Mapped[str]
    contact_name: Mapped[str]
    contact_phone: Mapped[str]
    hazards: Mapped[list[Any]] = mapped_column(default=list)
    key_box: Mapped[str] = mapped_column(default="")
    contacts: Mapped[list[Any]] = mapped_column(default=list)
    access_hours: Mapped[list[Any]] = mapped_column(default=list)
    critical_windows: Mapped[list[Any]] = mapped_column(default=list)
    search: Mapped[str]


class Asset(Versioned, Base):
    """A lift, or another thing on a site that is looked after, until it is retired."""

    __tablename__ = "asset"

    site_id: Mapped[UUID] = mapped_column(ForeignKey("site.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    levels: Mapped[int | None]
    maker: Mapped[str]
    installed_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    search: Mapped[str]
