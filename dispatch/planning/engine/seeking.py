"""The cheapest place for a job among all technicians, compiled, remembering what was found before.

What a route offers a job stays true until the route changes, and most routes did not since the job
was placed last. `placing` is the plain way, used where promises have a budget.
"""

import math

from dispatch.planning.engine.balancing import unbalancing
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.drawing import chance
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.placing import arriving
from dispatch.planning.engine.pricing import start_cost, time_cost_with
from dispatch.planning.engine.state import State

DELTA, FOUND = range(2)  # what is remembered: a change of the total; the version and the position
POSITIONS = 1 << 20
NONE = 0  # no position: no place there is cheaper than the change remembered


@compiled
def may_take(flat: Flat, state: State, job: int, who: int) -> bool:
    """Tell whether this technician's route as it is has room for the job at all."""
    rows = state.routes
    if flat.assign[who, job] >= FORBIDDEN or rows[who].cost >= FORBIDDEN:
        return False
    if rows[who].count >= state.stops.shape[1]:
        return False
    return bool(rows[who].carried + flat.jobs[job].load <= flat.routes[who].capacity)


@compiled
def place_on_route(flat: Flat, state: State, job: int, who: int, below: int) -> tuple[int, int]:
    """Find the cheapest place on one route: (change of the total, position + 1).

    Only places that change the total by less than `below` are worked out; without one, gives what
    each of them costs at least, and `NONE`.
    """
    jobs, rows, cells, travel = flat.jobs, state.routes, state.cells, flat.travel
    place, latest, duration = jobs[job].place, jobs[job].latest, jobs[job].duration
    taking, count, route = flat.assign[who, job], rows[who].count, flat.routes[who]
    if not may_take(flat, state, job, who):
        return FORBIDDEN, NONE
    if count == 0:
        # An unused technician does not drive home from where the day starts.
        taking += route.use_cost + flat.scale * travel[route.start, route.end]
    if flat.balance:
        taking += unbalancing(flat, state, who, duration)
    tours = (state.stops, rows, cells, state.remembered)
    floor = jobs[job].kept_floor if jobs[job].keeper == who else jobs[job].floor
    best, best_position, least = below, NONE, FORBIDDEN
    for position in range(count + 1):
        departure = cells[who, position].ready
        if departure > latest:
            break
        ends = position == count
        here = cells[who, position].place
        onward = route.end if ends else cells[who, position + 1].place
        there, back = travel[here, place], travel[place, onward]
        begin = max(departure + there, floor)
        fits = begin <= latest and begin + duration + back <= cells[who, position].closing
        if not fits or there < 0 or back < 0:
            continue
        detour = there + back - cells[who, position].leg
        extra = taking + flat.scale * detour
        if flat.arrival:
            extra += arriving(flat, here, place, -1 if ends else onward)
        bound = -FORBIDDEN
        if detour + duration >= 0:
            bound = extra + start_cost(jobs, job, begin, FORBIDDEN)
        if bound >= best:
            least = min(least, bound)
            continue
        extra -= rows[who].time_cost
        time_cost = time_cost_with(
            travel,
            state.jobs,
            flat.routes,
            tours,
            state.times,
            state.costs,
            job,
            who,
            position,
            best - extra,
        )
        if extra + time_cost < best:
            best, best_position = extra + time_cost, position + 1
        else:
            least = min(least, best)
    if best_position == NONE:
        return least, NONE
    return best, best_position


@compiled
def seek(flat: Flat, state: State, job: int, blink: float) -> tuple[int, int, int]:
    """Find the cheapest place of a job: (change of the total, technician, position).

    Only a place cheaper than leaving the job out counts; without one the change is forbidden. Each
    technician is overlooked with the chance `blink`.
    """
    best, best_who, best_position = flat.jobs[job].drop, -1, NONE
    known, rows = state.known, state.routes
    first, last = flat.able_from[job], flat.able_from[job + 1]
    skip = math.log(1.0 - blink)
    overlooked = first + int(math.log(1.0 - chance(state)) / skip)
    for index in range(first, last):
        if index == overlooked:
            overlooked += 1 + int(math.log(1.0 - chance(state)) / skip)
            continue
        who = flat.able[index]
        version = known[job, who, FOUND] // POSITIONS
        position = known[job, who, FOUND] % POSITIONS
        delta = known[job, who, DELTA]
        if version != rows[who].version or (position == NONE and delta < best):
            delta, position = place_on_route(flat, state, job, who, best)
            known[job, who, DELTA] = delta
            known[job, who, FOUND] = rows[who].version * POSITIONS + position
        if position != NONE and delta < best:
            best, best_who, best_position = delta, who, position
    if best_position == NONE:
        return FORBIDDEN, -1, -1
    return best, best_who, best_position - 1
