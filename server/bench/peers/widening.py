"""Deadlines for optimisers that know hard windows only: as promised, then wider where not kept.

Whoever uses such an optimiser must do this, or the most urgent call of a bad day is not served.
"""

from collections.abc import Iterable, Sequence

from dispatch.planning import Job, Problem
from dispatch.planning.routing_model import Morning
from dispatch.planning.shapes import Shapes

# How much later than promised a job may begin, in seconds, each time it was not served; then any.
STEPS = (0, 900, 3600, 3 * 3600, 24 * 3600)


class Deadlines:
    """The window in which each job may begin, by the number of times it was left out.

    For an optimiser without breaks, by a clock that skips the break.
    """

    def __init__(self, problem: Problem, *, without_breaks: bool = False) -> None:
        self.problem = problem
        self.clock = Morning(Shapes(problem).routes if without_breaks else ())
        self._steps = [0] * len(problem.jobs)

    def window(self, number: int) -> tuple[int, int]:
        """Earliest and latest start of a job; never empty."""
        job = self.problem.jobs[number]
        opens = max(self.problem.now, job.release)
        closes = latest = opens + STEPS[-1]
        if job.window is not None:
            opens, latest = max(opens, job.window[0]), job.window[1]
        if job.due is not None:
            closes = job.due + STEPS[self._steps[number]]
        latest = self.clock.latest(min(closes, latest))
        opens = min(self.clock.earliest(opens), latest) if latest > 0 else opens
        return opens, max(opens, latest)

    def widen(self, served: Iterable[str]) -> bool:
        """Give every job that was not served a step more; tell whether that changes anything."""
        kept = set(served)
        changed = False
        for number, job in enumerate(self.problem.jobs):
            if job.id not in kept and job.due is not None and self._steps[number] < len(STEPS) - 1:
                before = self.window(number)
                self._steps[number] += 1
                changed = changed or self.window(number) != before
        return changed


def may_do(problem: Problem, job: Job) -> Sequence[int]:
    """The technicians who may do a job, by number."""
    return [
        number
        for number, each in enumerate(problem.technicians)
        if all(each.skills.get(name, 0) >= level for name, level in job.skills.items())
        and each.id not in job.excluded
        and (job.technicians is None or each.id in job.technicians)
    ]
