"""Webhooks as stored: where to call, of what, and each call that waits, was answered or failed.

The secret has to stand here as it is: what is sent is signed with it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Webhook(Versioned, Base):
    """An address and the kinds of event it is told. `region_ids` null means every region.

    `stopped` says why nothing is sent any more where that was not the administrator's wish.
    """

    __tablename__ = "webhook"

    name: Mapped[str]
    url: Mapped[str]
    kinds: Mapped[list[Any]]
    region_ids: Mapped[list[Any] | None]
    secret: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    stopped: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    made_by_name: Mapped[str]


class WebhookDelivery(Identified, Base):
    """One event to be told to one address: waiting, sent or failed, and what was answered last.

    `event_seq` is null for one somebody asked for to try it out.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_seq"),
        Index("ix_webhook_delivery_state_try_at", "state", "try_at"),
        Index("ix_webhook_delivery_created_at", "created_at"),
    )

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event_seq: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    try_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
