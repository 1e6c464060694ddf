"""Aims of agreements, what comes back by them, and figures of others, as stored.

Nothing of it is deleted: what is over says since when.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned


class Aim(Versioned, Base):
    """Something to be reached: the desired outcome itself, a focus area or a key result.

    It is told by a measure of ours that is to reach `at_least`, or by one in words: then somebody
    says at a meeting whether it is met.
    """

    __tablename__ = "agreement_aim"
    __table_args__ = (
        Index("ix_agreement_aim_agreement_id", "agreement_id"),
        CheckConstraint("kind in ('outcome', 'focus', 'key_result')", name="kind"),
        CheckConstraint("(measure is null) = (at_least is null)", name="target"),
        CheckConstraint("measure is not null or in_words <> ''", name="told"),
        CheckConstraint("answer in ('met', 'not_met')", name="answer"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    kind: Mapped[str]
    text: Mapped[str]
    measure: Mapped[str | None]
    clock: Mapped[str | None]
    at_least: Mapped[Decimal | None] = mapped_column(Numeric(7, 4))
    in_words: Mapped[str] = mapped_column(default="")
    answer: Mapped[str | None]
    answer_note: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]


class Commitment(Versioned, Base):
    """Something that comes back every so many months, from `first_on` to before `until`."""

    __tablename__ = "commitment"
    __table_args__ = (
        Index("ix_commitment_agreement_id", "agreement_id"),
        CheckConstraint("every_months between 1 and 60", name="every_months"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    text: Mapped[str]
    every_months: Mapped[int]
    first_on: Mapped[date]
    until: Mapped[date | None]
    set_by: Mapped[str]
    set_at: Mapped[datetime]


class CommitmentKept(Identified, Base):
    """A day on which a commitment was kept."""

    __tablename__ = "commitment_kept"
    __table_args__ = (Index("ix_commitment_kept_commitment_id", "commitment_id"),)

    commitment_id: Mapped[UUID] = mapped_column(ForeignKey("commitment.id"))
    kept_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class Benchmark(Identified, Base):
    """A figure of others, as somebody read it somewhere; the newest of a measure counts."""

    __tablename__ = "benchmark"
    __table_args__ = (Index("ix_benchmark_measure", "measure"),)

    measure: Mapped[str]
    clock: Mapped[str | None]
    value: Mapped[Decimal] = mapped_column(Numeric(7, 4))
    source: Mapped[str]
    as_of: Mapped[date]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
