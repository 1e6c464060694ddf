"""What a linear programme leans to: the jobs it leaves out, and routes of it that go together."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.master import Solved
from dispatch.planning.bound.relaxed import Integers
from dispatch.planning.bound.routes import Column

LEFT_OUT = 0.5  # how much of a job must be dropped to count as left out
MOST_OF_IT = 0.6  # of a route's jobs that must still be free, for the rest to be worth taking


class Leaning(NamedTuple):
    """Jobs by number, and for some technicians by number their jobs in order, each job once."""

    left_out: frozenset[int]
    routes: dict[int, tuple[int, ...]]


def leaning(columns: Sequence[Column], solved: Solved, crews: Integers) -> Leaning:
    """Take the routes that are chosen most first, less the jobs that others before them serve."""
    left_out = frozenset(np.flatnonzero(solved.dropped >= LEFT_OUT * crews).tolist())
    taken = set(left_out)
    routes: dict[int, tuple[int, ...]] = {}
    for number in np.argsort(-solved.shares, kind="stable").tolist():
        who, jobs, _ = columns[number]
        if solved.shares[number] <= 0:
            break
        free = tuple(job for job in dict.fromkeys(jobs) if job not in taken)
        if who not in routes and len(free) >= MOST_OF_IT * len(jobs):
            routes[who] = free
            taken.update(free)
    return Leaning(left_out, routes)
