"""Independent verification of a plan: every rule it breaks, and its bill recomputed.

The rules themselves are in `rules`, the times in `timing`; nothing here comes from the search.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from dispatch.planning.plan import Cost, Plan, Route, gap_between
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import PlanFault
from dispatch.planning.rules import bill, broken_rules
from dispatch.planning.timing import Itinerary, TimedPlan, TimedRoute, timed

ROUNDING = 5e-5  # a gap written with four decimals is no lie


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the plan keeps every hard rule and states the truth, and what it really costs."""

    faults: tuple[PlanFault, ...]
    cost: Cost

    @property
    def is_legal(self) -> bool:
        return not self.faults

    @property
    def keeps_rules(self) -> bool:
        """Tell whether every rule is kept, whatever the plan states of times and costs."""
        return all(fault.code in {"wrong_time", "wrong_cost"} for fault in self.faults)


def check(problem: Problem, plan: Plan) -> Verdict:
    """Verify a plan from any source: legal, or every fault; and the bill as it really is.

    Times are recomputed from the routes and the legs of the breaks, then compared with the plan's.

    >>> from datetime import UTC, datetime
    >>> from dispatch.planning.job import Job
    >>> job = Job("a", location=0, duration=60, priority=4, drop_cost=9)
    >>> problem = Problem(datetime(2026, 6, 1, tzinfo=UTC), durations=((0,),), jobs=(job,))
    >>> verdict = check(problem, Plan())
    >>> verdict.is_legal, verdict.faults[0].code, verdict.cost.drop
    (False, 'job_missing', 9)
    """
    real = timed(problem, itineraries(problem, plan))
    cost = bill(problem, real)
    found = [
        *rule_faults(problem, plan, real),
        *_time_faults(plan, real),
        *_cost_faults(plan, cost),
    ]
    return Verdict(tuple(found), cost)


def rule_faults(problem: Problem, plan: Plan, real: TimedPlan) -> list[PlanFault]:
    """Every rule the plan breaks, its times really being these; what it states is not looked at."""
    return [
        *naming_faults(problem, plan),
        *broken_rules(problem, real),
        *_break_faults(problem, plan),
    ]


def itineraries(problem: Problem, plan: Plan) -> list[Itinerary]:
    """What the plan decides, without what it names wrongly: unknown ids and repeated routes."""
    technicians = {technician.id: technician for technician in problem.technicians}
    jobs = {job.id: job for job in problem.jobs}
    routes: dict[str, Route] = {}
    for route in plan.routes:
        if route.technician in technicians:
            routes.setdefault(route.technician, route)
    return [
        Itinerary(
            technicians[name],
            tuple(jobs[job] for job in _once(route) if job in jobs),
            None if route.break_ is None else route.break_.leg,
        )
        for name, route in routes.items()
    ]


def _once(route: Route) -> list[str]:
    return list(dict.fromkeys(stop.job for stop in route.stops))


def naming_faults(problem: Problem, plan: Plan) -> Iterator[PlanFault]:
    """Every job and technician is known, and each job stands exactly once where it belongs."""
    technicians = {technician.id for technician in problem.technicians}
    jobs = {job.id for job in problem.jobs}
    for name, count in Counter(route.technician for route in plan.routes).items():
        if name not in technicians:
            yield PlanFault("unknown_id", f"there is no technician {name!r}", technician=name)
        if count > 1:
            yield PlanFault("route_twice", f"has {count} routes", technician=name)
    for name in _jobs_named(plan):
        if name not in jobs:
            yield PlanFault("unknown_id", f"there is no job {name!r}", job=name)
    yield from _presence_faults(problem, plan)


def _jobs_named(plan: Plan) -> list[str]:
    on_routes = [stop.job for route in plan.routes for stop in route.stops]
    return list(dict.fromkeys([*on_routes, *(left.job for left in plan.unassigned)]))


