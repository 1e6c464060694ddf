"""Wire shapes of aims, commitments and benchmarks: what both sides read, so nobody is named."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from server.agreements.schemas import ClockKind
from server.kit.wire import Body, Line, OptionalLine, Out

AimKind = Literal["outcome", "focus", "key_result"]
AimMeasure = Literal[
    "csat_top2",
    "csat_mean",
    "ces_easy",
    "ces_mean",
    "first_time_fix",
    "eta_accuracy",
    "xla_score",
    "sla_attainment",
]
AimState = Literal["met", "not_met", "unknown"]
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Least = Annotated[Decimal, Field(gt=0, le=100, max_digits=7, decimal_places=4)]
Months = Annotated[int, Field(ge=1, le=60)]
Version = Annotated[int, Field(ge=0, lt=2**31)]


class AimBody(Body):
    """What is to be reached, and how it is told: a measure of ours with its least, or words.

    Promises name a `clock`. A key result follows a measure of ours. Another outcome takes the
    place of the one before.
    """

    kind: AimKind
    text: Words
    measure: AimMeasure | None = None
    clock: ClockKind | None = None
    at_least: Least | None = None
    in_words: OptionalLine = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.measure is None) != (self.at_least is None):
            raise ValueError("A measure has a least it is to reach.")
        if (self.measure == "sla_attainment") != (self.clock is not None):
            raise ValueError("Name a clock for promises, and for nothing else.")
        if (self.measure is None) == (self.in_words == ""):
            raise ValueError("Name a measure of ours, or say it in words.")
        if self.kind == "key_result" and self.measure is None:
            raise ValueError("A key result follows a measure of ours.")
        return self


class AimCommandBody(Body):
    """`answer` says whether an aim told in words is met; `end` takes it off the list."""

    kind: Literal["answer", "end"]
    base_version: Version
    answer: Literal["met", "not_met"] | None = None
    note: OptionalLine = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.kind == "answer") != (self.answer is not None):
            raise ValueError("Say whether it is met.")
        return self


class AimOut(Out):
    """An aim with its state. `value` rests on so many answers, visits, repairs or promises.

    Unknown where it rests on fewer than `fewest`, or where nobody has answered what is told in
    words; then `rests_on` is null.
    """

    id: UUID
    kind: AimKind
    text: str
    measure: AimMeasure | None
    definition_version: int | None
    clock: ClockKind | None
    at_least: str | None
    in_words: str
    value: str | None
    rests_on: int | None
    fewest: int
    state: AimState
    answer_note: str
    answered_at: datetime | None
    version: int


class AimsOut(Out):
    """What is to be reached, measured on the local days `[from_day, to_day)`: three months."""

    desired_outcome: str
    from_day: date
    to_day: date
    outcome: AimOut | None
    focus: list[AimOut]
    key_results: list[AimOut]


class CommitmentBody(Body):
    """Something that comes back every so many months from `first_on` on."""

    text: Line
    every_months: Months
    first_on: date


class CommitmentCommandBody(Body):
    """`keep` says that it was done on a day, `end` from which day on it does not come back."""

    kind: Literal["keep", "end"]
    base_version: Version
    day: date
    note: OptionalLine = ""


class CommitmentOut(Out):
    """`next_on` is null once it is over; kept and missed are counted over twelve months.

    What is done within two weeks of its day counts for it.
    """

    id: UUID
    text: str
    every_months: int
    first_on: date
    until: date | None
    next_on: date | None
    kept: int
    missed: int
    missed_on: list[date]
    version: int


class CommitmentsOut(Out):
    items: list[CommitmentOut]


class CommitmentsCountedOut(Out):
    """A commitment on some days: how often it was kept, and the days on which it was missed."""

    agreement_id: UUID
    agreement_number: str
    text: str
    kept: int
    missed: int
    missed_on: list[date]


class BenchmarkBody(Body):
    """A figure of others as it was on a day, and where it was read."""

    measure: AimMeasure
    clock: ClockKind | None = None
    value: Annotated[Decimal, Field(ge=0, le=100, max_digits=7, decimal_places=4)]
    source: Line
    as_of: date

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.measure == "sla_attainment") != (self.clock is not None):
            raise ValueError("Name a clock for promises, and for nothing else.")
        return self


class BenchmarkOut(Out):
    """A figure of others beside our own of the last three months under one agreement."""

    id: UUID
    measure: AimMeasure
    clock: ClockKind | None
    value: str
    source: str
    as_of: date
    age_days: int
    own: str | None
    rests_on: int


class BenchmarksOut(Out):
    items: list[BenchmarkOut]
