"""Agreements, their versions, reviews and change requests as stored."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Agreement(Versioned, Base):
    """Who agreed with whom; what exactly stands in its versions.

    Of a customer, or corporate where there is none: then it holds for all of them. `party` names
    the division or the supplier that promises something to the house. Somebody looks after it, and
    somebody else while they are away; who has no account here is known by name only.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("kind in ('customer', 'internal', 'supplier')", name="kind"),
        Index("ix_agreement_customer_id", "customer_id"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[UUID | None] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[str]
    party: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    owner_name: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    backup_name: Mapped[str] = mapped_column(default="")
    backup_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    review_every_months: Mapped[int | None]
    next_review_on: Mapped[date | None]


class AgreementVersion(Versioned, Base):
    """What was agreed, in force on the local days `[valid_from, valid_to)` of its zone.

    `terms` is the document: written while a draft, never again. `fingerprint` is its SHA-256 with
    its days and zone. `valid_to` is the effective end, which an amendment or a termination brings
    forward; what was written stands in `written_to`. `blanket_reason` is why one time is meant for
    regions that are reached differently. `approved_by` is who approved it for the customer. Days
    of two versions of an agreement never meet; the database keeps that as well, in a migration.
    """

    __tablename__ = "agreement_version"
    __table_args__ = (
        UniqueConstraint("agreement_id", "number"),
        CheckConstraint("valid_to is null or valid_from < valid_to", name="order"),
        CheckConstraint(
            "status in ('draft', 'negotiation', 'verified', 'final_review', 'approved', 'signed',"
            " 'active', 'superseded', 'legal_hold', 'terminated', 'closed', 'withdrawn')",
            name="status",
        ),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    number: Mapped[int]
    status: Mapped[str]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    written_to: Mapped[date | None]
    zone: Mapped[str]
    terms: Mapped[dict[str, Any]]
    fingerprint: Mapped[str]
    author_id: Mapped[UUID | None]
    author_name: Mapped[str]
    written_at: Mapped[datetime]
    verified_by: Mapped[str] = mapped_column(default="")
    verified_at: Mapped[datetime | None]
    blanket_reason: Mapped[str] = mapped_column(default="")
    blanket_reason_by: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date | None]
    signatories: Mapped[list[Any]] = mapped_column(default=list)
    signed_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    activated_by: Mapped[str] = mapped_column(default="")
    activated_at: Mapped[datetime | None]
    ends_on: Mapped[date | None]
    termination_reason: Mapped[str] = mapped_column(default="")
    termination_requested_by_id: Mapped[UUID | None]
    termination_requested_by: Mapped[str] = mapped_column(default="")
    termination_requested_at: Mapped[datetime | None]
    terminated_by: Mapped[str] = mapped_column(default="")
    terminated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Attachment(Base):
    """A file kept with a version of an agreement."""

    __tablename__ = "agreement_attachment"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_version.id"), primary_key=True)
    file_id: Mapped[UUID] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)


class Review(Identified, Base):
    """A meeting about an agreement: whether it brings about what it was made for, and the minutes.

    `present` are the seats that were taken, of both sides.
    """

    __tablename__ = "agreement_review"
    __table_args__ = (
        Index("ix_agreement_review_agreement_id", "agreement_id"),
        CheckConstraint("level in ('operational', 'tactical', 'strategic')", name="level"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    held_on: Mapped[date]
    outcome: Mapped[str]
    note: Mapped[str]
    level: Mapped[str] = mapped_column(default="strategic")
    present: Mapped[list[Any]] = mapped_column(default=list)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class ChangeRequest(Identified, Base):
    """Something somebody wants changed: it stays on the next review until it is decided."""

    __tablename__ = "change_request"
    __table_args__ = (Index("ix_change_request_agreement_id", "agreement_id"),)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    text: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    decision: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
