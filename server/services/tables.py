"""Services as stored."""

from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned

EVERY_KIND = text("asset_kind is null")


class Service(Versioned, Base):
    """One service: a kind of work on a kind of asset; asset kind null means any.

    Of two services that fit a call the one made for its kind of asset is meant. `names` holds the
    name by language code.
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
