"""Wire shapes of meetings: the same for us and for managers, so nobody of the office is named.

Who has to do something is: both sides agreed on it.
"""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from server.agreements.schemas import ClockKind, MeetingLevel, Seat
from server.kit.wire import Body, Line, OptionalLine, Out

DecisionState = Literal["noted", "open", "done", "dropped"]
Side = Literal["provider", "customer"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class CadenceBody(Body):
    """Every so many months from `first_on` on, and who has to be there; null: from then on never.

    It begins today or later where it takes the place of another: what was missed stays missed.
    """

    level: MeetingLevel
    every_months: Annotated[int, Field(ge=1, le=60)] | None
    first_on: date
    seats: Annotated[list[Seat], Field(max_length=9)] = []


class AgendaItemBody(Body):
    level: MeetingLevel
    text: Words


class DecisionBody(Body):
    """What was decided. An action has an owner and a day, a quick win is an action."""

    text: Words
    owner_name: OptionalLine = ""
    due_on: date | None = None
    is_quick_win: bool = False
    change_request_id: UUID | None = None
    improvement_id: UUID | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if bool(self.owner_name) != (self.due_on is not None):
            raise ValueError("An action has both an owner and a day.")
        if self.is_quick_win and not self.owner_name:
            raise ValueError("A quick win has an owner and a day.")
        return self


class DecisionCommandBody(Body):
    """An action ends done or dropped, either way with a note that says how or why."""

    kind: Literal["complete", "drop"]
    base_version: Annotated[int, Field(ge=0, lt=2**31)]
    note: Line


class MeetingLevelOut(Out):
    """One level; null where it does not meet. Counted are the planned days of twelve months.

    `next_on` may have passed: a meeting held within two weeks of its day counts for it.
    """

    level: MeetingLevel
    every_months: int | None
    seats: list[Seat]
    next_on: date | None
    held: int
    missed: int
    missed_on: list[date]


class AgendaItemOut(Out):
    """`asked_by` is empty for what we put there ourselves."""

    id: UUID
    level: MeetingLevel
    text: str
    side: Side
    asked_by: str
    asked_at: datetime


class DecisionOut(Out):
    """`improvement_title` is empty where a rule opened it and nobody named it."""

    id: UUID
    review_id: UUID
    held_on: date
    text: str
    owner_name: str
    due_on: date | None
    is_overdue: bool
    is_quick_win: bool
    state: DecisionState
    note: str
    ended_at: datetime | None
    change_request_id: UUID | None
    change_request_text: str
    improvement_id: UUID | None
    improvement_title: str
    version: int


class MeetingOut(Out):
    """A meeting that was held; `missing` are the seats that had to be taken and were not."""

    id: UUID
    level: MeetingLevel
    held_on: date
    outcome: Literal["reached", "partly", "missed"]
    minutes: str
    present: list[Seat]
    missing: list[Seat]
    items: list[AgendaItemOut]
    decisions: list[DecisionOut]


class MeetingsOut(Out):
    """How often is met, what waits for a meeting, what is still to be done, and what was said.

    `actions` are the open ones, the most pressing first; `meetings` the newest first.
    """

    levels: list[MeetingLevelOut]
    items: list[AgendaItemOut]
    actions: list[DecisionOut]
    meetings: list[MeetingOut]


class ClockCountOut(Out):
    """Promises on one clock that were kept, and that were missed and stand."""

    clock: ClockKind
    kept: int
    missed: int


class MissedPromiseOut(Out):
    """A promise that was missed, by the intervention it was about."""

    intervention_id: UUID
    number: str
    site_name: str
    clock: ClockKind
    occurred_at: datetime


class ReviewPackOut(Out):
    """What happened under an agreement on the local days `[from_day, to_day)`, for its meetings.

    From the last meeting on, or three months back where there was none yet. `missed` are the
    newest; the count of each clock is of all.
    """

    from_day: date
    to_day: date
    interventions: int
    clocks: list[ClockCountOut]
    missed: list[MissedPromiseOut]


class MeetingsCountedOut(Out):
    """The meetings of a level that were planned on some days, as they were held or missed."""

    agreement_id: UUID
    agreement_number: str
    level: MeetingLevel
    held: int
    missed: int
    missed_on: list[date]
