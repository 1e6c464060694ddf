"""A route worked out anew after a change, compiled: times, costs, and how late each leg may begin.

What `pricing` remembers of a route to price a place on it is written here.
"""

from dispatch.planning.engine.arrays import Records
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.pricing import advance, home_cost
from dispatch.planning.engine.state import REMEMBERED, VERSION, State


@compiled
def leg_cost(flat: Flat, here: int, place: int) -> int:
    """What driving this leg to a job costs: the way, and the charge for arriving elsewhere."""
    cost = flat.scale * flat.travel[here, place]
    return int(cost + flat.arrival if here != place else cost)


@compiled
def route_place(flat: Flat, state: State, who: int, position: int) -> int:
    """Where the technician sets out from on this leg."""
    if position == 0:
        return int(flat.routes[who].start)
    return int(flat.jobs[state.stops[who, position - 1]].place)


@compiled
def renew(flat: Flat, state: State, who: int) -> None:
    """Work out times, costs and remembered states of a route whose stops changed."""
    stops, count = state.stops[who], state.routes[who].count
    here, ready, spent, labels = flat.routes[who].start, flat.routes[who].leave, 0, 0
    driving, taking, carried, load = 0, 0, 0, 0
    possible = True
    for position in range(count):
        job = stops[position]
        leg = flat.travel[here, flat.jobs[job].place]
        ready, spent, labels = advance(
            state.jobs, flat.routes, who, job, leg, ready, spent, state.times, state.costs, labels
        )
        if labels < 0 or flat.assign[who, job] >= FORBIDDEN:
            possible = False
            break
        driving += leg_cost(flat, here, flat.jobs[job].place)
        taking += flat.assign[who, job]
        load += leg + flat.jobs[job].duration
        carried += flat.jobs[job].load
        here = flat.jobs[job].place
        state.cells[who, position].leg, state.cells[who, position + 1].place = leg, here
        state.cells[who, position + 1].ready, state.cells[who, position + 1].spent = ready, spent
        state.cells[who, position + 1].labels = labels if labels <= REMEMBERED else -1
        for label in range(min(labels, REMEMBERED)):
            state.remembered[who, position + 1, label].time = state.times[label]
            state.remembered[who, position + 1, label].cost = state.costs[label]
    state.routes[who].carried = carried
    time_cost = FORBIDDEN
    if possible and carried <= flat.routes[who].capacity:
        leg = flat.travel[here, flat.routes[who].end]
        time_cost = home_cost(flat.routes, who, leg, ready, spent, state.times, state.costs, labels)
        driving += leg * flat.scale
        state.cells[who, count].leg = leg
        load += leg
    state.routes[who].time_cost = time_cost if count else 0
    if count == 0:
        state.routes[who].cost = 0
    elif time_cost >= FORBIDDEN:
        state.routes[who].cost = FORBIDDEN
    else:
        state.routes[who].cost = time_cost + taking + driving + flat.routes[who].use_cost
    state.routes[who].load = load
    state.figures[VERSION] += 1
    state.routes[who].version = state.figures[VERSION]
    if state.routes[who].cost < FORBIDDEN:
        remember_limits(flat, state, who)


@compiled
def free_until(routes: Records, who: int, leg: int, floor: int, rested: int, owing: int) -> int:
    """Give the last second to set out, the break still owed, so that nothing later costs.

    `rested` and `owing` are the last free seconds to begin what lies at the end of this leg, with
    the break behind and still owed; before `floor` it cannot begin.
    """
    route = routes[who]
    free = owing - leg if owing >= floor else -FORBIDDEN
    if rested >= max(floor, route.rest_earliest + route.rest_duration):
        free = max(free, min(route.rest_latest, rested - route.rest_duration - leg))
    return free


@compiled
def remember_limits(flat: Flat, state: State, who: int) -> None:
    """Go back from the end: how late each leg may begin, at all and without further time cost.

    Breaks are left out of `closing`, so that it is never too early.
    """
    jobs, cells, count = state.jobs, state.cells, state.routes[who].count
    closing, free = flat.routes[who].latest_return, flat.routes[who].reserved_from
    leg = cells[who, count].leg
    cells[who, count].closing, cells[who, count].free_rested = closing, free - leg
    owes = flat.routes[who].leave <= flat.routes[who].rest_latest
    owing = min(free, flat.routes[who].rest_earliest) if owes else free
    cells[who, count].free = free_until(flat.routes, who, leg, -FORBIDDEN, free, owing)
    for position in range(count - 1, -1, -1):
        job = state.stops[who, position]
        keeps = jobs[job].keeper == who
        floor = jobs[job].kept_floor if keeps else jobs[job].floor
        closing -= jobs[job].duration + cells[who, position + 1].leg
        closing = min(jobs[job].latest, closing)
        leg, due = cells[who, position].leg, min(jobs[job].due, jobs[job].aim, jobs[job].latest)
        if keeps:
            due = min(due, jobs[job].slip)
        rested = min(due, cells[who, position + 1].free_rested - jobs[job].duration)
        owing = min(due, cells[who, position + 1].free - jobs[job].duration)
        cells[who, position].closing = closing
        cells[who, position].free_rested = rested - leg if rested >= floor else -FORBIDDEN
        cells[who, position].free = free_until(flat.routes, who, leg, floor, rested, owing)
