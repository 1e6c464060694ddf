"""What no plan of the day can beat: a proven lower bound, and the optimum of small days.

Importing this package is cheap; numba is loaded, and where nobody did before, the kernels
compiled, by `warm` or the first proof.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from dispatch.planning.limits import Clock, Limits, never
from dispatch.planning.plan import Plan
from dispatch.planning.problem import Problem

Progress = Callable[[float, int], None]
Better = Callable[[Plan, Collection[str], Mapping[str, Sequence[str]], Limits], Plan]


@dataclass(frozen=True, slots=True)
class Bound:
    """What every legal plan costs at least; `trace` holds (seconds, bound) whenever it rose.

    `plan` is the plan asked about with its bound, or a better one where the proof found one.
    """

    value: int
    seconds: float
    plan: Plan
    trace: tuple[tuple[float, int], ...] = ()

    @property
    def is_exact(self) -> bool:
        """Tell whether the plan is proven to be the best possible."""
        return self.value == self.plan.cost.total


def prove(
    problem: Problem,
    plan: Plan,
    *,
    limits: Limits,
    clock: Clock | None = None,
    should_stop: Callable[[], bool] = never,
    workers: int = 1,
    progress: Progress | None = None,
    better: Better | None = None,
) -> Bound:
    """Prove what no legal plan can go below, as near to this plan's total as the limits allow.

    Up to 15 jobs without crews the best plan itself is found. Crews, order, balance and the budget
    of promises are relaxed, so that the bound holds but may stay below the best. An iteration is a
    round of pricing every technician; the time begins when the kernels are compiled.

    `better`, if given, is asked once on the way for a better plan than the one at hand: with the
    jobs a linear programme would leave out, routes it leans to (the jobs of some technicians), and
    the greater part of the time that is left.
    `leaving_out.SearchWithout` is one.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning import Job, Limits, Technician, solve
    >>> anna = Technician("anna", start=0, end=0, shift=(0, 28800))
    >>> lift = Job("lift", location=1, duration=1800, priority=2, drop_cost=50_000)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), ((0, 600), (600, 0)), (anna,), (lift,))
    >>> plan = solve(problem, limits=Limits(iterations=10))
    >>> found = prove(problem, plan, limits=Limits(iterations=10))
    >>> found.value, found.is_exact
    (1200, True)
    """
    warm()
    proof: Bound = import_module("dispatch.planning.bound.proving").proof(
        problem,
        plan,
        limits=limits,
        clock=clock,
        should_stop=should_stop,
        workers=workers,
        progress=progress,
        better=better,
    )
    return proof


@cache
def warm() -> None:
    """Load the compiled kernels, once; on a machine's first time this takes some seconds."""
    import_module("dispatch.planning.bound.warming").run_everything()
