"""The cheapest way for every technician to take one job, compiled: exact, displacing included.

Its readable twin is `dispatch.planning.reasons.standing`; tests hold the two equal.
"""

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.engine.arrays import Records, record
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, WIDEST, Flat
from dispatch.planning.engine.renewing import renew
from dispatch.planning.engine.seeking import NONE, place_on_route
from dispatch.planning.engine.state import State

Marks = NDArray[np.bool_]

NOBODY = -1
# `delta` is the change of the total, forbidden if there is no way; `first` and `second` are the
# jobs displaced, -1 for none; `position` counts without them. Where overtime alone stands in the
# way, `back` is the soonest return; else it is forbidden.
RANKED = record("delta", "position", "first", "second", "back")
MOST_RESTED = 40  # positions; of longer days the reference looks at some only


@compiled
def least_cost(flat: Flat, state: State, job: int, who: int, one: int, two: int) -> int:
    """What the route costs at least with the job and without these stops: no road, no waiting."""
    cost = flat.routes[who].use_cost + flat.assign[who, job]
    for index in range(state.routes[who].saved_count):
        if index not in (one, two):
            cost += flat.assign[who, state.saved_stops[who, index]]
    return int(cost)


@compiled
def shorten(flat: Flat, state: State, who: int, one: int, two: int) -> None:
    """Give the technician the remembered route without these stops."""
    kept = 0
    for index in range(state.routes[who].saved_count):
        if index not in (one, two):
            state.stops[who, kept] = state.saved_stops[who, index]
            kept += 1
    state.routes[who].count = kept
    renew(flat, state, who)


@compiled
def displace(flat: Flat, state: State, job: int, who: int, yielding: Marks, found: Records) -> None:
    """Look for a cheaper way in which one or two stops that may yield leave the route."""
    count, before = state.routes[who].count, state.routes[who].cost
    state.routes[who].saved_count = count
    for index in range(count):
        state.saved_stops[who, index] = state.stops[who, index]
    is_changed = False
    for one in range(NOBODY, count):  # first every stop alone, then every pair
        if one >= 0 and not yielding[state.saved_stops[who, one]]:
            continue
        for two in range(one + 1, count):
            other = state.saved_stops[who, two]
            if not yielding[other]:
                continue
            lost = flat.jobs[other].drop
            if one >= 0:
                lost += flat.jobs[state.saved_stops[who, one]].drop
            if least_cost(flat, state, job, who, one, two) + lost - before >= found[who].delta:
                continue
            is_changed = True
            shorten(flat, state, who, one, two)
            if state.routes[who].cost >= FORBIDDEN:
                continue
            delta, place = place_on_route(flat, state, job, who, WIDEST)
            if place == NONE:
                continue
            delta += state.routes[who].cost - before + lost
            if delta < found[who].delta:
                found[who].delta, found[who].position = delta, place - 1
                found[who].first = other if one < 0 else state.saved_stops[who, one]
                found[who].second = -1 if one < 0 else other
    if is_changed:
        shorten(flat, state, who, NOBODY, NOBODY)
    state.routes[who].saved_count = -1


@compiled
def walked(flat: Flat, state: State, job: int, who: int, position: int, rest: int) -> int:
    """When the technician is back with the job here and the break on this leg, if on any.

    Overtime is not looked at; forbidden if anything else is broken. Without a break the departures
    are left in `times`.
    """
    count, jobs = state.routes[who].count, flat.jobs
    here, ready = flat.routes[who].start, flat.routes[who].leave
    for leg in range(count + 2):
        ends = leg == count + 1
        if rest < 0:
            state.times[leg] = ready
        stop = job if leg == position or ends else state.stops[who, leg - (leg > position)]
        place = flat.routes[who].end if ends else jobs[stop].place
        road = flat.travel[here, place]
        if road < 0:
            return FORBIDDEN
        arrival = ready + road
        if leg == rest:
            arrival = max(arrival, flat.routes[who].rest_earliest) + flat.routes[who].rest_duration
        if ends:
            return int(arrival)
        floor = jobs[stop].kept_floor if jobs[stop].keeper == who else jobs[stop].floor
        begin = max(arrival, floor)
        if begin > jobs[stop].latest:
            return FORBIDDEN
        ready, here = begin + jobs[stop].duration, place
    return FORBIDDEN


@compiled
def soonest_return(flat: Flat, state: State, job: int, who: int) -> int:
    """The soonest return with the job that keeps every rule but overtime; forbidden if none."""
    count, route = state.routes[who].count, flat.routes[who]
    load = state.routes[who].carried + flat.jobs[job].load
    if load > route.capacity or route.leave > route.latest_return or count >= MOST_RESTED:
        return FORBIDDEN
    best = FORBIDDEN
    for position in range(count + 1):
        back = walked(flat, state, job, who, position, NOBODY)
        if back >= FORBIDDEN:
            continue
        if route.leave > route.rest_latest or back <= route.rest_earliest:
            best = min(best, back)
            continue
        for rest in range(count + 2):
            if state.times[rest] > route.rest_latest:
                break
            # A break before a job that ends before the break may begin is not looked at.
            if rest <= count and state.times[rest + 1] <= route.rest_earliest:
                continue
            best = min(best, walked(flat, state, job, who, position, rest))
    return int(best)


@compiled
def rank(flat: Flat, state: State, job: int, yielding: Marks, found: Records) -> None:
    """For every technician the cheapest way to take the job; `yielding` marks who may give way.

    Routes that are impossible as they stand are left to the reference.
    """
    for who in range(len(flat.routes)):
        found[who].delta, found[who].position = FORBIDDEN, -1
        found[who].first = found[who].second = -1
        found[who].back = FORBIDDEN
        if flat.assign[who, job] >= FORBIDDEN or state.routes[who].cost >= FORBIDDEN:
            continue
        delta, place = place_on_route(flat, state, job, who, WIDEST)
        if place != NONE:
            found[who].delta, found[who].position = delta, place - 1
        displace(flat, state, job, who, yielding, found)
        if found[who].delta >= FORBIDDEN:
            found[who].back = soonest_return(flat, state, job, who)
