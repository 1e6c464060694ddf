"""Labels, what was reported by them and the links that tell how it goes on, as stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class Label(Identified, Base):
    """A printed label in a lift. What is on it is known to whoever stands before it only."""

    __tablename__ = "label"
    __table_args__ = (Index("ix_label_asset_id", "asset_id"),)

    token_hash: Mapped[str] = mapped_column(unique=True)
    asset_id: Mapped[UUID] = mapped_column(ForeignKey("asset.id"))
    made_at: Mapped[datetime]
    made_by_name: Mapped[str]
    revoked_at: Mapped[datetime | None]


class ResidentReport(Identified, Base):
    """What somebody said by a label, about an intervention it opened or joined (`is_joined`).

    Who they are and how to reach them is forgotten 30 days after the end of the work.
    """

    __tablename__ = "resident_report"
    __table_args__ = (
        Index("ix_resident_report_intervention_id", "intervention_id"),
        Index("ix_resident_report_email", "email"),
    )

    label_id: Mapped[UUID] = mapped_column(ForeignKey("label.id"))
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    kind: Mapped[str]
    description: Mapped[str]
    is_joined: Mapped[bool]
    caller_name: Mapped[str]
    caller_phone: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    received_at: Mapped[datetime]


class TrackingLink(Identified, Base):
    """A way to see how work goes on without an account; of its token only the hash is kept.

    `feedback_link_id` is the way to say how it was that was handed out by it.
    """

    __tablename__ = "tracking_link"
    __table_args__ = (Index("ix_tracking_link_intervention_id", "intervention_id"),)

    token_hash: Mapped[str] = mapped_column(unique=True)
    intervention_id: Mapped[UUID] = mapped_column(ForeignKey("intervention.id"))
    made_at: Mapped[datetime]
    feedback_link_id: Mapped[UUID | None] = mapped_column(ForeignKey("feedback_link.id"))


class PublicTry(Identified, Base):
    """That somebody without an account tried something; `key` is a hash, gone within an hour."""

    __tablename__ = "public_try"
    __table_args__ = (Index("ix_public_try_key_at", "key", "at"), Index("ix_public_try_at", "at"))

    key: Mapped[str]
    at: Mapped[datetime]
