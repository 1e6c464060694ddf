"""The cheapest place for a job, compiled: exact change of the total for technician and position.

Its twin in Python is `insertion`; tests hold the two equal.
"""

from dispatch.planning.engine.balancing import unbalancing
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.drawing import chance
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.pricing import start_cost, time_cost_with, weighed
from dispatch.planning.engine.state import TOTAL, State

EVERYONE = -1


@compiled
def arriving(flat: Flat, here: int, place: int, onward: int) -> int:
    """What the charges for arriving elsewhere change by if the place lies in between.

    The way home, `onward` -1, has no charge.
    """
    change = flat.arrival if here != place else 0
    if onward >= 0:
        change += (flat.arrival if place != onward else 0) - (flat.arrival if here != onward else 0)
    return int(change)


@compiled
def find_chances(flat: Flat, state: State, job: int, only: int, blink: float) -> int:
    """Note the positions on all routes not impossible at first sight, each with a lower bound.

    A stop that does not shorten the way can only delay what follows, never cheapen it; so the
    detour and the job's own lateness bound the change. A shortcut by detour has no such bound.
    """
    travel, jobs, routes = flat.travel, flat.jobs, flat.routes
    stops, rows, cells, chances = state.stops, state.routes, state.cells, state.chances
    place, latest, duration = jobs[job].place, jobs[job].latest, jobs[job].duration
    found = 0
    first, last = flat.able_from[job], flat.able_from[job + 1]
    for index in range(first, last if only == EVERYONE else first + 1):
        who = flat.able[index] if only == EVERYONE else only
        if blink > 0.0 and chance(state) < blink:
            continue
        taking, count = flat.assign[who, job], rows[who].count
        if taking >= FORBIDDEN or rows[who].cost >= FORBIDDEN or count >= stops.shape[1]:
            continue
        if rows[who].carried + jobs[job].load > routes[who].capacity:
            continue
        if count == 0:
            # An unused technician does not drive home from where the day starts.
            taking += routes[who].use_cost
            taking += flat.scale * travel[routes[who].start, routes[who].end]
        if flat.balance:
            taking += unbalancing(flat, state, who, jobs[job].duration)
        floor = jobs[job].kept_floor if jobs[job].keeper == who else jobs[job].floor
        here = routes[who].start
        for position in range(count + 1):
            departure = cells[who, position].ready
            if departure > latest:
                break
            ends = position == count
            onward = routes[who].end if ends else jobs[stops[who, position]].place
            there, back = travel[here, place], travel[place, onward]
            begin = max(departure + there, floor)
            fits = begin <= latest and begin + duration + back <= cells[who, position].closing
            if there >= 0 and back >= 0 and fits:
                detour = there + back - travel[here, onward]
                extra = taking + flat.scale * detour
                if flat.arrival:
                    extra += arriving(flat, here, place, -1 if ends else onward)
                bound = -FORBIDDEN
                if detour + duration >= 0:
                    bound = extra + start_cost(jobs, job, begin, FORBIDDEN)
                chances[found].bound, chances[found].extra = bound, extra
                chances[found].technician, chances[found].position = who, position
                found += 1
            here = onward
    return found


@compiled
def cheapest_place(
    flat: Flat, state: State, job: int, who: int, blink: float
) -> tuple[int, int, int]:
    """Find the cheapest place of a job: (change of the total, technician, position).

    `who` limits the search to one technician, `EVERYONE` asks all who may; each of them is
    overlooked with the chance `blink`. Without any place the change is forbidden. The change of a
    promised job under a budget is weighed with the promises of the whole plan.
    """
    jobs = state.jobs
    tours = (state.stops, state.routes, state.cells, state.remembered)
    found = find_chances(flat, state, job, who, blink)
    first = -1
    for index in range(found):
        if first < 0 or state.chances[index].bound < state.chances[first].bound:
            first = index
    best, best_who, best_position = FORBIDDEN, -1, -1
    lowest = FORBIDDEN
    before = state.figures[TOTAL] - flat.jobs[job].drop
    for turn in range(-1, found):
        index = first if turn < 0 else turn
        if index < 0 or (turn >= 0 and index == first):
            continue
        each, position = state.chances[index].technician, state.chances[index].position
        extra = state.chances[index].extra - state.routes[each].time_cost
        limit = FORBIDDEN
        if flat.budget < 0:
            if state.chances[index].bound >= best:
                continue
            limit = best - extra if best < FORBIDDEN else FORBIDDEN
        time_cost = time_cost_with(
            flat.travel,
            jobs,
            flat.routes,
            tours,
            state.times,
            state.costs,
            job,
            each,
            position,
            limit,
        )
        if time_cost >= FORBIDDEN:
            continue
        delta = extra + time_cost
        weight = delta if flat.budget < 0 else weighed(flat, before + delta)
        if weight < lowest:
            lowest, best, best_who, best_position = weight, delta, each, position
    return best, best_who, best_position


@compiled
def is_worth(flat: Flat, state: State, job: int, delta: int) -> bool:
    """Tell whether serving the job with this change is cheaper than leaving it out."""
    if delta >= FORBIDDEN:
        return False
    total = state.figures[TOTAL]
    return weighed(flat, total - flat.jobs[job].drop + delta) < weighed(flat, total)
