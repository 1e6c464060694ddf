"""Where breaks go in the best plan, compiled: on the leg where they cost least.

Its twin in Python is `tour.best_rest_leg`; tests hold the two equal.
"""

from dispatch.planning.engine.arrays import Integers
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.pricing import return_cost, start_cost
from dispatch.planning.engine.state import State

NO_BREAK = -1


@compiled
def walked(flat: Flat, state: State, who: int, rest: int) -> tuple[int, int, int, int]:
    """Walk a best route with the break on this leg: (time costs, promises slipped, begins, late).

    `begins` is the sum of the seconds at which work begins. Jobs that depend on others begin when
    they are appointed to, which costs this route nothing.
    """
    jobs, route = flat.jobs, flat.routes[who]
    count = state.routes[who].best_count
    here, ready, cost, slips, begins, late = route.start, route.leave, 0, 0, 0, 0
    for leg in range(count + 1):
        job = state.best_stops[who, leg] if leg < count else -1
        place = route.end if job < 0 else jobs[job].place
        arrive = ready + flat.travel[here, place]
        if leg == rest:
            if ready > route.rest_latest:
                return FORBIDDEN, 0, 0, 0
            arrive = max(arrive, route.rest_earliest) + route.rest_duration
        if job < 0:
            is_owed = route.leave <= route.rest_latest and arrive > route.rest_earliest
            if rest == NO_BREAK and is_owed:
                return FORBIDDEN, 0, 0, 0
            return cost + return_cost(flat.routes, who, arrive), slips, begins, late
        link, keeps = flat.link_of[job], jobs[job].keeper == who
        latest, floor = jobs[job].latest, jobs[job].kept_floor if keeps else jobs[job].floor
        if link >= 0:
            latest = floor = state.appointments[link].best
        begin = max(arrive, floor)
        if begin > latest:
            return FORBIDDEN, 0, 0, 0
        if link < 0:
            slip = jobs[job].slip if keeps else FORBIDDEN
            cost += start_cost(jobs, job, begin, slip)
            slips += 1 if begin > slip else 0
        late += 1 if begin > jobs[job].due else 0
        begins += begin
        ready, here = begin + jobs[job].duration, place
    return cost, slips, begins, late


@compiled
def rest_leg(flat: Flat, state: State, who: int) -> int:
    """The leg of a best route on which the break costs least, `NO_BREAK` if none is owed.

    Where several cost the same: fewest promises moved, then work begun earliest.
    """
    if walked(flat, state, who, NO_BREAK)[0] < FORBIDDEN:
        return NO_BREAK
    best, least, fewest, earliest = NO_BREAK, FORBIDDEN, 0, 0
    for leg in range(state.routes[who].best_count + 1):
        cost, slips, begins, _ = walked(flat, state, who, leg)
        is_less = cost < least
        if cost == least and cost < FORBIDDEN:
            is_less = slips < fewest or (slips == fewest and begins < earliest)
        if is_less:
            best, least, fewest, earliest = leg, cost, slips, begins
    return best


@compiled
def find_rest_legs(flat: Flat, state: State, legs: Integers) -> None:
    """Find for each technician the leg of the break in the best plan."""
    for who in range(len(flat.routes)):
        legs[who] = rest_leg(flat, state, who) if state.routes[who].best_count else NO_BREAK
