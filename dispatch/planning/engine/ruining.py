"""What to leave out next, compiled: strings of neighbouring jobs, the dearest, or any.

Slack induction by string removals (Christiaens and Vanden Berghe, 2020).
"""

from dispatch.planning.engine.changing import remove
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.drawing import below, chance
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.renewing import route_place
from dispatch.planning.engine.state import TOUCHED, WAITING, State

AVERAGE_REMOVED = 10
LONGEST_STRING = 10
SPLIT = 0.5  # the chance that a removed string spares some jobs in its middle
SCATTERED = 0.1  # the chance that jobs anywhere are removed, not strings of neighbours
DEAREST_OF = 8  # jobs compared where the dearest is to be removed
DEAREST = 0.15  # the chance that ruin begins at the dearest of some jobs


@compiled
def position_on_route(state: State, job: int) -> int:
    who = state.technician_of[job]
    for position in range(state.routes[who].count):
        if state.stops[who, position] == job:
            return position
    return -1


@compiled
def remove_string(flat: Flat, state: State, job: int, longest: float) -> None:
    """Remove consecutive jobs around this one, sometimes sparing a few in the middle."""
    who = state.technician_of[job]
    count, at = state.routes[who].count, position_on_route(state, job)
    size = min(count, int(1.0 + chance(state) * min(longest, float(count))))
    spared = 0
    if 1 < size < count and chance(state) < SPLIT:
        spared = 1 + below(state, count - size)
    span = size + spared
    lowest, highest = max(0, at - span + 1), min(at, count - span)
    first = lowest + below(state, highest - lowest + 1)
    gap = below(state, size + 1) if spared else size
    remove(flat, state, who, first, gap, spared, size)


@compiled
def dearest_of_some(flat: Flat, state: State) -> int:
    """Find, among some served jobs, one that starts late or lies far off its route."""
    best, dearest = -1, -FORBIDDEN
    for _ in range(DEAREST_OF):
        job = below(state, len(flat.jobs))
        who = state.technician_of[job]
        if who < 0:
            continue
        at = position_on_route(state, job)
        here = route_place(flat, state, who, at)
        last = at + 1 == state.routes[who].count
        onward = flat.routes[who].end if last else flat.jobs[state.stops[who, at + 1]].place
        place = flat.jobs[job].place
        detour = flat.travel[here, place] + flat.travel[place, onward] - flat.travel[here, onward]
        cost = detour * flat.scale + state.cells[who, at + 1].spent - state.cells[who, at].spent
        if cost > dearest:
            best, dearest = job, cost
    return best


@compiled
def ruin(flat: Flat, state: State) -> None:
    """Leave some jobs out: strings of several routes around one job, or jobs anywhere."""
    jobs = len(flat.jobs)
    served = jobs - state.figures[WAITING]
    if served == 0:
        return
    if chance(state) < SCATTERED:
        for _ in range(1 + below(state, AVERAGE_REMOVED)):
            job = below(state, jobs)
            if state.technician_of[job] >= 0:
                remove(
                    flat, state, state.technician_of[job], position_on_route(state, job), 1, 0, 1
                )
        return
    used = 0
    for who in range(len(flat.routes)):
        if state.routes[who].count:
            used += 1
    longest = min(float(LONGEST_STRING), served / used)
    strings = int(1.0 + chance(state) * (4.0 * AVERAGE_REMOVED / (1.0 + longest) - 1.0))
    seed = dearest_of_some(flat, state) if chance(state) < DEAREST else -1
    if seed < 0:
        seed = below(state, jobs)
    first_touched = state.figures[TOUCHED]
    for index in range(flat.near.shape[1]):
        job = flat.near[seed, index]
        who = state.technician_of[job]
        if who < 0 or state.routes[who].saved_count >= 0:
            continue
        remove_string(flat, state, job, longest)
        if state.figures[TOUCHED] - first_touched >= strings:
            return
