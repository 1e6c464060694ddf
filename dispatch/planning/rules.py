"""The rules of a plan in one list, hard before soft: what makes it illegal, and what it costs.

The rules of one job and one technician alone are in `eligibility`; times come from `timing`.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from dispatch.planning.eligibility import borrowing, excluded, not_allowed, preference
from dispatch.planning.eligibility import skill_missing as lacking
from dispatch.planning.job import AIM_STEP, Job
from dispatch.planning.plan import Cost
from dispatch.planning.problem import Problem
from dispatch.planning.refusals import PlanFault
from dispatch.planning.timing import TimedPlan, TimedRoute


def used(plan: TimedPlan) -> list[TimedRoute]:
    """The routes that have at least one job; the others cost nothing and break no rule."""
    return [route for route in plan.routes if route.jobs]


def served(problem: Problem, plan: TimedPlan) -> Iterator[tuple[Job, int]]:
    """Each served job once, with its start."""
    return ((job, plan.starts[job.id]) for job in problem.jobs if job.id in plan.starts)


def dropped(problem: Problem, plan: TimedPlan) -> list[Job]:
    """The jobs nobody serves."""
    return [job for job in problem.jobs if job.id not in plan.starts]


# Hard rules: each names what is broken, nothing when all is well.


def skill_missing(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Every technician has every skill at its level."""
    for route in plan.routes:
        for job in route.jobs:
            reason = lacking(job, route.technician)
            if reason is not None:
                facts = reason.facts
                detail = f"needs {facts['skill']} {facts['needed']}, has {facts['has']}"
                yield PlanFault("skill_missing", detail, job.id, route.technician.id)


