"""The best plan of a tiny problem by trying everything, through the readable rules alone.

An oracle for the search: nothing of the search is used here.
"""

from collections.abc import Iterator
from itertools import combinations, permutations, product

from dispatch.planning import Job, Problem, Technician
from dispatch.planning.rules import bill, broken_rules
from dispatch.planning.timing import Itinerary, timed

NO_PLAN = 1 << 90


def least_total(problem: Problem) -> int:
    """The least total of any legal plan, `NO_PLAN` if there is none; needs a plan without links."""
    best = {frozenset[str](): 0}
    for technician in problem.technicians:
        best = _joined(best, _cheapest_routes(problem, technician))
    return min(cost + _dropping(problem, served) for served, cost in best.items())


def _joined(
    first: dict[frozenset[str], int], second: dict[frozenset[str], int]
) -> dict[frozenset[str], int]:
    joined: dict[frozenset[str], int] = {}
    for done, cost in first.items():
        for more, extra in second.items():
            if not done & more:
                served = done | more
                joined[served] = min(joined.get(served, NO_PLAN), cost + extra)
    return joined


def _dropping(problem: Problem, served: frozenset[str]) -> int:
    left = [job for job in problem.jobs if job.id not in served]
    if any(job.locked is not None for job in left):
        return NO_PLAN
    promised = sum(job.announced is not None for job in left)
    return sum(job.drop_cost for job in left) + promised * problem.stability.move_cost


def _cheapest_routes(problem: Problem, technician: Technician) -> dict[frozenset[str], int]:
    """The least cost for this technician of each set of jobs, in any order, resting anywhere."""
    cheapest = {frozenset[str](): 0}
    for itinerary in _itineraries(problem, technician):
        served = frozenset(job.id for job in itinerary.jobs)
        cost = _route_cost(problem, itinerary)
        if cost < cheapest.get(served, NO_PLAN):
            cheapest[served] = cost
    return cheapest


def _itineraries(problem: Problem, technician: Technician) -> Iterator[Itinerary]:
    for count in range(1, len(problem.jobs) + 1):
        for jobs in permutations(problem.jobs, count):
            yield Itinerary(technician, jobs, None)
            if technician.break_ is not None:
                for leg in range(count + 1):
                    yield Itinerary(technician, jobs, leg)


def _route_cost(problem: Problem, itinerary: Itinerary) -> int:
    """What the route adds to a plan that does nothing else; illegal routes cost too much."""
    plan = timed(problem, [itinerary])
    alone = {job.id for job in itinerary.jobs}
    for fault in broken_rules(problem, plan):
        if fault.code != "lock_broken" or fault.job in alone:
            return NO_PLAN
    others = [job for job in problem.jobs if job.id not in alone]
    promised = sum(job.announced is not None for job in others)
    dropped = sum(job.drop_cost for job in others) + promised * problem.stability.move_cost
    return bill(problem, plan).total - dropped


def least_total_of_linked(problem: Problem) -> int:
    """The least total of any legal plan, crews, order and balance included, trying every plan."""
    best = NO_PLAN
    for crews in product(*(_crews(problem, job) for job in problem.jobs)):
        chosen = list(zip(problem.jobs, crews, strict=True))
        days = [
            _orders(who, [job for job, crew in chosen if who in crew])
            for who in problem.technicians
        ]
        for itineraries in product(*days):
            plan = timed(problem, [each for each in itineraries if each.jobs])
            if not broken_rules(problem, plan):
                best = min(best, bill(problem, plan).total)
    return best


def _crews(problem: Problem, job: Job) -> list[tuple[Technician, ...]]:
    return [(), *combinations(problem.technicians, job.crew)]


def _orders(who: Technician, jobs: list[Job]) -> list[Itinerary]:
    legs = [None] if who.break_ is None else [None, *range(len(jobs) + 1)]
    return [Itinerary(who, order, leg) for order in permutations(jobs) for leg in legs]
