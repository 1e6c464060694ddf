"""Who could be in time for a job that is served late, and what that would cost instead.

Every alternative is a whole plan that passed the verification of `checking`.
"""

from dataclasses import dataclass, replace

from dispatch.planning.checking import check
from dispatch.planning.contradictions import HIGHEST_COST, LONGEST_TIME
from dispatch.planning.difference import PlanDifference, plan_difference
from dispatch.planning.finishing import restated
from dispatch.planning.job import Job
from dispatch.planning.plan import Plan, Reason, Route, RouteBreak, SolverReport, Unassigned
from dispatch.planning.problem import Problem
from dispatch.planning.recommendation import choose, recommend


@dataclass(frozen=True, slots=True)
class InTime:
    """One way to keep the promise: who goes, when, the plan with it, and what it changes."""

    technician: str
    start: int
    plan: Plan
    difference: PlanDifference


def in_time(
    problem: Problem, plan: Plan, job: Job, *, top: int
) -> tuple[tuple[InTime, ...], tuple[Reason, ...]]:
    """Give the cheapest ways to start by the due time, and why everybody else could not.

    The others keep their routes: a way may displace less urgent work, but moves nothing from one
    technician to another. The job's due time is put to the rules as the end of its window.
    """
    question, waiting = _urgent(problem, job), without(plan, job.id)
    found = recommend(question, waiting, job.id, top=top)
    ways = []
    for candidate in found.candidates:
        chosen = choose(question, waiting, job.id, candidate.technician)
        real = restated(problem, chosen, SolverReport())
        if check(problem, real).is_legal:
            change = plan_difference(problem, plan, real)
            ways.append(InTime(candidate.technician, candidate.start, real, change))
    ways.sort(key=lambda way: way.difference.total)
    return tuple(ways), found.blocked


def _urgent(problem: Problem, job: Job) -> Problem:
    """The problem with the due time as a hard one, kept whatever it costs."""
    assert job.due is not None
    opens, closes = (-LONGEST_TIME, LONGEST_TIME) if job.window is None else job.window
    urgent = replace(job, window=(opens, min(closes, job.due)), drop_cost=HIGHEST_COST)
    jobs = tuple(urgent if each.id == job.id else each for each in problem.jobs)
    return replace(problem, jobs=jobs)


def without(plan: Plan, job: str) -> Plan:
    """Give the plan with this job left out; breaks stay between the same stops."""
    return replace(
        plan,
        routes=tuple(_route_without(route, job) for route in plan.routes),
        unassigned=(*plan.unassigned, Unassigned(job)),
    )


def _route_without(route: Route, job: str) -> Route:
    stops = tuple(stop for stop in route.stops if stop.job != job)
    rest = route.break_
    if rest is not None and len(stops) < len(route.stops):
        before = [stop.job for stop in route.stops[: rest.leg]]
        rest = RouteBreak(rest.leg - (job in before), rest.start, rest.finish)
    return replace(route, stops=stops, break_=rest)
