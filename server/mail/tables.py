"""Mail as stored: what waits, was sent or failed, and what the reader may do with its link."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified


class Mail(Identified, Base):
    """One thing to tell one address, once: `key` is the same for the same thing.

    `topic` names the template, `facts` fill it. What is `about` the same and waits goes out in one
    message, whose id is `parcel`. `token` is in the link that asks for no more. `secret` is told in
    the mail and forgotten with it.
    """

    __tablename__ = "mail"
    __table_args__ = (
        UniqueConstraint("address", "key"),
        Index("ix_mail_state_try_at", "state", "try_at"),
        Index("ix_mail_created_at", "created_at"),
        Index("ix_mail_account_id", "account_id"),
    )

    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    address: Mapped[str]
    language: Mapped[str]
    topic: Mapped[str]
    key: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    facts: Mapped[dict[str, Any]]
    secret: Mapped[str] = mapped_column(default="")
    token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    parcel: Mapped[UUID | None]
    created_at: Mapped[datetime]
    try_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
