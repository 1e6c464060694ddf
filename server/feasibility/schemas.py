"""Wire shapes of trials: a promise to try out, and what would have been kept at what cost."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.agreements.schemas import Severity
from server.kit.wire import Body, Out

TrialStatus = Literal["running", "ready", "failed", "cancelled"]
CallsFrom = Literal["records", "chance"]
SHORTEST_SECONDS, LONGEST_SECONDS = 60, 14 * 86_400
MOST_WEEKS = 12


class TrialBody(Body):
    """A promise to come within so many seconds, to try out on some weeks of a region.

    The seconds count in the region's service hours, or always. Without a first day the weeks are
    those that end today. The same seed gives the same answer.
    """

    region_id: UUID
    severity: Severity = "S2"
    within_seconds: Annotated[int, Field(ge=SHORTEST_SECONDS, le=LONGEST_SECONDS)]
    is_always: bool = False
    first_day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 1, 1))] | None = None
    weeks: Annotated[int, Field(ge=1, le=MOST_WEEKS)] = 6
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1


class TrialLotOut(Out):
    """How the days went one way: promises of this kind kept, and what it took.

    `share` is null where nobody called. `others` are all other promises to come in time. Minutes
    are from the call to the arrival.
    """

    kept: int
    missed: int
    share: float | None
    others_kept: int
    others_missed: int
    minutes_median: int | None
    minutes_p90: int | None
    travel_seconds: int
    overtime_seconds: int
    call_outs: int


class TrialAnswerOut(Out):
    """The same days twice: as promised today, and planned for the new promise.

    `calls_from` says whether they are the region's own calls or drawn by chance, `own_promises`
    how many of its lifts an agreement promises a time for such calls. `extra_cost` is what the
    crew costs more, in seconds of driving.
    """

    calls: int
    calls_from: CallsFrom
    own_promises: int
    today: TrialLotOut
    planned_for: TrialLotOut
    extra_travel_seconds: int
    extra_overtime_seconds: int
    extra_call_outs: int
    extra_cost: int


class TrialOut(Out):
    """One trial; `progress` goes from 0 to 1 while it runs.

    `queue_position` is how many trials come before it while it waits for its turn, 0 once its days
    are lived and null when nobody here is at it.
    """

    id: UUID
    region_id: UUID
    status: TrialStatus
    severity: Severity
    within_seconds: int
    is_always: bool
    first_day: date
    weeks: int
    seed: int
    requested_at: datetime
    finished_at: datetime | None
    problem_code: str | None
    progress: float
    queue_position: int | None
    answer: TrialAnswerOut | None
    version: int
