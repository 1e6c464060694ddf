"""Planning a whole day: what construction alone costs, and what some seconds of search save.

The days are drawn in `drawn_days`; both plans are billed by the planner's own evaluator.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time

from dispatch.planning import Limits, Plan, Problem, solve
from server.bench.drawn_days import drawn_day
from server.bench.figures import Progress, silent

SIZES = ((14, 90), (60, 400))


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """One plan of one day; the seconds are CPU seconds, `late` counts broken promises."""

    cost: int
    late: int
    unassigned: int
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A day planned twice; `ratio` is the improved plan's cost over the constructed one's."""

    technicians: int
    jobs: int
    seed: int
    seconds: float
    iterations: int
    constructed: PlanFigures
    improved: PlanFigures
    ratio: float


def measure(
    *,
    sizes: Sequence[tuple[int, int]] = SIZES,
    days: int,
    seconds: float,
    seed: int,
    progress: Progress = silent,
) -> list[DayFigures]:
    """Plan so many days of each size, seeds counted up from the first."""
    wanted = [(size, seed + day) for size in sizes for day in range(days)]
    figures = []
    for (technicians, jobs), each in wanted:
        problem = drawn_day(technicians=technicians, jobs=jobs, seed=each)
        figures.append(_planned_twice(problem, seconds, each))
        progress(len(figures) / len(wanted))
    return figures


def _planned_twice(problem: Problem, seconds: float, seed: int) -> DayFigures:
    first = solve(problem, limits=Limits(iterations=0), seed=seed, clock=process_time)
    better = solve(problem, limits=Limits(seconds), seed=seed, clock=process_time, start=first)
    return DayFigures(
        technicians=len(problem.technicians),
        jobs=len(problem.jobs),
        seed=seed,
        seconds=seconds,
        iterations=better.solver.iterations,
        constructed=_figures(problem, first),
        improved=_figures(problem, better),
        ratio=round(better.cost.total / first.cost.total, 4),
    )


def _figures(problem: Problem, plan: Plan) -> PlanFigures:
    dues = {job.id: job.due for job in problem.jobs}
    starts = [stop for route in plan.routes for stop in route.stops]
    late = sum((limit := dues[stop.job]) is not None and stop.start > limit for stop in starts)
    return PlanFigures(
        cost=plan.cost.total,
        late=late,
        unassigned=len(plan.unassigned),
        cpu_seconds=plan.solver.seconds,
    )
