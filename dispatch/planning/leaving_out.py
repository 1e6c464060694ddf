"""Search a day again as if some jobs were not there: for a search rarely gives up many at once.

Serving the last job that just fits costs less than its drop price, and yet the hours it takes are
worth more to the others together. A proof's linear programme sees that, and says which to leave,
and which routes it leans to: who goes where in the large is found there, the details by the search.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from dispatch.planning.finishing import itinerary, plan_from
from dispatch.planning.limits import Clock, Limits, never
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import NoLegalPlan
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.solver import solve
from dispatch.planning.timing import timed
from dispatch.planning.tour import Tour

WITHOUT = 0.85  # of the time; the rest goes on from there with every job


@dataclass(frozen=True, slots=True)
class SearchWithout:
    """How to search; called with a plan, the jobs to leave out, routes to begin at, and how long.

    Answers the plan itself, or a better one. Jobs that are locked or in an order stay.
    """

    problem: Problem
    seed: int = 0
    clock: Clock | None = None
    should_stop: Callable[[], bool] = never
    workers: int = 1

    def __call__(
        self,
        plan: Plan,
        left_out: Collection[str],
        routes: Mapping[str, Sequence[str]],
        limits: Limits,
    ) -> Plan:
        """Search without these jobs from these routes on, then with all of them."""
        jobs = self.problem.jobs
        tied = {job.id for job in jobs if job.after or job.locked is not None}
        tied.update(each for job in jobs for each in job.after)
        fewer = replace(
            self.problem,
            jobs=tuple(job for job in jobs if job.id in tied or job.id not in left_out),
        )
        try:
            nearer = self._solved(fewer, _part(limits, WITHOUT), _begun(fewer, routes))
            found = self._solved(self.problem, _part(limits, 1 - WITHOUT), nearer)
        except NoLegalPlan:
            return plan
        return found if found.cost.total < plan.cost.total else plan

    def _solved(self, problem: Problem, limits: Limits, start: Plan) -> Plan:
        return solve(
            problem,
            limits=limits,
            seed=self.seed,
            clock=self.clock,
            start=start,
            should_stop=self.should_stop,
            workers=self.workers,
        )


def _begun(problem: Problem, routes: Mapping[str, Sequence[str]]) -> Plan:
    """Put down the routes that can be driven; jobs of none of them are left out."""
    shapes = Shapes(problem)
    tours = [
        Tour(shapes, who, tuple(shapes.ids[job] for job in routes[each.id] if job in shapes.ids))
        for who, each in enumerate(problem.technicians)
        if each.id in routes
    ]
    driven = [itinerary(shapes, tour) for tour in tours if tour.cost < IMPOSSIBLE]
    return plan_from(problem, timed(problem, driven), SolverReport())


def _part(limits: Limits, share: float) -> Limits:
    seconds, iterations = limits.seconds, limits.iterations
    return Limits(
        None if seconds is None else seconds * share,
        None if iterations is None else int(iterations * share),
    )
