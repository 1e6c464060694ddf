"""How soon a search is over once somebody says stop: in this process, and in the server's child.

In this process the best plan is given back, in CPU seconds, whatever else the machine does; the
child only ends, in seconds on the clock, from the request on.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic, perf_counter, process_time

from dispatch.planning import Limits, Plan, Problem, solve, write_plan, write_problem
from dispatch.planning.engine import warm
from server.bench.field_days import LARGE, MIDDLE, ORDINARY, SMALL, Day, field_day
from server.planning.solver import Message, Solver, SolverRefused

AT_LENGTH = (SMALL, MIDDLE, LARGE)
BRIEFLY = (SMALL,)
LONG = 600.0  # seconds, of which nearly none are used
MOMENTS = (0.4, 0.8, 1.2, 1.6, 2.0)  # seconds of search until somebody says stop


@dataclass(frozen=True, slots=True)
class StopFigures:
    """One size of day: the slowest of several stops, in milliseconds."""

    technicians: int
    jobs: int
    plan_cpu_ms: float
    child_ms: float


def stops(sizes: Sequence[tuple[int, int]], *, workers: int, seed: int) -> tuple[StopFigures, ...]:
    """Stop searches of each size, some early and some later."""
    warm()
    days = [field_day(Day(*size, ORDINARY, seed=seed)) for size in sizes]
    in_child = asyncio.run(_in_child(days, workers))
    return tuple(
        StopFigures(
            technicians=len(day.technicians),
            jobs=len(day.jobs),
            plan_cpu_ms=round(max(_plan_seconds(day, workers)) * 1000, 1),
            child_ms=round(child * 1000, 1),
        )
        for day, child in zip(days, in_child, strict=True)
    )


def _plan_seconds(problem: Problem, workers: int) -> Iterator[float]:
    """CPU seconds of all threads from the word stop to the plan."""
    for moment in MOMENTS:
        end = process_time() + moment * workers
        stop = partial(_is_past, end)
        solve(problem, limits=Limits(LONG), clock=monotonic, should_stop=stop, workers=workers)
        yield process_time() - end


def _is_past(end: float) -> bool:
    return process_time() >= end


async def _in_child(days: Sequence[Problem], workers: int) -> list[float]:
    solver = Solver()
    try:
        return [await _slowest(solver, day, workers) for day in days]
    finally:
        await solver.close()


async def _slowest(solver: Solver, problem: Problem, workers: int) -> float:
    task: Message = {
        "kind": "solve",
        "problem": write_problem(problem),
        "start": write_plan(Plan()),
        "seconds": LONG,
        "iterations": None,
        "seed": 0,
        "workers": workers,
    }
    found = [
        await _stopped(solver, task | {"id": f"{len(problem.jobs)} {moment}"}, moment)
        for moment in MOMENTS
    ]
    return max(found)


async def _stopped(solver: Solver, task: Message, moment: float) -> float:
    """Seconds from the request to the answer that nobody works on it any more."""
    searching = asyncio.Event()
    answer = asyncio.create_task(solver.ask(task, lambda _: searching.set()))
    await searching.wait()
    await asyncio.sleep(moment)
    begun = perf_counter()
    await solver.stop(task["id"])
    try:
        await answer
    except SolverRefused:
        return perf_counter() - begun
    raise AssertionError("the search ended before it was stopped")