def _presence_faults(problem: Problem, plan: Plan) -> Iterator[PlanFault]:
    on_routes = Counter(stop.job for route in plan.routes for stop in route.stops)
    different = Counter(job for route in plan.routes for job in _once(route))
    left_out = Counter(left.job for left in plan.unassigned)
    for job in problem.jobs:
        times, left = on_routes[job.id], left_out[job.id]
        if times == left == 0:
            yield PlanFault("job_missing", "is neither on a route nor left out", job.id)
        elif times > job.crew or times > different[job.id] or left > 1 or (times and left):
            detail = f"stands {times} times on routes and {left} times among those left out"
            yield PlanFault("job_twice", detail, job.id)


def _break_faults(problem: Problem, plan: Plan) -> Iterator[PlanFault]:
    technicians = {technician.id: technician for technician in problem.technicians}
    for route in plan.routes:
        technician = technicians.get(route.technician)
        if technician is None or route.break_ is None:
            continue
        if technician.break_ is None:
            detail = "takes a break that is not owed"
            yield PlanFault("break_impossible", detail, technician=technician.id)
        elif not 0 <= route.break_.leg <= len(route.stops):
            detail = f"there is no leg {route.break_.leg} on a route of {len(route.stops)} jobs"
            yield PlanFault("break_impossible", detail, technician=technician.id)


def _time_faults(plan: Plan, real: TimedPlan) -> Iterator[PlanFault]:
    stated = {route.technician: route for route in reversed(plan.routes)}
    for route in real.routes:
        for job, what, said, truth in _differences(stated[route.technician.id], route):
            detail = f"{what} is {truth}, the plan says {said}"
            yield PlanFault("wrong_time", detail, job, route.technician.id)


def _differences(said: Route, real: TimedRoute) -> Iterator[tuple[str | None, str, int, int]]:
    if not said.stops:
        return
    pairs: list[tuple[str | None, str, int, int]] = [
        (None, "leave", said.leave, real.leave),
        (None, "return", said.return_, real.return_),
    ]
    stops = {stop.job: stop for stop in reversed(said.stops)}
    for true in real.stops:
        stop = stops[true.job]
        pairs.append((true.job, "arrive", stop.arrive, true.arrive))
        pairs.append((true.job, "start", stop.start, true.start))
        pairs.append((true.job, "finish", stop.finish, true.finish))
    if said.break_ is not None and real.break_ is not None:
        pairs.append((None, "start of the break", said.break_.start, real.break_.start))
        pairs.append((None, "finish of the break", said.break_.finish, real.break_.finish))
    for job, what, stated, truth in pairs:
        if stated != truth:
            yield job, what, stated, truth


def _cost_faults(plan: Plan, cost: Cost) -> Iterator[PlanFault]:
    for (name, stated), truth in zip_longest(plan.cost.terms().items(), cost.terms().values()):
        if stated != truth:
            yield PlanFault("wrong_cost", f"{name} is {truth}, the plan says {stated}")
    total = plan.cost.total if plan.stated_total is None else plan.stated_total
    if total != cost.total:
        yield PlanFault("wrong_cost", f"the total is {cost.total}, the plan says {total}")
    if plan.bound is not None and plan.bound > cost.total:
        yield PlanFault("wrong_cost", f"the bound is {plan.bound}, the total {cost.total} is less")
    yield from _gap_faults(plan, cost)


def _gap_faults(plan: Plan, cost: Cost) -> Iterator[PlanFault]:
    """What a file says of the gap follows from its bound and the true total, as far as written."""
    if plan.stated_gap is None:
        return
    truth = gap_between(cost.total, plan.bound)
    if truth is None:
        yield PlanFault("wrong_cost", f"there is no gap to tell, the plan says {plan.stated_gap}")
    elif not abs(plan.stated_gap - truth) <= ROUNDING:
        yield PlanFault("wrong_cost", f"the gap is {truth}, the plan says {plan.stated_gap}")
