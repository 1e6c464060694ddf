"""What would complete a crew: the smallest change of one person's day that lets all begin together.

A change is one of those that `obstacles` and `eligibility` name, and it is verified: with just that
mended there is a crew.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import islice

from dispatch.planning.crews import Crews
from dispatch.planning.effort import effort
from dispatch.planning.eligibility import ineligible
from dispatch.planning.finishing import plan_from
from dispatch.planning.insertion import cheapest_place
from dispatch.planning.limits import never
from dispatch.planning.live import LivePlan
from dispatch.planning.obstacles import Case, obstacle
from dispatch.planning.plan import Plan, Reason, SolverReport
from dispatch.planning.refusals import ProblemRefused
from dispatch.planning.relaxing import NO_RULE, relaxed
from dispatch.planning.shapes import FORBIDDING, IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour, begin_times, best_rest_leg

MOST_TRIED = 3  # changes tried for one technician: each lays the day out anew


class Completing:
    """The crews for one waiting job of this plan, and what would complete one that is too small."""

    def __init__(self, live: LivePlan, job: int, *, is_late: Callable[[], bool] = never) -> None:
        self.crews = Crews(live, job)
        self._live = live
        self._number = job
        self._job = live.problem.jobs[job]
        self._is_late = is_late
        self._mended: dict[tuple[object, ...], Crews | None] = {}

    def told(self, against: Reason, technician: int) -> Reason:
        """The reason that too few can come, with the change of one day that helps, if any does."""
        changes = sorted(self._changes(technician), key=lambda each: effort([each]))
        for change in islice(changes, MOST_TRIED):
            if self._is_late():
                break
            crews = self._with(change)
            if crews is not None and crews.cheapest_with(technician) is not None:
                whom = {"technician": change.technician, "rule": change.code}
                return replace(against, would_need={**whom, **change.would_need})
        return against

    def _with(self, change: Reason) -> Crews | None:
        key = (change.technician, change.code, *change.would_need.items())
        if key not in self._mended:
            self._mended[key] = self._laid_out(change)
        return self._mended[key]

    def _laid_out(self, change: Reason) -> Crews | None:
        try:
            problem = relaxed(self._live.problem, self._job.id, change)
        except ProblemRefused:
            return None
        if problem is None:
            return None
        return Crews(LivePlan(problem, self._plan), self._number)

    @cached_property
    def _plan(self) -> Plan:
        return plan_from(self._live.problem, self._live.times, SolverReport())

    def _changes(self, technician: int) -> Iterator[Reason]:
        """What keeps one more from the job, or one of two from being there when the other is."""
        yield from self._against_others
        own = self._able.get(technician)
        for other, start in self._able.items():
            if own is None or other == technician or start == own or self._is_late():
                continue
            sooner, later = (technician, start) if own < start else (other, own)
            reason = self._against(sooner, self._not_before(later))
            if reason is not None and _is_a_rule(reason):
                yield reason

    @cached_property
    def _against_others(self) -> list[Reason]:
        found = []
        for who in range(len(self._live.draft.tours)):
            if self._is_late():
                break
            reason = self._against(who, self._live.shapes)
            if reason is not None and _is_a_rule(reason):
                found.append(reason)
        return found

    @cached_property
    def _able(self) -> Mapping[int, int]:
        """Who could do the job alone, and when they would begin it."""
        found = {}
        shapes, job = self._live.shapes, self._number
        for who, tour in enumerate(self._live.draft.tours):
            longer = self._cheapest(tour, shapes)
            if longer is not None:
                begins = begin_times(shapes, longer, best_rest_leg(shapes, longer))
                found[who] = begins[longer.jobs.index(job)]
        return found

    def _not_before(self, start: int) -> Shapes:
        shapes = self._live.shapes
        return shapes.appointed(shapes.appointments, {self._number: start})

    def _against(self, who: int, shapes: Shapes) -> Reason | None:
        reason = ineligible(self._job, self._live.problem.technicians[who])
        tour = self._live.draft.tours[who]
        if reason is not None or self._cheapest(tour, shapes) is not None:
            return reason
        return obstacle(Case(shapes, who, tour.jobs, self._number))

    def _cheapest(self, tour: Tour, shapes: Shapes) -> Tour | None:
        if tour.cost >= IMPOSSIBLE:
            return None
        if ineligible(self._job, self._live.problem.technicians[tour.technician]) is not None:
            return None
        place = cheapest_place(shapes, [tour], self._number)
        if place.delta >= FORBIDDING:
            return None
        return tour.with_job(shapes, self._number, place.position)


def _is_a_rule(reason: Reason) -> bool:
    """Whether people could change it without changing another visit."""
    return reason.code not in NO_RULE and "job" not in reason.facts
