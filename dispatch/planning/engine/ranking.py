"""The cheapest way for every technician to take one job, compiled: exact, displacing included.

Its readable twin is `dispatch.planning.reasons.standing`; tests hold the two equal.
"""

import numpy as np
from numpy.typing import NDArray

from dispatch.planning.engine.arrays import Records, record
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.placing import find_chances
from dispatch.planning.engine.pricing import renew, time_cost_with
from dispatch.planning.engine.state import State

Marks = NDArray[np.bool_]

NOBODY = -1
# `delta` is the change of the total, forbidden if there is no way; `first` and `second` are the
# jobs displaced, -1 for none; `position` counts without them.
RANKED = record("delta", "position", "first", "second")


@compiled
def place_on(flat: Flat, state: State, job: int, who: int) -> tuple[int, int]:
    """Find the cheapest position on one route, the first of equal ones: (change, position)."""
    tours = (state.stops, state.routes, state.cells, state.remembered)
    found = find_chances(flat, state, job, who, 0.0)
    best, best_position = FORBIDDEN, -1
    for index in range(found):
        if state.chances[index].bound >= best:
            continue
        extra = state.chances[index].extra - state.routes[who].time_cost
        position = state.chances[index].position
        time_cost = time_cost_with(
            flat.travel,
            state.jobs,
            flat.routes,
            tours,
            state.times,
            state.costs,
            job,
            who,
            position,
            best - extra if best < FORBIDDEN else FORBIDDEN,
        )
        if time_cost < FORBIDDEN and extra + time_cost < best:
            best, best_position = extra + time_cost, position
    return best, best_position


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
            delta, position = place_on(flat, state, job, who)
            if delta >= FORBIDDEN:
                continue
            delta += state.routes[who].cost - before + lost
            if delta < found[who].delta:
                found[who].delta, found[who].position = delta, position
                found[who].first = other if one < 0 else state.saved_stops[who, one]
                found[who].second = -1 if one < 0 else other
    if is_changed:
        shorten(flat, state, who, NOBODY, NOBODY)
    state.routes[who].saved_count = -1


@compiled
def rank(flat: Flat, state: State, job: int, yielding: Marks, found: Records) -> None:
    """For every technician the cheapest way to take the job; `yielding` marks who may give way.

    Routes that are impossible as they stand are left to the reference.
    """
    for who in range(len(flat.routes)):
        found[who].delta, found[who].position = FORBIDDEN, -1
        found[who].first = found[who].second = -1
        if flat.assign[who, job] >= FORBIDDEN or state.routes[who].cost >= FORBIDDEN:
            continue
        found[who].delta, found[who].position = place_on(flat, state, job, who)
        displace(flat, state, job, who, yielding, found)
