"""The day as its technicians' routes alone, in arrays: rules are kept, or relaxed to cost less.

What ties routes together is relaxed: crew-mates and order do not wait, balance and the budget of
promises are free, and what a crew's job costs once is shared among its members, rounded down.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.eligibility import (
    borrowing,
    excluded,
    locked_elsewhere,
    not_allowed,
    preference,
    skill_missing,
)
from dispatch.planning.job import Job
from dispatch.planning.problem import Problem
from dispatch.planning.rules import past_aim
from dispatch.planning.technician import Technician
from dispatch.planning.timing import earliest_start, leaving

Integers = NDArray[np.int64]
Numbers = NDArray[np.float64]
Records = NDArray[np.void]

SCALE = 16  # prices are kept in sixteenths of a cost unit, so that duals may be rounded down
NEVER = 1 << 50  # later than any second of any day
FORBIDDEN = 1 << 60
WIDEST = 1 << 56  # sums of prices stay below, so that adding the forbidden stays in 64 bits
MOST_PLACES = 4096  # a matrix of legs in 64 bits stays below 128 MB


def _record(*names: str) -> np.dtype[np.void]:
    return np.dtype([(name, np.int64) for name in names])


JOB = _record(
    "place",
    "duration",
    "latest",
    "due",
    "late_cost",
    "late_fixed",
    "aim",
    "aim_cost",
    "slip_cost",
    "crew",
    "drop",
)
ROUTE = _record(
    "start",
    "end",
    "leave",
    "shift_end",
    "latest_return",
    "overtime_cost",
    "spare_from",
    "spare_cost",
    "use_cost",
    "capacity",
    "rest_earliest",
    "rest_latest",
    "rest_duration",
)


class Relaxed(NamedTuple):
    """A problem by index, all prices times `SCALE`.

    `way[a, b]` seconds or -1, `leg[a, b]` the price of driving it. For technician and job:
    `floor` the earliest start, `slip` the start after which a promise moves, `taking` the price of
    taking the job whatever the time, `FORBIDDEN` if it may not be. `loads[job]` is what it weighs.
    """

    way: Integers
    leg: Integers
    jobs: Records
    routes: Records
    floor: Integers
    slip: Integers
    taking: Integers
    loads: Integers

    @property
    def crews(self) -> Integers:
        """How many members each job needs."""
        return self.jobs["crew"]


def relaxed(problem: Problem, most: int) -> Relaxed | None:
    """Lay the problem out; `most` is a total that some plan is known to reach.

    None if the day is too large for these arrays, begins before second 0, or its sums might leave
    64 bits.
    """
    if len(problem.durations) > MOST_PLACES or not problem.jobs or not problem.technicians:
        return None
    if (_everything(problem) + abs(most)) * 2 * SCALE > WIDEST:
        return None
    if min(leaving(problem, each) for each in problem.technicians) < 0:
        return None
    way = np.array(problem.durations, dtype=np.int64).reshape(len(problem.durations), -1)
    elsewhere = 1 - np.eye(len(way), dtype=np.int64)
    people, jobs = problem.technicians, problem.jobs
    return Relaxed(
        way=way,
        leg=(way + problem.arrival_cost * elsewhere) * SCALE,
        jobs=np.array([_job(problem, job, most) for job in jobs], dtype=JOB),
        routes=np.array([_route(problem, each) for each in people], dtype=ROUTE),
        floor=_table(people, jobs, lambda who, job: _floor(problem, who, job)),
        slip=_table(people, jobs, lambda who, job: _slip(problem, who, job)),
        taking=_table(people, jobs, lambda who, job: _taking(problem, who, job)),
        loads=np.array([job.load for job in jobs], dtype=np.int64),
    )


def least_by_bonuses(problem: Problem) -> int:
    """What any plan costs at least: nothing, less the best bonus for every visit."""
    return -sum(job.crew * max(0, *job.preferred.values(), 0) for job in problem.jobs)


def _table(
    people: Sequence[Technician],
    jobs: Sequence[Job],
    cell: Callable[[Technician, Job], int],
) -> Integers:
    cells = [[cell(who, job) for job in jobs] for who in people]
    return np.array(cells, dtype=np.int64).reshape(len(people), len(jobs))


def _keeps(job: Job, technician: Technician) -> bool:
    return job.announced is not None and job.announced.technician == technician.id


def _floor(problem: Problem, technician: Technician, job: Job) -> int:
    return earliest_start(problem, job, (technician.id,))


def _slip(problem: Problem, technician: Technician, job: Job) -> int:
    if job.announced is None or not _keeps(job, technician):
        return NEVER
    return job.announced.start + problem.stability.tolerance


def _taking(problem: Problem, technician: Technician, job: Job) -> int:
    rules = [skill_missing, not_allowed, excluded]
    if job.crew == 1:  # a crew's other members may be anybody, and may leave the promise kept
        rules.append(locked_elsewhere)
    if any(rule(job, technician) is not None for rule in rules):
        return FORBIDDEN
    moves = job.crew == 1 and job.announced is not None and not _keeps(job, technician)
    moving = problem.stability.move_cost if moves else 0
    return (borrowing(job, technician) - preference(job, technician) + moving) * SCALE


def _job(problem: Problem, job: Job, most: int) -> tuple[int, ...]:
    locked = NEVER if job.locked is None or job.locked.start is None else job.locked.start
    closes = NEVER if job.window is None else job.window[1]
    move_cost = problem.stability.move_cost
    dropping = job.drop_cost + (0 if job.announced is None else move_cost)
    if job.locked is not None:  # must be served: any price is a valid relaxation
        dropping += max(0, most)
    return (
        job.location,
        job.duration,
        min(locked, closes),
        NEVER if job.due is None else job.due,
        job.late_cost * SCALE // job.crew,
        job.late_fixed * SCALE // job.crew,
        NEVER if job.aim is None or not job.aim_cost else job.aim,
        job.aim_cost * SCALE // job.crew,
        move_cost * SCALE,
        job.crew,
        dropping * SCALE,
    )


def _route(problem: Problem, technician: Technician) -> tuple[int, ...]:
    rest, capacity = technician.break_, technician.capacity
    return (
        technician.start,
        technician.end,
        leaving(problem, technician),
        technician.shift[1],
        technician.latest_return,
        technician.overtime_cost * SCALE,
        technician.reserved_from,
        technician.reserve_cost * SCALE,
        technician.use_cost * SCALE,
        NEVER if capacity is None else capacity,
        0 if rest is None else rest.earliest,
        -NEVER if rest is None else rest.latest,
        0 if rest is None else rest.duration,
    )


def _everything(problem: Problem) -> int:
    """More than any plan of this day can cost, or gain by preferences."""
    last = max(each.latest_return for each in problem.technicians)
    road = int(max(max(row) for row in problem.durations)) + problem.arrival_cost
    jobs = sum(
        job.drop_cost
        + job.late_fixed
        + job.late_cost * max(0, last)
        + past_aim(job, last)
        + job.crew * (2 * road + job.borrow_cost + sum(job.preferred.values()))
        + 2 * problem.stability.move_cost
        for job in problem.jobs
    )
    routes = sum(
        each.use_cost
        + 2 * road
        + each.overtime_cost * each.overtime_max
        + each.reserve * each.reserve_cost
        for each in problem.technicians
    )
    return jobs + routes
