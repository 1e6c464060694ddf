"""A problem as plain arrays for the compiled search: the shapes by index, costs in one scale.

What the shapes mean is in `shapes`.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from dispatch.planning.durations import as_block
from dispatch.planning.eligibility import borrowing, ineligible
from dispatch.planning.engine.arrays import Integers, Records, Small, record
from dispatch.planning.engine.links import links_of
from dispatch.planning.job import Job
from dispatch.planning.rules import past_aim
from dispatch.planning.shapes import (
    FORBIDDING,
    RouteShape,
    Shapes,
    StartShape,
    start_shape,
)
from dispatch.planning.technician import Technician

WIDEST = 1 << 60  # sums of costs stay below, so that adding what is impossible stays in 64 bits
FORBIDDEN = 1 << 61
KEPT_OUT = FORBIDDEN + WIDEST // 2  # whatever is added or taken off, it stays forbidden
PRICES = {"late_cost", "late_fixed", "aim_cost", "overtime_cost", "reserve_cost", "use_cost"}
NEIGHBOURS = 100
ROWS_AT_ONCE = 16  # so few that they stay in the fast memory


class Flat(NamedTuple):
    """Everything the search reads; one row or entry per technician, job or place.

    `arrival` is the charge for arriving at another place, `scale` what a second on the road costs;
    `able` lists who may do each job, from `able_from[job]` to the next job's. Under a budget each
    cost carries, in its last `bits`, how many promises it moves; `unit` is what costs are divided
    by, 1 unless they are beyond 64 bits.

    `links` are the jobs with a crew or an order, what comes first first, and `link_of[job]` tells
    the number there or -1. What a link follows lies in `before` from `before_from[link]` on, what
    follows it in `behind`. Their `assign` holds nothing about promises, for a crew makes one.
    """

    travel: Small
    jobs: Records
    routes: Records
    assign: Integers
    able: Integers
    able_from: Integers
    near: Small
    link_of: Integers
    links: Records
    before: Integers
    before_from: Integers
    behind: Integers
    behind_from: Integers
    balance: int
    arrival: int
    scale: int
    unit: int
    bits: int
    budget: int
    surcharge: int


JOB = record(
    "place",
    "duration",
    "floor",
    "latest",
    "due",
    "late_cost",
    "late_fixed",
    "aim",
    "aim_cost",
    "keeper",
    "kept_floor",
    "slip",
    "slip_cost",
    "load",
    "drop",
    "urgency",
)


def flat_from(shapes: Shapes, order: list[int]) -> Flat | None:
    """Lay the shapes out as arrays; `order` is the jobs' order of planning.

    None if a sum of these costs might not fit into 64 bits; `rounded_from` fits any.
    """
    return _laid_out(shapes, order, 1) if _unit(shapes) == 1 else None


def rounded_from(shapes: Shapes, order: list[int]) -> Flat:
    """Lay the shapes out as arrays, costs rounded as far as needed for sums to fit into 64 bits.

    Days with such costs are made up; a second on the road weighs nothing beside them.
    """
    return _laid_out(shapes, order, _unit(shapes))


def _promise_bits(shapes: Shapes) -> int:
    """How many bits the number of promises that could move takes, under a budget of them."""
    if shapes.problem.stability.budget is None:
        return 0
    return sum(shapes.dropped_promise).bit_length()


def _unit(shapes: Shapes) -> int:
    """By what costs have to be divided, so that the dearest plan fits: 1 on any day of life."""
    locked = sum(job.locked is not None for job in shapes.problem.jobs)
    fixed = locked + sum(shapes.dropped_promise) + 2
    dearest = (_everything(shapes) + 1) * fixed << _promise_bits(shapes)
    return 1 + dearest // WIDEST


def _laid_out(shapes: Shapes, order: list[int], unit: int) -> Flat:
    problem = shapes.problem
    budget, bits = problem.stability.budget, _promise_bits(shapes)
    forbidding = _everything(shapes) // unit + 1

    def priced(cost: int) -> int:
        return cost // unit << bits

    extra = 0 if budget is None else 1  # what a moved promise adds to its cost
    numbers = {each.id: number for number, each in enumerate(problem.technicians)}
    keeper = [
        -1 if job.announced is None else numbers[job.announced.technician] for job in problem.jobs
    ]
    free = [start_shape(problem, job, None) for job in problem.jobs]
    kept = [
        shape if who < 0 else shapes.starts[who][job]
        for job, (shape, who) in enumerate(zip(free, keeper, strict=True))
    ]
    drops = [
        priced(cost if cost < FORBIDDING else cost - FORBIDDING + forbidding * unit) + extra * moved
        for cost, moved in zip(shapes.drop, shapes.dropped_promise, strict=True)
    ]
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    linked = links_of(problem)
    taking = _assigning(shapes, keeper, priced, extra, linked.link_of)
    jobs = np.zeros(len(order), dtype=JOB)
    for name in StartShape._fields:
        given = [getattr(each, name) for each in free]
        jobs[name] = [priced(each) for each in given] if name in PRICES else given
    jobs["slip_cost"] = priced(problem.stability.move_cost) + extra
    jobs["keeper"] = keeper
    jobs["kept_floor"] = [each.floor for each in kept]
    jobs["slip"] = [each.slip for each in kept]
    jobs["load"], jobs["drop"], jobs["urgency"] = shapes.loads, drops, ranks
    routes = np.zeros(len(shapes.routes), dtype=record(*RouteShape._fields))
    for name in RouteShape._fields:
        given = [getattr(each, name) for each in shapes.routes]
        routes[name] = [priced(each) for each in given] if name in PRICES else given
    travel = as_block(problem.durations)
    return Flat(
        travel=travel,
        jobs=jobs,
        routes=routes,
        assign=np.ascontiguousarray(taking.T),
        **able_by_job(taking)._asdict(),
        near=neighbours(travel, jobs["place"]),
        **linked._asdict(),
        balance=priced(problem.balance_cost),
        arrival=priced(problem.arrival_cost),
        scale=priced(1),
        unit=unit,
        bits=bits,
        budget=-1 if budget is None else budget,
        surcharge=forbidding,
    )


def _integers(values: list[int]) -> Integers:
    return np.array(values, dtype=np.int64)


def _assigning(
    shapes: Shapes,
    keeper: list[int],
    priced: Callable[[int], int],
    extra: int,
    link_of: Integers,
) -> Integers:
    """Assignment costs by job and technician, with one promise more where it changes hands.

    Jobs that ask the same of a technician are looked at once, whoever they exclude by name.
    """
    technicians = shapes.problem.technicians
    numbers = {each.id: number for number, each in enumerate(technicians)}
    moving = priced(shapes.problem.stability.move_cost) + extra
    known: dict[tuple[object, ...], Integers] = {}
    costs = np.empty((len(keeper), len(technicians)), dtype=np.int64)
    for number, job in enumerate(shapes.problem.jobs):
        lock = None if job.locked is None or job.crew > 1 else job.locked.technician
        skills = frozenset(job.skills.items())
        asked = (skills, job.technicians, lock, job.region, job.borrow_cost)
        if asked not in known:
            anyone = replace(job, excluded=())
            known[asked] = _integers([_taking(anyone, each, priced) for each in technicians])
        costs[number] = known[asked]
        costs[number, [numbers[name] for name in job.excluded]] = KEPT_OUT
        if keeper[number] >= 0 and link_of[number] < 0:
            costs[number] += moving
            costs[number, keeper[number]] -= moving
        for name, bonus in job.preferred.items():
            if name in numbers:
                costs[number, numbers[name]] -= priced(bonus)
    costs[costs > WIDEST] = FORBIDDEN
    return costs


class Able(NamedTuple):
    """Who may do each job, the technicians of one job after those of another."""

    able: Integers
    able_from: Integers


def able_by_job(costs: Integers) -> Able:
    """List who may do each job, given what each costs: one row per job."""
    may = costs < FORBIDDEN
    able = np.flatnonzero(may)
    able %= max(1, may.shape[1])
    return Able(able, np.concatenate([[0], np.cumsum(may.sum(axis=1))]).astype(np.int64))


def _taking(job: Job, technician: Technician, priced: Callable[[int], int]) -> int:
    """What the job costs whoever asks the same, before preferences and promises."""
    if ineligible(job, technician) is not None:
        return KEPT_OUT
    return priced(borrowing(job, technician))


def _everything(shapes: Shapes) -> int:
    """More than any plan of this day can cost, or gain by preferences."""
    problem = shapes.problem
    last = max((route.latest_return for route in shapes.routes), default=0)
    road = int(as_block(problem.durations).max(initial=0))
    jobs = sum(
        job.drop_cost
        + job.late_fixed
        + job.late_cost * max(0, last)
        + past_aim(job, last)
        + job.crew * (2 * road + job.borrow_cost + 2 * problem.arrival_cost)
        + sum(map(abs, job.preferred.values()))
        + 2 * problem.stability.move_cost
        for job in problem.jobs
    )
    routes = sum(
        each.use_cost
        + 2 * road
        + each.overtime_cost * (each.latest_return - each.shift_end)
        + each.reserve_cost * (each.shift_end - each.reserved_from)
        + problem.balance_cost * max(0, each.latest_return - each.leave)
        for each in shapes.routes
    )
    return jobs + routes


def neighbours(travel: Small, places: Integers) -> Small:
    """For each job, by its place, the jobs nearest by travel, itself first."""
    jobs, kept = len(places), min(NEIGHBOURS, len(places))
    nearest = np.empty((jobs, kept), dtype=np.int32)
    for first in range(0, jobs, ROWS_AT_ONCE):
        rows = travel[places[first : first + ROWS_AT_ONCE]].take(places, axis=1).astype(np.int64)
        np.copyto(rows, np.iinfo(np.int32).max, where=rows < 0)
        rows[np.arange(len(rows)), np.arange(first, first + len(rows))] = -1
        rows *= jobs
        rows += np.arange(jobs)  # ties in the order of the jobs
        rows.partition(kept - 1, axis=1)
        nearest[first : first + len(rows)] = np.sort(rows[:, :kept], axis=1) % jobs
    return nearest


def widest_route(shapes: Shapes) -> int:
    """The most jobs one route can have: the shortest, back to back, in the longest day."""
    span = max((route.latest_return - route.leave for route in shapes.routes), default=0)
    durations = sorted(job.duration for job in shapes.problem.jobs)
    return sum(1 for worked in accumulate(durations) if worked <= span) or 1
