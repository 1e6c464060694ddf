"""Parts as stored."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Part(Versioned, Base):
    """One part of the catalogue; a withdrawn one stays known, so that old work can be read.

    `names` holds the name by language code; `price_eur` is what one unit counts for against what
    a technician may decide alone, null where nobody has said.
    """

    __tablename__ = "part"

    code: Mapped[str] = mapped_column(unique=True)
    names: Mapped[dict[str, Any]]
    unit: Mapped[str]
    price_eur: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
