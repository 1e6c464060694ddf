"""Parts as stored."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Part(Versioned, Base):
    """One part of the catalogue; a withdrawn one stays known, so that old work can be read.

    `names` holds the name by language code.
    """

    __tablename__ = "part"

    code: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, Any]]
    unit: Mapped[str]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
