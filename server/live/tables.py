"""Who looks at which board just now; forgotten within a minute."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base


class Look(Base):
    """One open page of somebody's: the region's board it shows, and the intervention open on it."""

    __tablename__ = "look"
    __table_args__ = (Index("ix_look_region_id_seen_at", "region_id", "seen_at"),)

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    region_id: Mapped[UUID] = mapped_column(ForeignKey("region.id"))
    intervention_id: Mapped[UUID | None] = mapped_column(ForeignKey("intervention.id"))
    name: Mapped[str]
    seen_at: Mapped[datetime]
