"""Services as stored."""

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

EVERY_KIND = text("asset_kind is null")


class Service(Versioned, Base):
    """One service: a kind of work on a kind of asset; asset kind null means any.

    Of two services that fit a call the one made for its kind of asset is meant. `names` holds the
    name by language code. What the work takes is copied into each intervention at its call:
    `duration_seconds` by severity (ours where one is missing), `skills` with their levels,
    `checklist`, `parts` with their quantities, and whether the office reviews it before it is
    closed (`asks_for_review`, null as is usual for the kind of work).
    """

    __tablename__ = "service"
    __table_args__ = (
        Index("uq_service_fits", "work_type", "asset_kind", unique=True),
        Index(
            "uq_service_fits_every_kind",
            "work_type",
            unique=True,
            sqlite_where=EVERY_KIND,
            postgresql_where=EVERY_KIND,
        ),
    )

    code: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, Any]]
    work_type: Mapped[str]
    asset_kind: Mapped[str | None]
    duration_seconds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    skills: Mapped[dict[str, Any]] = mapped_column(default=dict)
    checklist: Mapped[list[Any]] = mapped_column(default=list)
    parts: Mapped[list[Any]] = mapped_column(default=list)
    asks_for_review: Mapped[bool | None]
