"""Wire shapes of improvements. Points and shares are exact decimals as text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from server.agreements.schemas import ClockKind
from server.improvements.tables import USUAL_PRIORITY
from server.kit.wire import Body, Line, OptionalLine, Out

ImprovementState = Literal["open", "done", "dropped"]
Origin = Literal["voices", "office", "breaches", "recurring_fault", "ratchet"]
EffectMeasure = Literal["csat_top2", "ces_easy", "first_time_fix", "reopen_rate", "sla_attainment"]
Priority = Literal[1, 2, 3]
Weeks = Annotated[int, Field(ge=1, le=52)]
Points = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
MOST_VOICES = 20


class ImprovementBody(Body):
    """From irritations, or about a region where nobody had to complain first.

    `measure` is to be better by `expected_points` within `weeks` weeks; promises name a `clock`.
    What has priority 1 is seen to first, what has 3 last.
    """

    irritation_ids: Annotated[list[UUID], Field(max_length=MOST_VOICES)] = []
    region_id: UUID | None = None
    customer_id: UUID | None = None
    title: Line
    owner_name: Line
    due_on: date
    measure: EffectMeasure
    clock: ClockKind | None = None
    expected_points: Points
    weeks: Weeks = 8
    priority: Priority = USUAL_PRIORITY

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.measure == "sla_attainment") != (self.clock is not None):
            raise ValueError("Name a clock for promises, and for nothing else.")
        if not self.irritation_ids and self.region_id is None:
            raise ValueError("Name irritations or a region.")
        return self


class ImprovementCommandBody(Body):
    """`drop` needs a note, `assign` an owner, a day or a priority."""

    kind: Literal["assign", "complete", "drop"]
    base_version: int
    note: OptionalLine = ""
    owner_name: Line | None = None
    due_on: date | None = None
    priority: Priority | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind == "drop" and not self.note:
            raise ValueError("Say why it is dropped.")
        said = (self.owner_name, self.due_on, self.priority)
        if self.kind == "assign" and all(each is None for each in said):
            raise ValueError("Say who does it, until when, or how soon it is seen to.")
        return self


class ShareOut(Out):
    numerator: int
    denominator: int
    percent: str | None


class EffectOut(Out):
    """The measure before it was proposed and after it was done; null where too few tell nothing."""

    before: ShareOut
    after: ShareOut
    gain_points: str | None
    is_reached: bool | None
    definition_version: int
    measured_at: datetime


class ImprovementOut(Out):
    """What a rule opened has no title of its own: pages tell it from `origin` and `facts`."""

    id: UUID
    region_id: UUID
    customer_id: UUID | None
    customer_name: str | None
    agreement_id: UUID | None
    agreement_number: str | None
    origin: Origin
    facts: dict[str, str | int]
    title: str
    priority: Priority
    owner_name: str
    due_on: date
    is_overdue: bool
    measure: EffectMeasure
    clock: ClockKind | None
    expected_points: str
    weeks: int
    state: ImprovementState
    irritations: int
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    ended_by: str
    note: str
    effect: EffectOut | None
    version: int
