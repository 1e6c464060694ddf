"""The starts worth a look for a job that several begin together, compiled: when each can be there.

Which of them is best is found in `joining`.
"""

from dispatch.planning.engine.arrays import Integers
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.drawing import below
from dispatch.planning.engine.flat import Flat
from dispatch.planning.engine.pricing import labels_at
from dispatch.planning.engine.state import State

FIRST_MOMENTS = 4  # the earliest starts are always tried
MOST_WORK = 20_000  # pairs of a start and a technician looked at for one job


@compiled
def find_moments(flat: Flat, state: State, link: int, begin: int) -> int:
    """Note when each technician asked could begin the job, at each place of their route."""
    job = flat.links[link].job
    latest, place = flat.jobs[job].latest, flat.jobs[job].place
    tours = (state.stops, state.routes, state.cells, state.remembered)
    if begin > latest:
        return 0
    state.moments[0] = begin
    found = note(state, 1, flat.jobs[job].kept_floor, begin, latest)
    for at in range(flat.able_from[job], flat.able_from[job + 1]):
        who = flat.able[at]
        if state.offers[who].is_asked == 0:
            continue
        route = flat.routes[who]
        for position in range(state.routes[who].count + 1):
            ready = state.cells[who, position].ready
            there = flat.travel[state.cells[who, position].place, place]
            if ready > latest:
                break
            if there < 0:
                continue
            labels = labels_at(
                flat.travel,
                state.jobs,
                flat.routes,
                tours,
                who,
                position,
                state.times,
                state.costs,
            )
            for label in range(labels):
                found = note(state, found, state.times[label] + there, begin, latest)
            found = note(state, found, ready + there, begin, latest)
            if ready <= route.rest_latest:
                rested = max(ready + there, route.rest_earliest) + route.rest_duration
                found = note(state, found, rested, begin, latest)
    return found


@compiled
def note(state: State, found: int, moment: int, begin: int, latest: int) -> int:
    """Note a start if it can be one and there is room."""
    if begin < moment <= latest and found < len(state.moments):
        state.moments[found] = moment
        return found + 1
    return found


@compiled
def put_moments_in_order(moments: Integers, found: int) -> None:
    """Sort the first of these numbers, nearby ones last (Shell, 1959)."""
    gap = found // 2
    while gap > 0:
        for index in range(gap, found):
            moment, at = moments[index], index
            while at >= gap and moments[at - gap] > moment:
                moments[at] = moments[at - gap]
                at -= gap
            moments[at] = moment
        gap //= 2


@compiled
def choose_moments(state: State, found: int, asked: int, blink: float) -> int:
    """Sort the starts; of too many keep the earliest and some others, drawn in a search."""
    moments = state.moments
    put_moments_in_order(moments, found)
    kept = 0
    for index in range(found):
        if kept == 0 or moments[index] != moments[kept - 1]:
            moments[kept] = moments[index]
            kept += 1
    most = max(2 * FIRST_MOMENTS, MOST_WORK // (asked * asked))
    if kept <= most:
        return kept
    others, rest = most - FIRST_MOMENTS, kept - FIRST_MOMENTS
    for index in range(others):
        low, high = index * rest // others, (index + 1) * rest // others
        drawn = low + (below(state, high - low) if blink > 0.0 else 0)
        moments[FIRST_MOMENTS + index] = moments[FIRST_MOMENTS + drawn]
    return most
