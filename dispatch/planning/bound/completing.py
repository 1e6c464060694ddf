"""What a route still costs at least from each job and time on: a compiled look back from evening.

Times are rounded down, cuts and memories left out, so that it is never too much. Coming straight
back to the job before is left out too: kept are the cheapest two ways on, by different next jobs.
"""

import numpy as np

from dispatch.planning.bound.person import FINER, Person
from dispatch.planning.bound.relaxed import FORBIDDEN, Integers
from dispatch.planning.bound.stepping import (
    finish,
    first_rested,
    going_home,
    rested_arrival,
    starting,
)
from dispatch.planning.engine.compiling import compiled, compiled_with_arrays

HOME = -1
LEAST, ONWARD, SECOND = range(3)


@compiled_with_arrays
def completion(person: Person, worth: Integers, halt: Integers) -> Integers:
    """Give [rested, job, bucket, (least price, its next job, least price by another)].

    `worth` is by the technician's own numbers. A bucket is when the job is done.
    """
    count, width = len(person.mine), person.width
    last = max(0, person.route[0].latest_return)
    buckets, fine = last // width + 1, max(1, width // FINER)
    ahead = np.empty((2, count, buckets, 3), np.int64)
    ahead[..., LEAST], ahead[..., ONWARD], ahead[..., SECOND] = FORBIDDEN, HOME, FORBIDDEN
    arriving = np.empty((2, last // fine + 2, count, 3), np.int64)
    arriving[..., LEAST], arriving[..., ONWARD], arriving[..., SECOND] = FORBIDDEN, HOME, FORBIDDEN
    latest_rest = person.route[0].rest_latest
    known = last // fine + 1
    # Nobody is rested, nor done with a job, before these seconds: no label ever asks.
    first_rest = rested_arrival(person, 0) if first_rested(person) == 0 else 0
    soonest = soonest_done(person)
    for bucket in range(buckets - 1, max(0, person.route[0].leave) // width - 1, -1):
        if halt[0]:
            break
        ready = bucket * width
        for slot in range(known - 1, ready // fine - 1, -1):
            arrive(person, worth, slot, fine, ahead, arriving)
        known = ready // fine
        for here in range(count):
            if ready + width <= soonest[here]:
                continue
            for rested in range(2 if ready + width > first_rest else 1):
                first, onward, second = going_home(person, here, ready, rested), HOME, FORBIDDEN
                if rested or ready <= latest_rest:
                    for there in range(count):
                        way = person.way[here, there]
                        if way < 0 or ready + way > last or there == here:
                            continue
                        slot = (ready + way) // fine
                        rest = arriving[rested, slot, there, LEAST]
                        if arriving[rested, slot, there, ONWARD] == here:
                            rest = arriving[rested, slot, there, SECOND]
                        price = person.leg[here, there] + rest
                        if price < first:
                            first, second, onward = price, first, there
                        elif price < second:
                            second = price
                ahead[rested, here, bucket, LEAST] = min(first, FORBIDDEN)
                ahead[rested, here, bucket, ONWARD] = onward
                ahead[rested, here, bucket, SECOND] = min(second, FORBIDDEN)
    return ahead


@compiled_with_arrays
def soonest_done(person: Person) -> Integers:
    """Give for each job a second before which it cannot be done, times rounded down as they are."""
    leave = person.route[0].leave // person.width * person.width
    soonest = np.empty(len(person.mine), np.int64)
    for here in range(len(person.mine)):
        soonest[here] = max(leave, person.stops[here].floor) + person.stops[here].duration
    return soonest


@compiled
def arrive(
    person: Person, worth: Integers, slot: int, fine: int, ahead: Integers, arriving: Integers
) -> None:
    """What arriving in this slot costs from then on; whoever owes the break may rest on the way."""
    width = person.width
    for there in range(len(person.mine)):
        for rested in range(2):
            first, onward, second = FORBIDDEN, HOME, FORBIDDEN
            for rests in range(2 - rested):
                arrival = slot * fine
                if rests:
                    arrival = rested_arrival(person, arrival)
                done = finish(person, there, arrival)
                if done < 0:
                    continue
                price = starting(person, there, done) - worth[there]
                after, into = rested + rests, done // width
                one = price + ahead[after, there, into, LEAST]
                other = price + ahead[after, there, into, SECOND]
                by = ahead[after, there, into, ONWARD]
                if one < first:
                    second = min(other, second if by == onward else first)
                    first, onward = one, by
                else:
                    second = min(second, other if by == onward else one)
            arriving[rested, slot, there, LEAST] = first
            arriving[rested, slot, there, ONWARD] = onward
            arriving[rested, slot, there, SECOND] = second
