"""The cheapest routes of one technician under given duals, compiled: labels by time.

A label remembers the jobs visited that lie near where it stands (an ng-route), so that a route may
visit a job twice after going far away: that only lowers the bound. Labels go from bucket to later
bucket of time; what cannot become cheaper than the threshold any more is not kept.
"""

from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.completing import LEAST, ONWARD, SECOND
from dispatch.planning.bound.cuts import WORD, Bits
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

READY, PRICE, RESTED, JOB, PARENT, NEXT, LOAD = range(7)
MEMORY, PARITY = range(2)  # and the words of parity that follow
FIRST_ROOM = 4096
LOOK_EVERY = 64  # labels, until somebody may have said stop
ONE = np.uint64(1)
NONE = np.uint64(0)


class Cuts(NamedTuple):
    """The price of each cut, and by own job and word the cuts it is in or is remembered at."""

    price: Integers
    touching: Bits
    kept: Bits


@compiled_with_arrays
def cheapest_routes(
    person: Person,
    worth: Integers,
    cuts: Cuts,
    ahead: Integers,
    threshold: int,
    is_rough: int,
    most: int,
    halt: Integers,
) -> tuple[int, Integers, Integers, Integers]:
    """Give the least price below the threshold, the labels, and the ends of the best routes.

    A rough search keeps only what is the cheapest so far at each job, and may overlook the best.
    The least price is `FORBIDDEN` if the search was halted or ran out of `most` labels.
    """
    count, width, last = len(person.mine), person.width, person.route[0].latest_return
    capacity, latest_rest = person.route[0].capacity, person.route[0].rest_latest
    buckets = max(0, last) // width + 1
    heads = np.full((buckets, count), -1, np.int64)
    kept = np.full(count, -1, np.int64)  # the settled labels of each job, latest first
    # For a rough search: the cheapest settled at each job, and the cheapest to come in each bucket.
    cheapest = np.full((2, count), FORBIDDEN, np.int64)
    coming = np.full((2, count, buckets), FORBIDDEN, np.int64)
    room, words = FIRST_ROOM, PARITY + cuts.touching.shape[1]
    labels, bits = np.empty((room, 7), np.int64), np.empty((room, words), np.uint64)
    best_end, best_price = np.full(count, -1, np.int64), np.full(count, threshold, np.int64)
    labels[0, READY], labels[0, PRICE] = person.route[0].leave, person.route[0].use_cost
    labels[0, RESTED], labels[0, LOAD] = first_rested(person), 0
    labels[0, JOB], labels[0, PARENT], labels[0, NEXT] = -1, -1, -1
    bits[0] = NONE
    used, looked = 1, 0
    for bucket in range(-1, buckets):
        for row in range(1 if bucket < 0 else count):
            at, here = (0, count) if bucket < 0 else (heads[bucket, row], row)
            while at >= 0:
                following = labels[at, NEXT]
                looked += 1
                if looked % LOOK_EVERY == 0 and halt[0]:
                    return FORBIDDEN, labels, best_price, best_end
                ready, price, rested = labels[at, READY], labels[at, PRICE], labels[at, RESTED]
                if bucket >= 0:
                    if is_rough:
                        if price >= cheapest[rested, here] or price > coming[rested, here, bucket]:
                            at = following
                            continue
                        for state in range(rested + 1):
                            cheapest[state, here] = min(cheapest[state, here], price)
                    elif is_beaten(labels, bits, kept[here], at, cuts.price):
                        at = following
                        continue
                    labels[at, NEXT] = kept[here]
                    kept[here] = at
                    whole = price + going_home(person, here, ready, rested)
                    if whole < best_price[here]:
                        best_price[here], best_end[here] = whole, at
                for there in range(count):
                    way = person.way[here, there]
                    load = labels[at, LOAD] + person.stops[there].load
                    if way < 0 or there == here or ready + way > last or load > capacity:
                        continue
                    if bucket >= 0:
                        slot = person.slot[here, there]
                        if slot >= 0 and bits[at, MEMORY] >> np.uint64(slot) & ONE:
                            continue
                    paid = price + person.leg[here, there] - worth[there]
                    for word in range(words - PARITY):
                        touched = bits[at, PARITY + word] & cuts.touching[there, word]
                        paid += paid_again(touched, cuts.price, word)
                    for rests in range(1 if rested or ready > latest_rest else 2):
                        arrival = ready + way
                        if rests:
                            arrival = rested_arrival(person, arrival)
                        done = finish(person, there, arrival)
                        if done < 0:
                            continue
                        total = paid + starting(person, there, done)
                        after, into = max(rested, rests), done // width
                        rest = ahead[after, there, into, LEAST]
                        if bucket >= 0 and ahead[after, there, into, ONWARD] == here:
                            rest = ahead[after, there, into, SECOND]
                        if total + rest >= threshold:
                            continue
                        if is_rough:
                            if total >= min(cheapest[after, there], coming[after, there, into]):
                                continue
                            coming[after, there, into] = total
                        if used == room:
                            if used >= most:
                                return FORBIDDEN, labels, best_price, best_end
                            room *= 2
                            longer, more = (
                                np.empty((room, 7), np.int64),
                                np.empty((room, words), np.uint64),
                            )
                            longer[:used], more[:used] = labels, bits
                            labels, bits = longer, more
                        labels[used, READY], labels[used, PRICE] = done, total
                        labels[used, RESTED], labels[used, JOB] = after, there
                        labels[used, PARENT] = at if bucket >= 0 else -1
                        labels[used, LOAD] = load
                        bits[used, MEMORY] = remembered(person, here, there, bits[at, MEMORY])
                        for word in range(words - PARITY):
                            parity = bits[at, PARITY + word] & cuts.kept[there, word]
                            bits[used, PARITY + word] = parity ^ cuts.touching[there, word]
                        labels[used, NEXT] = heads[into, there]
                        heads[into, there] = used
                        used += 1
                at = following
    return min(threshold, best_price.min()), labels, best_price, best_end


