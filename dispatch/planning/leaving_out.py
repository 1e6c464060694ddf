"""Search a day again as if some jobs were not there: for a search rarely gives up many at once.

Serving the last job that just fits costs less than its drop price, and yet the hours it takes are
worth more to the others together. A proof's linear programme sees that, and says which to leave.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from dispatch.planning.limits import Clock, Limits, never
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import NoLegalPlan
from dispatch.planning.solver import solve

WITHOUT = 0.85  # of the time; the rest goes on from there with every job


@dataclass(frozen=True, slots=True)
class SearchWithout:
    """How to search; called with a plan, the jobs to leave out, and how long.

    Answers the plan itself, or a better one. Jobs that are locked or in an order stay.
    """

    problem: Problem
    seed: int = 0
    clock: Clock | None = None
    should_stop: Callable[[], bool] = never
    workers: int = 1

    def __call__(self, plan: Plan, left_out: Collection[str], limits: Limits) -> Plan:
        """Search without these jobs, then with all of them."""
        jobs = self.problem.jobs
        tied = {job.id for job in jobs if job.after or job.locked is not None}
        tied.update(each for job in jobs for each in job.after)
        fewer = tuple(job for job in jobs if job.id in tied or job.id not in left_out)
        try:
            begun = self._solved(replace(self.problem, jobs=fewer), _part(limits, WITHOUT))
            found = self._solved(self.problem, _part(limits, 1 - WITHOUT), begun)
        except NoLegalPlan:
            return plan
        return found if found.cost.total < plan.cost.total else plan

    def _solved(self, problem: Problem, limits: Limits, start: Plan | None = None) -> Plan:
        return solve(
            problem,
            limits=limits,
            seed=self.seed,
            clock=self.clock,
            start=start,
            should_stop=self.should_stop,
            workers=self.workers,
        )


def _part(limits: Limits, share: float) -> Limits:
    seconds, iterations = limits.seconds, limits.iterations
    return Limits(
        None if seconds is None else seconds * share,
        None if iterations is None else int(iterations * share),
    )
