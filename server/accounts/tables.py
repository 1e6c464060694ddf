"""Accounts, their sessions and keys. Secrets are stored hashed only."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Account(Versioned, Base):
    """A person who signs in. `region_ids` null means every region.

    Customer and technician are named by id; the rows live in rooms above.
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


class SignedIn(Base):
    """One open session; the cookie's value is known to its owner only."""

    __tablename__ = "signed_in"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    csrf: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ApiKey(Identified, Base):
    """A program's key, acting as its account."""

    __tablename__ = "api_key"

    key_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


class FailedSignIn(Identified, Base):
    """A wrong password, remembered for as long as it counts against the next try."""

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_email_address_at", "email", "address", "at"),)

    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
