"""Days of a few jobs, solved for certain: the cheapest routes through every set, then shared out.

Exact for all that a technician's route costs alone. What ties routes together (order, balance, the
budget of promises) is left out, so that the answer is a bound, and the optimum where its plan keeps
those rules and pays nothing for them. Crews are not for this method.
"""

from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.certificate import in_cost_units
from dispatch.planning.bound.person import person
from dispatch.planning.bound.relaxed import FORBIDDEN, Integers, Relaxed
from dispatch.planning.bound.subsets import JOB, PARENT, cheapest_sets, shared_out

MOST_JOBS = 15
MOST_TECHNICIANS = 40

Orders = dict[int, list[int]]  # jobs in order, by technician


class Cheapest(NamedTuple):
    """The least total of the relaxed day in cost units, and the routes that reach it."""

    total: int
    orders: Orders


def is_small(day: Relaxed) -> bool:
    """Tell whether trying every set of jobs takes seconds at most."""
    few = len(day.jobs) <= MOST_JOBS and len(day.routes) <= MOST_TECHNICIANS
    return few and bool((day.crews == 1).all())


def cheapest(day: Relaxed, halt: Integers) -> Cheapest | None:
    """Solve the relaxed day for certain; None if `halt[0]` was set meanwhile."""
    count = len(day.jobs)
    price = np.full(1 << count, FORBIDDEN, dtype=np.int64)
    price[0] = 0
    people = [person(day, who) for who in range(len(day.routes))]
    parts = []
    for each in people:
        best, _, _ = cheapest_sets(each, halt)
        price, part = shared_out(price, best, _spread(each.mine), halt)
        if halt[0]:
            return None
        parts.append(part)
    left = day.jobs["drop"] @ (1 - _members(count))
    whole = np.where(price < FORBIDDEN, price + left, FORBIDDEN)
    chosen = int(whole.argmin())
    orders = _orders(day, chosen, parts, [each.mine for each in people])
    return Cheapest(in_cost_units(int(whole[chosen])), orders)


def _members(count: int) -> Integers:
    """For each job a row that is 1 at every set it belongs to."""
    return np.arange(1 << count)[None, :] >> np.arange(count)[:, None] & 1


def _spread(mine: Integers) -> Integers:
    """The number of each set of these jobs among the sets of all jobs."""
    spread: Integers = (1 << mine) @ _members(len(mine))
    return spread


def _orders(day: Relaxed, chosen: int, parts: list[Integers], mines: list[Integers]) -> Orders:
    """Follow the parts back from the chosen set, and order each technician's own."""
    orders = {}
    for who in reversed(range(len(parts))):
        own = int(parts[who][chosen])
        if own:
            served = mines[who][_members(len(mines[who]))[:, own] == 1]
            orders[who] = _order(day, who, served)
            chosen &= ~int((1 << served).sum())
    return orders


def _order(day: Relaxed, who: int, jobs: Integers) -> list[int]:
    _, ends, labels = cheapest_sets(person(day, who, jobs), np.zeros(1, dtype=np.int64))
    order, at = [], int(ends[-1])
    while at > 0:
        order.append(int(jobs[labels[at, JOB]]))
        at = int(labels[at, PARENT])
    return order[::-1]
