"""Very large days: groups of technicians whose routes lie together, searched as days of their own.

Groups are drawn anew each round, so that work can go anywhere in the end; a fixed territory would
keep it where it began. A group's day fits into the fastest memory, and several run side by side.
"""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

import numpy as np

from dispatch.planning.engine.arrays import Integers, Small
from dispatch.planning.engine.changing import load
from dispatch.planning.engine.flat import Flat, able_by_job, neighbours
from dispatch.planning.engine.improving import improve
from dispatch.planning.engine.state import State, empty_state

MANY = 100  # technicians from which a day is searched in groups
GROUP = 30
STEPS_PER_JOB = 10  # iterations in one round
SLICE = 50  # iterations without looking at the clock


class Routes(NamedTuple):
    """A whole plan: how many jobs each technician has, and which."""

    counts: Integers
    rows: Small


class Group(NamedTuple):
    """Technicians and jobs by number, and the seed of their search."""

    technicians: Integers
    jobs: Integers
    seed: int


class Part(NamedTuple):
    """A group's own day, whose technicians and jobs have numbers of their own."""

    flat: Flat
    state: State
    group: Group

    def search(self, steps: int, temperature: Callable[[], float | None]) -> int:
        """Improve by so many iterations, fewer once there is no temperature; tell how many."""
        done = 0
        while done < steps and (now := temperature()) is not None:
            improve(self.flat, self.state, min(SLICE, steps - done), now)
            done += min(SLICE, steps - done)
        return done

    def write_into(self, whole: Routes) -> None:
        """Put the best routes of the group in their places of the whole plan."""
        counts = self.state.routes["best_count"]
        whole.counts[self.group.technicians] = counts
        for index, who in enumerate(self.group.technicians):
            stops = self.state.best_stops[index, : counts[index]]
            whole.rows[who, : counts[index]] = self.group.jobs[stops]


def can_be_grouped(flat: Flat) -> bool:
    """Tell whether the day is large, and nothing in it is counted over all routes together."""
    is_counted_together = flat.budget >= 0 or flat.balance > 0 or len(flat.links) > 0
    return len(flat.routes) >= MANY and not is_counted_together


def groups(flat: Flat, whole: Routes, draw: Random) -> list[Group]:
    """Draw groups of technicians near each other, each with its jobs and some that wait nearby."""
    middles = _middles(flat, whole)
    serving = np.full(len(flat.jobs), -1, dtype=np.int64)
    for who, count in enumerate(whole.counts):
        serving[whole.rows[who, :count]] = who
    group_of = np.zeros(len(flat.routes), dtype=np.int64)
    left, number = np.arange(len(flat.routes)), 0
    while len(left):
        away = flat.travel[middles[draw.choice(left.tolist())], middles[left]].astype(np.int64)
        away[away < 0] = np.iinfo(np.int32).max
        near = np.argsort(away, kind="stable")[:GROUP]
        group_of[left[near]] = number
        left, number = np.delete(left, near), number + 1
    beside = _beside(flat, serving, draw)
    return [
        Group(
            np.nonzero(group_of == each)[0],
            np.nonzero(group_of[beside] == each)[0],
            seed=draw.getrandbits(63),
        )
        for each in range(number)
    ]


def _middles(flat: Flat, whole: Routes) -> Integers:
    """The place in the middle of each route; of an idle technician the start."""
    stops = whole.rows[np.arange(len(whole.counts)), whole.counts // 2]
    return np.where(whole.counts > 0, flat.jobs["place"][stops], flat.routes["start"])


def _beside(flat: Flat, serving: Integers, draw: Random) -> Integers:
    """Who serves each job, or for one that waits the nearest that is served, or anybody."""
    beside = serving.copy()
    for job in np.nonzero(serving < 0)[0]:
        near = serving[flat.near[job]]
        served = near[near >= 0]
        beside[job] = served[0] if len(served) else draw.randrange(len(flat.routes))
    return beside


def part_of(flat: Flat, whole: Routes, group: Group) -> Part:
    """Cut a group's day out of the whole, with its routes as they are."""
    technicians, jobs = group.technicians, group.jobs
    chosen, routes = flat.jobs[jobs].copy(), flat.routes[technicians].copy()
    ends = [chosen["place"], routes["start"], routes["end"]]
    places, numbers = np.unique(np.concatenate(ends), return_inverse=True)
    chosen["place"] = numbers[: len(jobs)]
    routes["start"], routes["end"] = np.split(numbers[len(jobs) :], 2)
    keepers = np.full(len(flat.routes) + 1, -1, dtype=np.int64)
    keepers[technicians] = np.arange(len(technicians))
    chosen["keeper"] = keepers[chosen["keeper"]]
    travel = flat.travel[np.ix_(places, places)]
    assign = flat.assign[np.ix_(technicians, jobs)]
    day = flat._replace(
        travel=travel,
        jobs=chosen,
        routes=routes,
        assign=assign,
        **able_by_job(assign.T)._asdict(),
        near=neighbours(travel, chosen["place"]),
        link_of=flat.link_of[jobs],
    )
    state = empty_state(day, whole.rows.shape[1], group.seed)
    numbering = np.zeros(len(flat.jobs), dtype=np.int64)
    numbering[jobs] = np.arange(len(jobs))
    for who, technician in enumerate(technicians):
        stops = whole.rows[technician, : whole.counts[technician]]
        if len(stops):
            load(day, state, who, numbering[stops])
    return Part(day, state, group)
