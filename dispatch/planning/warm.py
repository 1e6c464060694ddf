"""A day kept warm: the problem and its plan laid out once, asked often, changed in place.

Whatever is changed, the answers are those of the same day laid out anew.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dispatch.planning.engine import is_warm
from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.job import Job
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.problem import Problem, with_job
from dispatch.planning.ranking import Ranking, Way, way_of
from dispatch.planning.refusals import UnknownJob
from dispatch.planning.support import refuse_unsupported
from dispatch.planning.timing import timed
from dispatch.planning.tour import Tour

if TYPE_CHECKING:
    from dispatch.planning.laid_out import LaidOut


class WarmDay:
    """One day as it stands; the compiled engine answers once it is loaded, else the reference.

    One question or change at a time.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Technician
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> question = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> day = WarmDay(question, Plan())
    >>> day.rank("lift").ways[0].added
    1200
    >>> day.serve("lift", "anna", 0)
    >>> day.plan.routes[0].stops[0].start
    600
    """

    def __init__(self, problem: Problem, plan: Plan, *, is_compiled: bool | None = None) -> None:
        refuse_unsupported(problem)
        self.live = LivePlan(problem, plan)
        self._numbers = {each.id: number for number, each in enumerate(problem.technicians)}
        compiled = is_warm() if is_compiled is None else is_compiled
        self._laid_out = _laid_out(self.live) if compiled else None

    @property
    def problem(self) -> Problem:
        return self.live.problem

    @property
    def plan(self) -> Plan:
        """The day as it stands, as a plan."""
        return plan_from(self.problem, self.live.times, SolverReport())

    def rank(self, job: str) -> Ranking:
        """Find everybody's cheapest way to take a waiting job; raise `UnknownJob` for another."""
        number = self._waiting(job)
        return Ranking(self.live, number, self._ways(number))

    def serve(self, job: str, technician: str, position: int) -> None:
        """Put a waiting job on a technician's day; raise `UnknownJob` if it does not wait."""
        number, who = self._waiting(job), self._numbers[technician]
        tour = self.live.draft.tours[who]
        self._replace(who, [*tour.jobs[:position], number, *tour.jobs[position:]])

    def leave_out(self, job: str) -> None:
        """Take a job off the day of whoever serves it; raise `UnknownJob` if nobody does."""
        number = self._number(job)
        for who, tour in enumerate(self.live.draft.tours):
            if number in tour.jobs:
                self._replace(who, [each for each in tour.jobs if each != number])
                return
        raise UnknownJob(job, "is not served in this plan")

    def append(self, job: Job, durations: Sequence[Sequence[int]] | None = None) -> None:
        """Take in a new job, which waits; with it the travel of a longer list of places, if given.

        Raises `ProblemRefused` for a job that contradicts itself or the day.
        """
        self.live.append(with_job(self.problem, job, durations))
        if self._laid_out is not None:
            self._laid_out.append(len(self.problem.jobs) - 1)

    def _replace(self, who: int, jobs: Sequence[int]) -> None:
        tour = Tour(self.live.shapes, who, jobs)
        (route,) = timed(self.problem, [itinerary(self.live.shapes, tour)]).routes
        self.live.take_over(who, route)
        if self._laid_out is not None:
            self._laid_out.renew(who)

    def _ways(self, job: int) -> list[Way | None]:
        if self._laid_out is not None:
            return self._laid_out.ways(job)
        return [way_of(self.live, who, job) for who in range(len(self._numbers))]

    def _number(self, job: str) -> int:
        number = self.live.shapes.ids.get(job)
        if number is None:
            raise UnknownJob(job, "is not in the problem")
        return number

    def _waiting(self, job: str) -> int:
        number = self._number(job)
        if number not in self.live.draft.left_out:
            raise UnknownJob(job, "is served in this plan already")
        return number


def _laid_out(live: LivePlan) -> "LaidOut":
    from dispatch.planning.laid_out import LaidOut  # noqa: PLC0415 - loads numba

    return LaidOut(live)
