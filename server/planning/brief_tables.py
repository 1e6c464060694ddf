"""Morning briefs as they were made, so that everybody reads the same one all day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class MorningBrief(Identified, Base):
    """What a region's brief said when its day began; one of each day."""

    __tablename__ = "morning_brief"
    __table_args__ = (UniqueConstraint("region_id", "day"),)

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    day: Mapped[date] = mapped_column(Date)
    made_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
