"""A plan whose routes OR-Tools draws up: our rules time, repair and bill them and serve what pays.

What its library can be told is in `routing`; who asks for it is `solver`.
"""

from collections.abc import Callable
from dataclasses import replace

from dispatch.planning.checking import check
from dispatch.planning.finishing import restated
from dispatch.planning.limits import Budget, Limits
from dispatch.planning.live import refuse_foreign
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import NoLegalPlan
from dispatch.planning.repair import repaired
from dispatch.planning.routing import NAME, refuse_unspeakable, routed

# Of another engine's time, what timing, repairing and billing its routes may take.
AFTERWARDS, SECONDS_PER_JOB = 0.1, 0.001
REPAIRING = 2000  # steps of our own search where another engine's routes break a rule

Completed = Callable[[Plan, Limits], Plan]
"""Our own search from a plan on, within limits; raises `NoLegalPlan` if none comes of it."""


def routed_plan(
    problem: Problem,
    *,
    limits: Limits,
    budget: Budget,
    start: Plan | None,
    seed: int,
    completed: Completed,
) -> Plan:
    """Plan the day by OR-Tools' routing library, never worse than a legal `start`."""
    refuse_unspeakable(problem)
    first = None
    if start is not None:
        refuse_foreign(problem, start)
        first = start if check(problem, start).keeps_rules else None
    kept = AFTERWARDS * (limits.seconds or 0.0) + SECONDS_PER_JOB * len(problem.jobs)
    budget.keep_back(kept)
    left = None if limits.seconds is None else max(limits.seconds / 2, limits.seconds - kept)
    routes = routed(
        problem,
        is_over=budget.is_over,
        iterations=limits.iterations,
        seconds=left,
        start=first,
    )
    found, _ = repaired(problem, routes, SolverReport())

    def served(given: Plan, iterations: int = 0) -> Plan:
        # What is left of the time holds here too.
        return completed(given, Limits(budget.left, iterations))

    try:
        plan = served(found)
    except NoLegalPlan:
        plan = served(found, REPAIRING) if first is None else served(first)
    if first is not None and check(problem, first).cost.total < plan.cost.total:
        plan = restated(problem, first, plan.solver)
    seconds = round(budget.seconds, 3)
    return replace(plan, solver=SolverReport(seconds, seed=seed, engine=NAME))
