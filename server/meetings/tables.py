"""How often is met, what is on the agenda and what was decided, as stored. Nothing is deleted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from server.kit.tables import Base, Identified, Versioned

A_LEVEL = "level in ('operational', 'tactical', 'strategic')"


class MeetingCadence(Versioned, Base):
    """How often a level meets and who has to be there, from `first_on` to before `until`.

    Another cadence ends the one before, so that what was missed stays missed.
    """

    __tablename__ = "meeting_cadence"
    __table_args__ = (
        Index("ix_meeting_cadence_agreement_id", "agreement_id"),
        CheckConstraint(A_LEVEL, name="level"),
        CheckConstraint("every_months between 1 and 60", name="every_months"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    level: Mapped[str]
    every_months: Mapped[int]
    first_on: Mapped[date]
    until: Mapped[date | None]
    seats: Mapped[list[Any]]
    set_by: Mapped[str]
    set_at: Mapped[datetime]


class AgendaItem(Identified, Base):
    """Something one side wants talked over; it waits until a meeting names it."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_agreement_id", "agreement_id"),
        CheckConstraint(A_LEVEL, name="level"),
        CheckConstraint("side in ('provider', 'customer')", name="side"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    level: Mapped[str]
    text: Mapped[str]
    side: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    review_id: Mapped[UUID | None] = mapped_column(ForeignKey("agreement_review.id"))


class Decision(Versioned, Base):
    """What a meeting decided. With an owner and a day it is an action, done or dropped one day.

    It may answer a wish for a change, or be seen through as an improvement.
    """

    __tablename__ = "review_decision"
    __table_args__ = (
        Index("ix_review_decision_agreement_id", "agreement_id"),
        CheckConstraint("state in ('noted', 'open', 'done', 'dropped')", name="state"),
        CheckConstraint("state = 'noted' or due_on is not null", name="due"),
    )

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("agreement_review.id"))
    text: Mapped[str]
    change_request_id: Mapped[UUID | None] = mapped_column(ForeignKey("change_request.id"))
    improvement_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement.id"))
    owner_name: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    is_quick_win: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
