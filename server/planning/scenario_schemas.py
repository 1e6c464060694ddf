"""Wire shapes of what-if scenarios: what is supposed, and what would come of it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from server.kit.wire import Body, Instant, Out, PositionBody
from server.planning.schemas import PlanDiffOut, PlanMeasuresOut

ScenarioStatus = Literal["running", "ready", "failed", "applied", "dropped"]


class SickBody(Body):
    """A technician goes home, from now on unless told."""

    kind: Literal["sick"]
    technician_id: UUID
    from_at: Instant | None = None


class ExtraBody(Body):
    """One technician more, like this one."""

    kind: Literal["extra"]
    like_technician_id: UUID


class StormBody(Body):
    """So many calls more until then, drawn from what the region has had."""

    kind: Literal["storm"]
    calls: Annotated[int, Field(ge=1, le=200)]
    until: Instant | None = None


class ClosureBody(Body):
    """Drives through a circle, or between two places, take so much longer."""

    kind: Literal["closure"]
    position: PositionBody
    to: PositionBody | None = None
    radius_metres: Annotated[int, Field(ge=50, le=50_000)] = 300
    extra_seconds: Annotated[int, Field(ge=60, le=14_400)] = 1_800


SupposedBody = Annotated[
    SickBody | ExtraBody | StormBody | ClosureBody, Field(discriminator="kind")
]


class ScenarioBody(Body):
    """A day supposed to be otherwise, today unless told, and how long to plan it."""

    region_id: UUID
    day: date | None = None
    supposed: Annotated[list[SupposedBody], Field(min_length=1, max_length=10)]
    seconds: Annotated[int, Field(ge=1, le=60)] = 5
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class ScenarioFiguresOut(Out):
    """A day in figures; `money` is what promises missed by it would cost, by currency.

    `moved` counts visits that start at another time or with somebody else, `told` of them those
    that are announced.
    """

    measures: PlanMeasuresOut
    money: dict[str, str]
    moved: int
    told: int


class ScenarioResultOut(Out):
    """The plan in force today, what becomes of it if this were so, and the best found then."""

    in_force: ScenarioFiguresOut
    untouched: ScenarioFiguresOut
    planned: ScenarioFiguresOut
    calls: int
    diff: PlanDiffOut


class ScenarioOut(Out):
    """A scenario: what is supposed, how far it is, what would come of it.

    `plan_id` is the plan it was applied as, which waits for review like any other.
    """

    id: UUID
    region_id: UUID
    day: date
    status: ScenarioStatus
    supposed: list[dict[str, Any]]
    requested_at: datetime
    requested_by: str
    problem_code: str | None
    result: ScenarioResultOut | None
    plan_id: UUID | None
    version: int
