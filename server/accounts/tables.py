"""Accounts, their sessions and keys. Secrets are stored hashed only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.kit.tables import Base, Identified, Versioned


class Account(Versioned, Base):
    """A person who signs in, or a program. `region_ids` null means every region.

    Customer and technician are named by id; the rows live in rooms above. `password_hash` is empty
    until somebody has chosen a password by the link whose hash is `invite_hash`.
    """

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    language: Mapped[str]
    password_hash: Mapped[str]
    customer_id: Mapped[UUID | None]
    technician_id: Mapped[UUID | None] = mapped_column(unique=True)
    region_ids: Mapped[list[Any] | None]
    is_disabled: Mapped[bool] = mapped_column(default=False)
    seen_notice: Mapped[int] = mapped_column(default=0)
    is_program: Mapped[bool] = mapped_column(default=False)
    last_seen_at: Mapped[datetime | None]
    invite_hash: Mapped[str | None] = mapped_column(unique=True, index=True)
    invite_until: Mapped[datetime | None]


class SignedIn(Base):
    """One open session; the cookie's value is known to its owner only.

    `has_reason` is whether an auditor has said in it why they read.
    """

    __tablename__ = "signed_in"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    has_reason: Mapped[bool] = mapped_column(default=False)


class ReadingReason(Identified, Base):
    """Why an auditor reads; it outlives the session it was said in."""

    __tablename__ = "reading_reason"
    __table_args__ = (Index("ix_reading_reason_account_id", "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str]
    given_at: Mapped[datetime]
    account: Mapped[Account] = relationship(lazy="raise")


class ApiKey(Versioned, Base):
    """A program's key, acting as its account; `expires_at` null: it holds until revoked."""

    __tablename__ = "api_key"

    key_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]
    made_by_name: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class FailedSignIn(Identified, Base):
    """A wrong password, remembered for as long as it counts against the next try."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_email_address_at", "email", "address", "at"),)

    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
