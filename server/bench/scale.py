"""A company of a thousand technicians planned whole: the first plan, the last, and the memory.

The day is drawn as in `field_days`, its travel in one block of numbers.
"""

import resource
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time

from dispatch.planning import Limits, Standing, check, solve
from dispatch.planning.engine import warm
from server.bench.field_days import ORDINARY, Day, field_day
from server.bench.figures import Progress, silent
from server.bench.stopping import StopFigures, stops

KILOBYTES = 1024  # of which a megabyte is made; the system counts the peak in kilobytes


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """One very large day; CPU seconds on each thread from the problem on, the first with its plan.

    `trace` holds totals against seconds; `peak_megabytes` is the whole process's.
    """

    technicians: int
    jobs: int
    seed: int
    seconds: float
    workers: int
    drawn_seconds: float
    first_seconds: float
    first_total: int
    total: int
    on_time: int
    late: int
    unassigned: int
    iterations: int
    cpu_seconds: float
    overrun_seconds: float
    peak_megabytes: int
    is_legal: bool
    trace: tuple[tuple[float, int], ...]
    stops: tuple[StopFigures, ...]


def measure(
    *,
    technicians: int,
    jobs: int,
    seconds: float,
    workers: int,
    seed: int,
    stopped: Sequence[tuple[int, int]],
    progress: Progress = silent,
) -> ScaleFigures:
    """Draw one day and plan it, then stop searches of days of these sizes."""
    warm()
    begun = process_time()
    problem = field_day(Day(technicians, jobs, ORDINARY, seed=seed))
    drawn = process_time()
    told: list[tuple[float, Standing]] = []

    def heard(standing: Standing) -> None:
        told.append((process_time() - drawn, standing))
        progress(min(1.0, standing.seconds / seconds))

    plan = solve(
        problem,
        limits=Limits(seconds=seconds),
        seed=seed,
        clock=lambda: process_time() / workers,
        progress=heard,
        workers=workers,
    )
    solved = process_time()
    last = told[-1][1]
    verdict = check(problem, plan)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // KILOBYTES
    return ScaleFigures(
        technicians=technicians,
        jobs=jobs,
        seed=seed,
        seconds=seconds,
        workers=workers,
        drawn_seconds=round(drawn - begun, 1),
        first_seconds=round(told[0][0], 1),
        first_total=told[0][1].total,
        total=verdict.cost.total,
        on_time=last.on_time,
        late=last.late,
        unassigned=last.unassigned,
        iterations=plan.solver.iterations,
        cpu_seconds=round(solved - drawn, 1),
        overrun_seconds=round((solved - drawn) / workers - seconds, 1),
        peak_megabytes=peak,
        is_legal=verdict.is_legal,
        trace=plan.solver.trace,
        stops=stops(stopped, workers=workers, seed=seed),
    )
