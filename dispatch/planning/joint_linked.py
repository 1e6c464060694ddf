"""Serving a queue together where days depend on each other: crews, an order, unequal load.

Every price is of the whole plan, timed and billed anew; choosing is in `joint_choice`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dispatch.planning.crews import Crew, Crews, days_with
from dispatch.planning.finishing import plan_from
from dispatch.planning.joint_choice import Choice, best_together
from dispatch.planning.live import LivePlan
from dispatch.planning.plan import Plan, SolverReport
from dispatch.planning.problem import Problem
from dispatch.planning.ranking import ranked
from dispatch.planning.rules import broken_rules, promises_moved
from dispatch.planning.timing import Itinerary

MOST_CREWS = 8  # ways to gather a crew for one job, the cheapest and those without some of it


class _Way(NamedTuple):
    """One job served so: what that gains, and the days with it in them."""

    job: int
    gain: int
    days: Mapping[int, Itinerary]


def in_joint_rounds(problem: Problem, plan: Plan, queue: Sequence[int]) -> Plan:
    """Serve the queue in rounds that give every technician at most one more job, at exact prices.

    What follows other work of the queue waits until that is served.
    """
    live, waiting = LivePlan(problem, plan), list(queue)
    while waiting:
        ways = [way for job in waiting for way in _ways(live, job)]
        left = _moves_left(live)
        chosen = best_together([_choice(live, way, left) for way in ways], left)
        if not chosen:
            break
        live, served = _served(live, [ways[number] for number in chosen])
        waiting = [job for job in waiting if job not in served]
    return plan_from(problem, live.times, SolverReport())


def _ways(live: LivePlan, job: int) -> Iterator[_Way]:
    """The ways to serve a job that are worth while; none while it follows what nobody serves."""
    drop = live.shapes.drop[job]
    if live.missing(job) is not None:
        return
    if live.problem.jobs[job].crew > 1:
        for crew in _crews(Crews(live, job)):
            if crew.added < drop:
                days = days_with(live, job, crew.start, crew.members)
                yield _Way(job, drop - crew.added, days)
        return
    ranking = ranked(live, job, may_drop=False)
    for way in ranking.ways:
        if way.added < drop:
            yield _Way(job, drop - way.added, ranking.days(way))


def _crews(crews: Crews) -> Iterator[Crew]:
    """The cheapest crew, and the cheapest without each of its members, and so on."""
    barred: list[frozenset[int]] = [frozenset()]
    seen, found = {frozenset[int]()}, 0
    while barred and found < MOST_CREWS:
        without = barred.pop(0)
        crew = crews.cheapest_without(without)
        if crew is None:
            continue
        found += 1
        yield crew
        for who, _ in crew.members:
            further = without | {who}
            if further not in seen:
                seen.add(further)
                barred.append(further)


def _moves_left(live: LivePlan) -> int | None:
    budget = live.problem.stability.budget
    return None if budget is None else budget - promises_moved(live.problem, live.times)


def _choice(live: LivePlan, way: _Way, left: int | None) -> Choice:
    """The way with every day whose times it changes, for no other may change those with it."""
    moves, touched = 0, set(way.days)
    if left is not None or not all(live.is_alone(way.job, who) for who in way.days):
        after = live.replaced(way.days)
        numbers = {each.id: number for number, each in enumerate(live.problem.technicians)}
        for route in after.routes:
            who = numbers[route.technician.id]
            if who not in way.days and route != live.routes.get(who, route):
                touched.add(who)
        if left is not None:
            moved = promises_moved(live.problem, live.times)
            moves = promises_moved(live.problem, after) - moved
    return Choice((way.job,), tuple(sorted(touched)), way.gain, moves)


def _served(live: LivePlan, ways: Sequence[_Way]) -> tuple[LivePlan, set[int]]:
    """The plan with these ways; with the best alone should they break a rule together."""
    together = _followed(live, ways)
    known = frozenset(broken_rules(live.problem, live.times))
    if len(ways) == 1 or known.issuperset(broken_rules(live.problem, together.times)):
        return together, {way.job for way in ways}
    best = max(ways, key=lambda way: way.gain)
    return _followed(live, [best]), {best.job}


def _followed(live: LivePlan, ways: Sequence[_Way]) -> LivePlan:
    days = {who: day for way in ways for who, day in way.days.items()}
    times = live.replaced(days)
    return LivePlan(live.problem, plan_from(live.problem, times, SolverReport()))
