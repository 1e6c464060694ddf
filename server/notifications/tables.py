"""Push messages as stored: the key they are signed with, where they go, which wait; and devices.

And what people chose to hear of.

An endpoint lets whoever knows it disturb a person: it stands here and in no answer or log.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class PushKey(Base):
    """The server's own key pair for web push, made once: `private_key` is DER (PKCS 8)."""

    __tablename__ = "push_key"

    name: Mapped[str] = mapped_column(primary_key=True)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class PushSubscription(Versioned, Base):
    """Where one browser of one person is reached.

    It ends with the session it was made in, so that signing out is enough to be left in peace;
    `session_hash` is null only where a program's key made it.
    """

    __tablename__ = "push_subscription"
    __table_args__ = (Index("ix_push_subscription_account_id", "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    session_hash: Mapped[str | None] = mapped_column(
        ForeignKey("signed_in.token_hash", ondelete="CASCADE"), index=True
    )
    device: Mapped[str]
    endpoint: Mapped[str] = mapped_column(unique=True)
    p256dh: Mapped[str]
    auth: Mapped[str]
    created_at: Mapped[datetime]


class PushMessage(Identified, Base):
    """One event to be told to one subscription: waiting, sent, or dropped and why.

    `event_seq` is null for a message somebody asked for to try it out.
    """

    __tablename__ = "push_message"
    __table_args__ = (
        UniqueConstraint("subscription_id", "event_seq"),
        Index("ix_push_message_state_try_at", "state", "try_at"),
    )

    subscription_id: Mapped[UUID] = mapped_column(
        ForeignKey("push_subscription.id", ondelete="CASCADE")
    )
    event_seq: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default="waiting")
    reason: Mapped[str] = mapped_column(default="")
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    try_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Device(Identified, Base):
    """A phone as it describes itself: what it still needs to be relied upon."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("account_id", "device"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    device: Mapped[str]
    is_installed: Mapped[bool]
    is_persisted: Mapped[bool]
    notifications: Mapped[str]
    app_version: Mapped[str]
    platform: Mapped[str]
    heard_at: Mapped[datetime]


class AlarmAcknowledgement(Base):
    """Who has seen an alarm; `alarm` names what it is about and since when, so a new one rings."""

    __tablename__ = "alarm_acknowledgement"
    __table_args__ = (Index("ix_alarm_acknowledgement_at", "at"),)

    alarm: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str]
    at: Mapped[datetime]


class RoleNotifications(Versioned, Base):
    """What whoever has this role hears of, by topic and channel, where it is not as usual."""

    __tablename__ = "role_notifications"

    role: Mapped[str] = mapped_column(unique=True)
    choices: Mapped[dict[str, Any]]


class OwnNotifications(Versioned, Base):
    """What one person chose otherwise than their role; quiet hours in minutes of their day.

    `is_mail_stopped` is what a link in a mail asked for: no more of it, whatever is ticked.
    """

    __tablename__ = "own_notifications"

    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), unique=True
    )
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    zone: Mapped[str] = mapped_column(default="")
    lets_trapped_through: Mapped[bool] = mapped_column(default=True)
    is_mail_stopped: Mapped[bool] = mapped_column(default=False)
