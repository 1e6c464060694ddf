"""The cheapest route of one technician through every set of jobs, compiled: labels over sets.

A label is where a route may stand after some jobs: when ready, at what price, rested or not. Sets
are numbers: bit k is the k-th of `mine`, the jobs this technician may do.
"""

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.bound.person import Person
from dispatch.planning.bound.relaxed import FORBIDDEN, Integers
from dispatch.planning.bound.stepping import (
    finish,
    first_rested,
    going_home,
    rested_arrival,
    starting,
)
from dispatch.planning.engine.compiling import compiled, compiled_with_arrays

READY, PRICE, RESTED, JOB, PARENT, NEXT = range(6)
FIRST_ROOM = 4096  # labels; the room doubles when it is full
LOOK_EVERY = 256  # sets, until somebody may have said stop

Labels = NDArray[np.int64]


@compiled_with_arrays
def cheapest_sets(person: Person, halt: Integers) -> tuple[Integers, Integers, Labels]:
    """Give for each set its least price, the label it ends with, and all labels.

    Prices include the use of the technician; the empty set costs nothing. If `halt[0]` is set on
    the way, what is left is forbidden.
    """
    count, latest_rest = len(person.mine), person.route[0].rest_latest
    best = np.full(1 << count, FORBIDDEN, np.int64)
    ends = np.full(1 << count, -1, np.int64)
    heads = np.full((1 << count, count + 1), -1, np.int64)
    labels = np.empty((FIRST_ROOM, 6), np.int64)
    labels[0, READY], labels[0, PRICE] = person.route[0].leave, person.route[0].use_cost
    labels[0, RESTED], labels[0, JOB] = first_rested(person), count
    labels[0, PARENT], labels[0, NEXT] = -1, -1
    heads[0, count], used, best[0] = 0, 1, 0
    for chosen in range(1 << count):
        if chosen % LOOK_EVERY == 0 and halt[0]:
            break
        load = 0
        for bit in range(count):
            if chosen >> bit & 1:
                load += person.stops[bit].load
        if load > person.route[0].capacity:
            continue
        for here in range(count + 1):
            at = heads[chosen, here]
            while at >= 0:
                ready, price = labels[at, READY], labels[at, PRICE]
                rested = labels[at, RESTED]
                if chosen:
                    whole = price + going_home(person, here, ready, rested)
                    if whole < best[chosen]:
                        best[chosen], ends[chosen] = whole, at
                for there in range(count):
                    way = person.way[here, there]
                    if chosen >> there & 1 or way < 0:
                        continue
                    for rests in range(1 if rested or ready > latest_rest else 2):
                        arrival = ready + way
                        if rests:
                            arrival = rested_arrival(person, arrival)
                        done = finish(person, there, arrival)
                        if done < 0:
                            continue
                        if used == len(labels):
                            more = np.empty((2 * used, 6), np.int64)
                            more[:used] = labels
                            labels = more
                        labels[used, READY], labels[used, RESTED] = done, max(rested, rests)
                        labels[used, JOB], labels[used, PARENT] = there, at
                        labels[used, PRICE] = price + person.leg[here, there]
                        labels[used, PRICE] += starting(person, there, done)
                        used += keep(labels, used, heads, chosen | 1 << there, there)
                at = labels[at, NEXT]
    return best, ends, labels


@compiled
def keep(labels: Labels, new: int, heads: Integers, chosen: int, bit: int) -> int:
    """Add a label to its list unless another is as good in everything; tell whether it was."""
    before, at = -1, heads[chosen, bit]
    while at >= 0:
        if (
            labels[at, READY] <= labels[new, READY]
            and labels[at, PRICE] <= labels[new, PRICE]
            and labels[at, RESTED] >= labels[new, RESTED]
        ):
            return 0
        onward = labels[at, NEXT]
        if (
            labels[new, READY] <= labels[at, READY]
            and labels[new, PRICE] <= labels[at, PRICE]
            and labels[new, RESTED] >= labels[at, RESTED]
        ):
            if before < 0:
                heads[chosen, bit] = onward
            else:
                labels[before, NEXT] = onward
        else:
            before = at
        at = onward
    labels[new, NEXT] = heads[chosen, bit]
    heads[chosen, bit] = new
    return 1


@compiled_with_arrays
def shared_out(
    so_far: Integers, best: Integers, spread: Integers, halt: Integers
) -> tuple[Integers, Integers]:
    """Let one more technician serve some of each set: least prices, and the part they serve.

    `so_far[set]` is the least price of serving exactly this set by those before, `spread[own]` the
    same set among all jobs as `own` among this technician's.
    """
    total, part = so_far.copy(), np.zeros(len(so_far), np.int64)
    everything = len(so_far) - 1
    for own in range(1, len(best)):
        if best[own] >= FORBIDDEN:
            continue
        if halt[0]:
            break
        served = spread[own]
        rest = everything & ~served
        others = rest
        while True:
            if so_far[others] < FORBIDDEN:
                price = so_far[others] + best[own]
                if price < total[others | served]:
                    total[others | served], part[others | served] = price, own
            if others == 0:
                break
            others = (others - 1) & rest
    return total, part
