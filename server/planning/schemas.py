"""Wire shapes of candidates and plans: who should go, what it displaces, what a plan changes."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.agreements.schemas import Severity
from server.interventions.schemas import ReasonOut
from server.kit.wire import Body, Out

PlanStatus = Literal["running", "ready", "published", "failed", "cancelled"]


class OwedOut(Out):
    """What a broken promise adds to this month's credits."""

    amount: str
    currency: str


class MoveOut(Out):
    """A later visit that slips or gains because of the candidate."""

    visit_id: UUID
    intervention_id: UUID
    number: str
    severity: Severity
    site_name: str
    is_announced: bool
    start_before: datetime
    start_after: datetime
    lateness_before_seconds: int
    lateness_after_seconds: int
    promise_flips: bool
    owed: OwedOut | None = None


class DropOut(Out):
    """A visit that would return to the queue."""

    visit_id: UUID
    intervention_id: UUID
    number: str
    severity: Severity
    site_name: str
    drop_cost: int


class CandidateOut(Out):
    """One technician who could take it. Best first; `delta` is the change of the total cost.

    `owed` is what the call's own promise costs where this technician would be late for it.
    """

    technician_id: UUID
    technician_name: str
    rank: int
    position: int
    travel_seconds: int
    arrives_at: datetime
    starts_at: datetime
    lateness_seconds: int
    keeps_promise: bool
    delta: int
    terms: dict[str, int]
    moves: list[MoveOut]
    drops: list[DropOut]
    reasons: list[ReasonOut]
    basis: str
    owed: OwedOut | None = None


class BlockedOut(Out):
    """Why a technician cannot, with the numbers, and the smallest change that would help."""

    technician_id: UUID
    technician_name: str
    code: str
    facts: dict[str, int | str | None]
    would_need: dict[str, int | str | None]


class AccessOut(Out):
    """The hours in which the site lets somebody in that count here.

    They bind nobody where they are `set_aside`: for somebody trapped, or by an appointment.
    """

    opens_at: datetime
    closes_at: datetime
    note: str
    set_aside: Literal["trapped", "appointment"] | None


class CandidatesOut(Out):
    """`access` is null where one gets in at any time."""

    intervention_id: UUID
    due_at: datetime | None
    candidates: list[CandidateOut]
    blocked: list[BlockedOut]
    access: AccessOut | None
    elapsed_ms: int


class PlanWishBody(Body):
    """How to plan a day. `change_budget` caps how many announced visits may move.

    With `iterations` exactly so many steps are searched, in one thread: the same question then
    gives the same plan. `seconds` ends such a search early if it must.
    """

    day: date | None = None
    seconds: Annotated[int, Field(ge=1, le=300)] = 10
    iterations: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    change_budget: Annotated[int, Field(ge=0, le=1000)] | None = 3


class PlanBody(PlanWishBody):
    """Plan a region's day; with `intervention_ids` only these, everything else stays as it is."""

    region_id: UUID
    intervention_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)] | None = None


class PlansBody(PlanWishBody):
    """Plan the day of several regions, one after another."""

    region_ids: Annotated[list[UUID], Field(min_length=1, max_length=100)]


class LinesBody(Body):
    """Which lines of a plan to carry out, by intervention."""

    intervention_ids: Annotated[list[UUID], Field(min_length=1, max_length=5000)]


class PlanPointOut(Out):
    """A better plan and when it was found; jobs in time count those without a promise as well.

    In time, late and unassigned are together all jobs of the day.
    """

    seconds: float
    total: int
    in_time: int | None = None
    unassigned: int | None = None
    late: int | None = None


class PlanChangeOut(Out):
    """One line of the diff. Added has no `from`, removed has no `to`.

    `promise` says what becomes of a promise that was kept or broken before; `tells_customer` that
    somebody announced must be announced anew, `is_stale` that the board has changed since and the
    line will not be carried out. `needs` names the interventions whose lines must be carried out
    with this one, since it takes their technicians' time; `is_declined` that a dispatcher left it.
    """

    kind: Literal["added", "moved", "removed"]
    intervention_id: UUID
    visit_id: UUID | None
    number: str
    severity: Severity
    summary: str
    site_name: str
    is_announced: bool
    from_technician_id: UUID | None
    from_technician_name: str | None
    from_starts_at: datetime | None
    to_technician_id: UUID | None
    to_technician_name: str | None
    to_starts_at: datetime | None
    lateness_before_seconds: int | None
    lateness_after_seconds: int | None
    promise: Literal["kept", "broken"] | None = None
    tells_customer: bool = False
    is_stale: bool = False
    needs: list[UUID] = []
    is_declined: bool = False


class PlanUnassignedOut(Out):
    intervention_id: UUID
    number: str
    severity: Severity
    summary: str
    site_name: str
    reasons: list[ReasonOut]


class PlanMeasuresOut(Out):
    """A day in figures, before and after; `terms` is the bill line by line.

    `money` is what the promises missed would cost, by currency.
    """

    total: int
    travel_seconds: int
    late: int
    on_time: int
    unassigned: int
    overtime_seconds: int
    terms: dict[str, int] = {}
    money: dict[str, str] = {}


class PlanDiffOut(Out):
    changes: list[PlanChangeOut]
    unassigned: list[PlanUnassignedOut]
    before: PlanMeasuresOut
    after: PlanMeasuresOut
    announced_moved: int


class PlanOut(Out):
    """A solve on a snapshot: progress while it runs, a reviewable diff when ready.

    `queue_position` is how many plans come before it while it waits for its turn, 0 once it is
    searched and null when nobody here is making it. `bound` is a proven lower bound of the total,
    `gap` how far the total can be from the best possible, as a share of it. `intervention_ids` are
    the ones that alone were planned anew, null where the whole day was.
    """

    id: UUID
    region_id: UUID
    day: date
    intervention_ids: list[UUID] | None
    status: PlanStatus
    seconds: int
    seed: int
    change_budget: int | None
    requested_at: datetime
    finished_at: datetime | None
    problem_code: str | None
    elapsed_seconds: float
    iterations: int
    trace: list[PlanPointOut]
    diff: PlanDiffOut | None
    stale_changes: int
    iterations_wanted: int | None
    workers: int
    engine: str
    release: str
    queue_position: int | None
    bound: int | None
    gap: float | None
    version: int


class RegionBusyOut(Out):
    """A region that is being planned already, and by which plan."""

    region_id: UUID
    plan_id: UUID


class PlansOut(Out):
    """The plans asked for, in the order they are made; and what was being made already."""

    plans: list[PlanOut]
    busy: list[RegionBusyOut]


class PlanDifferenceOut(Out):
    """Work that two versions of a day's plan serve otherwise; null where one leaves it out."""

    intervention_id: UUID
    number: str
    severity: Severity
    site_name: str
    first_technician_name: str | None
    first_starts_at: datetime | None
    second_technician_name: str | None
    second_starts_at: datetime | None


class PlanComparisonOut(Out):
    """Two versions of a day's plan: the figures of each, and what they do differently.

    Only work that both were asked about is compared; `only_first` and `only_second` count the rest:
    what was over before the second was made, and what came in after the first.
    """

    first: PlanMeasuresOut
    second: PlanMeasuresOut
    differences: list[PlanDifferenceOut]
    only_first: int
    only_second: int
