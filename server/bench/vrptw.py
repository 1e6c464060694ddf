"""Classic routing instances with time windows: how far from the best anybody ever published.

The search is the same as for a day in the field; only the total distance counts here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import fixtures
from dispatch.planning import Limits, check, solve
from dispatch.planning.engine import warm
from server.bench.figures import Progress, silent
from server.bench.vrptw_file import TENTHS, best_known, vrptw_problem

FOLDER = Path(fixtures.__file__).parent / "vrptw"
BRIEF = ("C109", "R112", "RC108", "R208")
ALL = (*BRIEF, "RC1_2_1", "R1_2_4", "RC2_2_1", "R1_4_1")


@dataclass(frozen=True, slots=True)
class InstanceFigures:
    """One instance: distances as published, with one decimal; the gap in percent of the best."""

    name: str
    customers: int
    distance: float
    best_known: float
    gap_percent: float
    cpu_seconds: float
    iterations: int
    is_legal: bool


@dataclass(frozen=True, slots=True)
class VrptwFigures:
    """All instances, each searched for so many CPU seconds on each of these threads."""

    seconds: float
    workers: int
    seed: int
    instances: tuple[InstanceFigures, ...]
    mean_gap_percent: float
    worst_gap_percent: float


def measure(
    *,
    names: Sequence[str] = ALL,
    seconds: float,
    workers: int,
    seed: int,
    progress: Progress = silent,
) -> VrptwFigures:
    """Plan each instance once and compare its total distance."""
    warm()
    best, found = best_known(FOLDER), list[InstanceFigures]()
    for name in names:
        found.append(_measured(name, best[name], seconds=seconds, workers=workers, seed=seed))
        progress(len(found) / len(names))
    gaps = [each.gap_percent for each in found]
    return VrptwFigures(
        seconds=seconds,
        workers=workers,
        seed=seed,
        instances=tuple(found),
        mean_gap_percent=round(sum(gaps) / len(gaps), 2),
        worst_gap_percent=max(gaps),
    )


def _measured(name: str, best: int, *, seconds: float, workers: int, seed: int) -> InstanceFigures:
    problem = vrptw_problem((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    begun = process_time()
    plan = solve(
        problem,
        limits=Limits(seconds=seconds),
        seed=seed,
        clock=lambda: process_time() / workers,
        workers=workers,
    )
    spent = process_time() - begun
    verdict = check(problem, plan)
    return InstanceFigures(
        name=name,
        customers=len(problem.jobs),
        distance=verdict.cost.travel / TENTHS,
        best_known=best / TENTHS,
        gap_percent=round(100 * (verdict.cost.total / best - 1), 2),
        cpu_seconds=round(spent, 1),
        iterations=plan.solver.iterations,
        is_legal=verdict.is_legal,
    )