@compiled
def paid_again(touched: np.uint64, cut_price: Integers, word: int) -> int:
    """The price of all cuts of this word of which a route now visits two jobs."""
    paid, cut = 0, WORD * word
    while touched != NONE:
        if touched & ONE:
            paid += cut_price[cut]
        touched >>= ONE
        cut += 1
    return paid


@compiled
def remembered(person: Person, here: int, there: int, memory: np.uint64) -> np.uint64:
    """What a route remembers at the next job of what it remembers here."""
    kept = ONE << np.uint64(person.slot[there, there])
    slot = 0
    while memory != NONE:
        if memory & ONE:
            found = person.slot[there, person.near[here, slot]]
            if found >= 0:
                kept |= ONE << np.uint64(found)
        memory >>= ONE
        slot += 1
    return kept


@compiled
def is_beaten(labels: Integers, bits: Bits, first: int, at: int, cut_price: Integers) -> bool:
    """Tell whether a settled label at the same job can do whatever this one can, no dearer."""
    ready, price, rested = labels[at, READY], labels[at, PRICE], labels[at, RESTED]
    load, memory = labels[at, LOAD], bits[at, MEMORY]
    other = first
    while other >= 0:
        if (
            labels[other, PRICE] <= price
            and labels[other, READY] <= ready
            and labels[other, RESTED] >= rested
            and labels[other, LOAD] <= load
            and bits[other, MEMORY] & ~memory == NONE
        ):
            spare = price - labels[other, PRICE]
            for word in range(bits.shape[1] - PARITY):
                touched = bits[other, PARITY + word] & ~bits[at, PARITY + word]
                spare -= paid_again(touched, cut_price, word)
                if spare < 0:
                    break
            if spare >= 0:
                return True
        other = labels[other, NEXT]
    return False
