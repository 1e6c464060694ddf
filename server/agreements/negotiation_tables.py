"""What is said before a version is agreed, as stored: expected, required, proposed and answered.

Nothing of it is ever deleted: who wanted what, and what came of it, may be asked for later.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Expectation(Identified, Base):
    """What somebody of the other party expects, in their words, as told on a day."""

    __tablename__ = "agreement_expectation"
    __table_args__ = (Index("ix_agreement_expectation_agreement_id", "agreement_id"),)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    said_by: Mapped[str]
    said_on: Mapped[date]
    text: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class Requirement(Versioned, Base):
    """What an agreement has to say. `traces` name the parts of its terms that say it."""

    __tablename__ = "agreement_requirement"
    __table_args__ = (
        Index("ix_agreement_requirement_agreement_id", "agreement_id"),
        CheckConstraint("status in ('open', 'agreed', 'dropped')", name="status"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    text: Mapped[str]
    source: Mapped[str]
    asked_on: Mapped[date]
    status: Mapped[str]
    traces: Mapped[list[Any]] = mapped_column(default=list)
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class Proposal(Versioned, Base):
    """Other words or another promise that somebody proposes for a draft that is negotiated.

    `before` and `after` are what the draft said and what it is to say; it is accepted or refused
    once, with a reason, and both stay.
    """

    __tablename__ = "agreement_proposal"
    __table_args__ = (
        Index("ix_agreement_proposal_version_id", "version_id"),
        CheckConstraint("decision in ('accepted', 'refused')", name="decision"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_version.id"))
    part: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    why: Mapped[str]
    side: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    decision: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]


class Recipient(Versioned, Base):
    """Somebody who is to read the final version and to answer; by name alone without an account.

    Sent out again after it was sent back, everybody is asked anew: who was asked last counts.
    """

    __tablename__ = "agreement_recipient"
    __table_args__ = (
        Index("ix_agreement_recipient_version_id", "version_id"),
        CheckConstraint("side in ('provider', 'customer')", name="side"),
        CheckConstraint("answer in ('approved', 'objected')", name="answer"),
    )

    version_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_version.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    side: Mapped[str]
    sent_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    comment: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    recorded_by: Mapped[str] = mapped_column(default="")
