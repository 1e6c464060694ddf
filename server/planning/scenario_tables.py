"""What-if scenarios as stored: what was supposed, and what would come of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Versioned


class Scenario(Versioned, Base):
    """A day supposed to be otherwise, and the plan found for it.

    `supposed` is what was asked, as it came; `result` the figures and the diff, `steps` what of
    it could be carried out on the real day.
    """

    __tablename__ = "scenario"
    __table_args__ = (Index("ix_scenario_region_id_requested_at", "region_id", "requested_at"),)

    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    day: Mapped[date]
    status: Mapped[str]
    supposed: Mapped[list[Any]]
    seconds: Mapped[int]
    seed: Mapped[int]
    requested_at: Mapped[datetime]
    requested_by: Mapped[UUID]
    requested_by_name: Mapped[str]
    problem_code: Mapped[str | None]
    result: Mapped[dict[str, Any] | None]
    steps: Mapped[list[Any]]
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan.id"))
