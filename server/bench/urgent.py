"""Who should take an urgent call, on a big company's day at noon: how long the ranking takes.

The ranking is asked as the server asks it: from the problem and the plan, nothing kept warm.
"""

from dataclasses import dataclass
from time import perf_counter, process_time

from dispatch.planning import recommend
from server.bench.drawn_days import drawn_midday
from server.bench.figures import Progress, Spread, silent, spread


@dataclass(frozen=True, slots=True)
class UrgentFigures:
    """Every call is ranked over all technicians; `cpu` is what it cost, `wall` what it took."""

    seed: int
    technicians: int
    open_jobs: int
    planned_jobs: int
    calls: int
    candidates: int
    cpu: Spread
    wall: Spread


def measure(
    *, technicians: int, jobs: int, calls: int, seed: int, progress: Progress = silent
) -> UrgentFigures:
    """Rank each of these calls alone; `candidates` is the mean number of those who could go."""
    midday = drawn_midday(technicians=technicians, jobs=jobs, calls=calls, seed=seed)
    cpu, wall, found = [], [], 0
    for number, call in enumerate(midday.calls):
        begun, asked = process_time(), perf_counter()
        answer = recommend(midday.problem, midday.plan, call)
        cpu.append(process_time() - begun)
        wall.append(perf_counter() - asked)
        found += len(answer.candidates)
        progress((number + 1) / calls)
    return UrgentFigures(
        seed=seed,
        technicians=technicians,
        open_jobs=jobs,
        planned_jobs=sum(len(route.stops) for route in midday.plan.routes),
        calls=calls,
        candidates=round(found / calls),
        cpu=spread(cpu),
        wall=spread(wall),
    )
