"""Comments as stored: written once, never changed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class Comment(Identified, Base):
    """What somebody wrote about an intervention or an agreement, and for which side."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_intervention_id", "intervention_id"),
        Index("ix_comment_agreement_id", "agreement_id"),
        Index("ix_comment_at", "at"),
        CheckConstraint("(intervention_id is null) <> (agreement_id is null)", name="about_one"),
        CheckConstraint("side in ('customer', 'office')", name="side"),
    )

    intervention_id: Mapped[UUID | None] = mapped_column(ForeignKey("intervention.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement.id"))
    side: Mapped[str]
    account_id: Mapped[UUID]
    author_name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime]
