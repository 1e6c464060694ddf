"""Wire shapes of placing by hand: the verdicts on every start, and rows of visits to place."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.interventions.schemas import ReasonOut
from server.kit.wire import Body, Count, Instant, Out

DAY = 86_400
Level = Literal["fits", "costs", "blocked"]
PlacementKind = Literal["place", "assign", "replan", "unassign", "cancel", "shift", "lock"]


class PushedOut(Out):
    """A visit that would begin later, and whether its promise breaks by it."""

    intervention_id: UUID
    number: str
    starts_before: datetime
    starts_after: datetime
    promise_breaks: bool


class VerdictOut(Out):
    """What comes of every start from one instant to another; `pushed` is that of the last."""

    from_at: datetime
    to_at: datetime
    level: Level
    reason: ReasonOut | None
    pushed: list[PushedOut]
    is_late: bool
    overtime_seconds: int


class VerdictRowOut(Out):
    """One technician: why they cannot at all and what would help, else the verdicts in order."""

    technician_id: UUID
    reason: ReasonOut | None
    would_need: dict[str, int | str | None]
    verdicts: list[VerdictOut]


class VerdictsOut(Out):
    """For everybody of the day what would come of each start; starts lie `step_seconds` apart."""

    intervention_id: UUID
    day: date
    read_at: datetime
    step_seconds: int
    duration_seconds: int
    due_at: datetime | None
    rows: list[VerdictRowOut]


class PlacementRowBody(Body):
    """One intervention, with its visit as the dispatcher saw it, null where it waited.

    `pushes` and `breaks` are what was shown of other interventions: those whose visit begins later,
    and those whose promise breaks. Anything else is refused and shown anew.
    """

    intervention_id: UUID
    visit_id: UUID | None = None
    base_version: Count | None = None
    pushes: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()
    breaks: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()


class PlacementsBody(Body):
    """Do the same to each row: place at a start, give to somebody or to the best, and so on.

    `place` takes a technician and a start, `assign` a technician, `shift` how far, `lock` both
    locks, `cancel` a reason.
    """

    kind: PlacementKind
    rows: Annotated[list[PlacementRowBody], Field(min_length=1, max_length=200)]
    technician_id: UUID | None = None
    starts_at: Instant | None = None
    move_by_seconds: Annotated[int, Field(ge=-DAY, le=DAY)] | None = None
    is_technician_locked: bool | None = None
    is_start_locked: bool | None = None
    reason: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    dispatch: bool = True