def allowed_technicians(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Every technician may do the job, and is not excluded from it."""
    for route in plan.routes:
        for job in route.jobs:
            for rule in (not_allowed, excluded):
                if rule(job, route.technician) is not None:
                    detail = f"{route.technician.id} may not do this job"
                    yield PlanFault("not_allowed", detail, job.id, route.technician.id)


def window_missed(problem: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Work starts before its window closes."""
    for job, start in served(problem, plan):
        if job.window is not None and start > job.window[1]:
            detail = f"starts at {start}, the window closes at {job.window[1]}"
            yield PlanFault("window_missed", detail, job.id)


def overtime_exceeded(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Nobody returns later than their longest overtime allows."""
    for route in used(plan):
        technician = route.technician
        if route.return_ > technician.latest_return:
            detail = f"returns at {route.return_}, at the latest {technician.latest_return}"
            yield PlanFault("overtime", detail, technician=technician.id)


def break_impossible(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Whoever is out between the break's earliest and latest moment takes it in time."""
    for route in used(plan):
        rest = route.technician.break_
        if rest is None:
            continue
        if route.break_ is not None:
            ready = route.departures[route.break_.leg]
            if ready > rest.latest:
                detail = f"ready for the break at {ready}, at the latest {rest.latest}"
                yield PlanFault("break_impossible", detail, technician=route.technician.id)
        elif route.return_ > rest.earliest and route.leave <= rest.latest:
            detail = f"out from {route.leave} to {route.return_} without the break"
            yield PlanFault("break_impossible", detail, technician=route.technician.id)


def unreachable(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """There is a way for every leg."""
    for route in used(plan):
        for leg in route.unreachable:
            job = route.jobs[leg].id if leg < len(route.jobs) else None
            yield PlanFault("unreachable", f"leg {leg} has no way", job, route.technician.id)


def over_capacity(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Nobody carries more than fits."""
    for route in used(plan):
        load, capacity = sum(job.load for job in route.jobs), route.technician.capacity
        if capacity is not None and load > capacity:
            detail = f"carries {load}, at most {capacity}"
            yield PlanFault("over_capacity", detail, technician=route.technician.id)


def crew_incomplete(problem: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """A job for several has as many different technicians as it needs."""
    for job, _ in served(problem, plan):
        crew = len(set(plan.crews[job.id]))
        if crew < job.crew:
            yield PlanFault("crew_incomplete", f"needs {job.crew}, has {crew}", job.id)


def after_unassigned(problem: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """A job that follows others is only served if they are."""
    for job, _ in served(problem, plan):
        for other in job.after:
            if other not in plan.starts:
                yield PlanFault("after_unassigned", f"follows {other}, which is left out", job.id)


def circular_wait(_: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """Nobody waits, through crews and order, for themselves."""
    for job in plan.circular:
        yield PlanFault("circular_wait", "the routes wait for each other here", job)


def lock_broken(problem: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """What a person has fixed stays: served, by that technician, at that start."""
    for job in problem.jobs:
        if job.locked is None:
            continue
        technician, start = job.locked.technician, job.locked.start
        if job.id not in plan.starts:
            yield PlanFault("lock_broken", "a locked job is left out", job.id, technician)
            continue
        if technician is not None and technician not in plan.crews[job.id]:
            yield PlanFault("lock_broken", f"belongs to {technician}", job.id, technician)
        if start is not None and plan.starts[job.id] != start:
            detail = f"starts at {plan.starts[job.id]} instead of {start}"
            yield PlanFault("lock_broken", detail, job.id, technician)


def over_budget(problem: Problem, plan: TimedPlan) -> Iterator[PlanFault]:
    """No more promises move than the dispatcher allowed."""
    budget, moved = problem.stability.budget, promises_moved(problem, plan)
    if budget is not None and moved > budget:
        yield PlanFault("over_budget", f"{moved} announced jobs move, at most {budget} may")


class HardRule(NamedTuple):
    """One rule that may not be broken: the code of its faults, and how they are found."""

    code: str
    faults: Callable[[Problem, TimedPlan], Iterator[PlanFault]]


HARD_RULES: tuple[HardRule, ...] = (
    HardRule("skill_missing", skill_missing),
    HardRule("not_allowed", allowed_technicians),
    HardRule("lock_broken", lock_broken),
    HardRule("unreachable", unreachable),
    HardRule("over_capacity", over_capacity),
    HardRule("crew_incomplete", crew_incomplete),
    HardRule("after_unassigned", after_unassigned),
    HardRule("circular_wait", circular_wait),
    HardRule("window_missed", window_missed),
    HardRule("break_impossible", break_impossible),
    HardRule("overtime", overtime_exceeded),
    HardRule("over_budget", over_budget),
)


# Soft rules: each gives its line of the bill.


def travel(_: Problem, plan: TimedPlan) -> int:
    """One per second on the road, for each technician."""
    return sum(route.travel for route in used(plan))


def overtime(_: Problem, plan: TimedPlan) -> int:
    """Seconds after the shift, at the technician's rate."""
    return sum(
        max(0, route.return_ - route.technician.shift[1]) * route.technician.overtime_cost
        for route in used(plan)
    )


def late(problem: Problem, plan: TimedPlan) -> int:
    """Seconds after the due time, at the job's rate, once whatever the crew."""
    return sum(lateness(job, start) * job.late_cost for job, start in served(problem, plan))


def late_fixed(problem: Problem, plan: TimedPlan) -> int:
    """The fixed charge of each promise missed."""
    return sum(job.late_fixed for job, start in served(problem, plan) if lateness(job, start))


def drop(problem: Problem, plan: TimedPlan) -> int:
    """What leaving out the jobs nobody serves costs."""
    return sum(job.drop_cost for job in dropped(problem, plan))


def stability(problem: Problem, plan: TimedPlan) -> int:
    """The charge for each announced job that moves."""
    return promises_moved(problem, plan) * problem.stability.move_cost


def use(_: Problem, plan: TimedPlan) -> int:
    """The charge for calling on a technician at all."""
    return sum(route.technician.use_cost for route in used(plan))


def borrow(_: Problem, plan: TimedPlan) -> int:
    """The charge for each technician serving a region that is not theirs."""
    return sum(borrowing(job, route.technician) for route in plan.routes for job in route.jobs)


def preferred(_: Problem, plan: TimedPlan) -> int:
    """The bonus for each preferred technician."""
    return sum(preference(job, route.technician) for route in plan.routes for job in route.jobs)


def balance(problem: Problem, plan: TimedPlan) -> int:
    """Seconds of work and travel above the mean of the used routes, the mean rounded down."""
    loads = [route.work + route.travel for route in used(plan)]
    mean = sum(loads) // len(loads) if loads else 0
    return problem.balance_cost * sum(max(0, load - mean) for load in loads)


def reserve(_: Problem, plan: TimedPlan) -> int:
    """Seconds used of the time before the shift's end that was to be kept free for urgent calls."""
    return sum(
        max(0, min(route.return_, route.technician.shift[1]) - route.technician.reserved_from)
        * route.technician.reserve_cost
        for route in used(plan)
    )


def arrival(problem: Problem, plan: TimedPlan) -> int:
    """The charge for each stop at another place than the one before, so that one trip does it."""
    routes = used(plan)
    return problem.arrival_cost * sum(
        there != here
        for route in routes
        for here, there in pairwise([route.technician.start, *(j.location for j in route.jobs)])
    )


def aim(problem: Problem, plan: TimedPlan) -> int:
    """Full minutes after our own aim, at the job's rate, once whatever the crew."""
    return sum(past_aim(job, start) for job, start in served(problem, plan))


class SoftRule(NamedTuple):
    """One line of the bill: its term, the key of a problem that weighs it, and how it is summed.

    What has no weight costs one per second.
    """

    term: str
    weight: str | None
    sum: Callable[[Problem, TimedPlan], int]


SOFT_RULES: tuple[SoftRule, ...] = (
    SoftRule("travel", None, travel),
    SoftRule("overtime", "technicians.overtime_cost", overtime),
    SoftRule("late", "jobs.late_cost", late),
    SoftRule("late_fixed", "jobs.late_fixed", late_fixed),
    SoftRule("drop", "jobs.drop_cost", drop),
    SoftRule("stability", "stability.move_cost", stability),
    SoftRule("use", "technicians.use_cost", use),
    SoftRule("borrow", "jobs.borrow_cost", borrow),
    SoftRule("preferred", "jobs.preferred", preferred),
    SoftRule("balance", "balance_cost", balance),
    SoftRule("reserve", "technicians.reserve_cost", reserve),
    SoftRule("arrival", "arrival_cost", arrival),
    SoftRule("aim", "jobs.aim_cost", aim),
)


def lateness(job: Job, start: int) -> int:
    """Seconds by which work starts after its due time; a job without one is never late."""
    return 0 if job.due is None else max(0, start - job.due)


def past_aim(job: Job, start: int) -> int:
    """What starting then costs for the full minutes after our own aim; without one, nothing."""
    return 0 if job.aim is None else max(0, start - job.aim) // AIM_STEP * job.aim_cost


def promises_moved(problem: Problem, plan: TimedPlan) -> int:
    """How many announced jobs are left out, change technician, or slip beyond the tolerance."""
    return sum(_is_moved(problem, plan, job) for job in problem.jobs)


def _is_moved(problem: Problem, plan: TimedPlan, job: Job) -> bool:
    if job.announced is None:
        return False
    if job.announced.technician not in plan.crews.get(job.id, ()):
        return True
    slip = abs(plan.starts[job.id] - job.announced.start)
    return slip > problem.stability.tolerance


def broken_rules(problem: Problem, plan: TimedPlan) -> list[PlanFault]:
    """List every hard rule the plan breaks, in the order of the rules."""
    return [fault for rule in HARD_RULES for fault in rule.faults(problem, plan)]


def bill(problem: Problem, plan: TimedPlan) -> Cost:
    """Give the plan's bill, term by term."""
    return Cost(**{rule.term: rule.sum(problem, plan) for rule in SOFT_RULES})
