"""What a region's days are planned by, version after version."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class PlanningPolicy(Identified, Base):
    """The goals a region has set, whole, from this version on; never changed afterwards.

    `goals` holds those that are not the usual ones, by name.
    """

    __tablename__ = "planning_policy"
    __table_args__ = (UniqueConstraint("region_id", "number"),)

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    number: Mapped[int]
    goals: Mapped[dict[str, Any]]
    reason: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
