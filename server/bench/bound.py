"""How near a proven bound comes to the plan: middling days by the second, small days for certain.

A day's gap is (total - bound) / total of the plan found in the same run, on the days of `dispatch`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic, process_time

from dispatch.planning import Limits, prove, solve
from dispatch.planning.bound import warm
from dispatch.planning.engine import warm as warm_engine
from dispatch.planning.leaving_out import SearchWithout
from server.bench.field_days import ORDINARY, OVERLOADED, SMALL, Day, field_day
from server.bench.figures import Progress, silent

SEARCHED = 0.2  # of the seconds of a day; the rest proves, and searches again as the proof says
FEW = ((2, 8), (3, 12), (4, 15))


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day: the plan's total, the bound, and the gap after half and all of the proof."""

    name: str
    seed: int
    total: int
    bound: int
    gap_at_half: float | None
    gap: float
    cpu_seconds: float
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class SmallFigures:
    """Small days of one size: how many were planned at their proven optimum, and how fast."""

    technicians: int
    jobs: int
    days: int
    exact: int
    bettered: int
    slowest_cpu_seconds: float


@dataclass(frozen=True, slots=True)
class BoundFigures:
    """`mean_gap` and `worst_gap` are of the ordinary days."""

    seconds: float
    workers: int
    days: tuple[DayFigures, ...]
    mean_gap: float
    worst_gap: float
    small: tuple[SmallFigures, ...]


def measure(
    *, days: int, seconds: float, workers: int, seed: int, progress: Progress = silent
) -> BoundFigures:
    """Search and prove so many days of 20 technicians, `seconds` of CPU time each."""
    warm_engine()
    warm()
    drawn = [
        Day(*SMALL, load, seed + day) for load in (ORDINARY, OVERLOADED) for day in range(days)
    ]
    found = []
    for each in drawn:
        found.append(_proven(each, seconds, workers))
        progress(len(found) / (len(drawn) + 1))
    gaps = [one.gap for one, day in zip(found, drawn, strict=True) if day.load == ORDINARY]
    return BoundFigures(
        seconds=seconds,
        workers=workers,
        days=tuple(found),
        mean_gap=round(sum(gaps) / len(gaps), 4),
        worst_gap=max(gaps),
        small=tuple(_solved(size, days, seed) for size in FEW),
    )


def _proven(day: Day, seconds: float, workers: int) -> DayFigures:
    problem = field_day(day)
    begun, worked = monotonic(), process_time()
    searched = Limits(seconds=seconds * SEARCHED)
    plan = solve(problem, limits=searched, seed=day.seed, clock=process_time, workers=workers)
    left = worked + seconds - process_time()
    limits = Limits(seconds=max(0.0, left))
    again = SearchWithout(problem, day.seed + 1, process_time, workers=workers)
    proof = prove(problem, plan, limits=limits, clock=process_time, workers=workers, better=again)
    total = proof.plan.cost.total
    by_half = [value for at, value in proof.trace if at <= left / 2]
    return DayFigures(
        name=day.name,
        seed=day.seed,
        total=total,
        bound=proof.value,
        gap_at_half=_gap(total, by_half[-1]) if by_half else None,
        gap=_gap(total, proof.value),
        cpu_seconds=round(process_time() - worked, 1),
        wall_seconds=round(monotonic() - begun, 1),
    )


def _gap(total: int, bound: int) -> float:
    return round((total - bound) / total, 4)


def _solved(size: Sequence[int], days: int, seed: int) -> SmallFigures:
    technicians, jobs = size
    exact, bettered, slowest = 0, 0, 0.0
    for each in range(seed, seed + days):
        problem = field_day(Day(technicians, jobs, ORDINARY, each))
        plan = solve(problem, limits=Limits(iterations=500), seed=each)
        begun = process_time()
        proof = prove(problem, plan, limits=Limits(seconds=60), clock=process_time)
        slowest = max(slowest, process_time() - begun)
        exact += proof.is_exact
        bettered += proof.plan.cost.total < plan.cost.total
    return SmallFigures(technicians, jobs, days, exact, bettered, round(slowest, 2))
