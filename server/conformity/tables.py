"""What the night found about agreements in force, as stored; what is mended leaves the list."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class ConformityFinding(Identified, Base):
    """One thing that keeps an agreement from being kept; `found_at` is the first night it stood.

    `mark` names it, so that the next night knows it again.
    """

    __tablename__ = "conformity_finding"

    mark: Mapped[str] = mapped_column(unique=True)
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    code: Mapped[str]
    other_number: Mapped[str] = mapped_column(default="")
    service: Mapped[str] = mapped_column(default="")
    severity: Mapped[str | None]
    clock: Mapped[str | None]
    region_id: Mapped[UUID | None] = mapped_column(ForeignKey("region.id"))
    facts: Mapped[dict[str, Any]]
    found_at: Mapped[datetime]
