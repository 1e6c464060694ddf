"""What a step leaves to do for the whole plan, compiled: appointments as early as can be.

The twin of `timing` for a plan in the making: routes keep their order and their breaks.
"""

from dispatch.planning.engine.appointing import appoint, appointment_cost, is_in_crew, is_served
from dispatch.planning.engine.changing import touch
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.joining import may_begin
from dispatch.planning.engine.pricing import return_cost, start_cost
from dispatch.planning.engine.renewing import renew
from dispatch.planning.engine.state import TOTAL, State

UNKNOWN, NO_BREAK = -2, -1


@compiled
def cost_resting_on(flat: Flat, state: State, who: int, leg: int) -> int:
    """Time costs of a route with its break on this leg; forbidden if it cannot be there."""
    route, count = flat.routes[who], state.routes[who].count
    ready, cost = route.leave, 0
    for position in range(count + 1):
        if position == leg and ready > route.rest_latest:
            return FORBIDDEN
        arrival = arrival_at(flat, state, who, position, leg, ready)
        if position == count:
            owes = route.leave <= route.rest_latest and arrival > route.rest_earliest
            if leg == NO_BREAK and owes:
                return FORBIDDEN
            return cost + return_cost(flat.routes, who, arrival)
        job = state.stops[who, position]
        keeps = state.jobs[job].keeper == who
        begin = max(arrival, state.jobs[job].kept_floor if keeps else state.jobs[job].floor)
        if begin > state.jobs[job].latest:
            return FORBIDDEN
        cost += start_cost(state.jobs, job, begin, state.jobs[job].slip if keeps else FORBIDDEN)
        ready = begin + state.jobs[job].duration
    return cost


@compiled
def arrival_at(flat: Flat, state: State, who: int, position: int, leg: int, ready: int) -> int:
    """When the technician arrives at the end of this leg, setting out when ready."""
    arrival = ready + state.cells[who, position].leg
    if position == leg:
        arrival = max(arrival, flat.routes[who].rest_earliest) + flat.routes[who].rest_duration
    return int(arrival)


@compiled
def best_leg(flat: Flat, state: State, who: int) -> int:
    """The leg on which the break costs least, the last of equal ones; none if none is owed."""
    best, cheapest = NO_BREAK, cost_resting_on(flat, state, who, NO_BREAK)
    for leg in range(state.routes[who].count + 1):
        cost = cost_resting_on(flat, state, who, leg)
        if cost < cheapest or (cost == cheapest and best != NO_BREAK):
            best, cheapest = leg, cost
    return best


@compiled
def earliest_on_route(flat: Flat, state: State, who: int, link: int) -> int:
    """When the technician can begin a job as their route stands, its break on the chosen leg."""
    wanted, leg = flat.links[link].job, state.legs[who]
    ready, after = flat.routes[who].leave, -FORBIDDEN
    for position in range(state.routes[who].count):
        arrival = arrival_at(flat, state, who, position, leg, ready)
        job = state.stops[who, position]
        if job == wanted:
            return max(arrival, after)
        keeps = state.jobs[job].keeper == who
        begin = max(arrival, state.jobs[job].kept_floor if keeps else state.jobs[job].floor)
        ready = begin + state.jobs[job].duration
        other = flat.link_of[job]
        if other >= 0:
            # Starts together only in the order of the links, on every route alike.
            after = begin + 1 if other > link else begin
    return FORBIDDEN


@compiled
def settle(flat: Flat, state: State) -> None:
    """Begin every job that depends on others as early as routes, crews and order allow."""
    order, served = state.order, 0
    for link in range(len(flat.links)):
        if not is_served(flat, state, link):
            continue
        at = served
        start = state.appointments[link].start
        while at > 0 and state.appointments[order[at - 1]].start > start:
            order[at] = order[at - 1]
            at -= 1
        order[at] = link
        served += 1
        for member in range(flat.links[link].crew):
            state.legs[state.crews[link, member]] = UNKNOWN
    for index in range(served):
        link = order[index]
        job = flat.links[link].job
        is_kept = is_in_crew(state, link, flat.jobs[job].keeper)
        start = flat.jobs[job].kept_floor if is_kept else flat.jobs[job].floor
        start = max(start, may_begin(flat, state, link))
        for member in range(flat.links[link].crew):
            who = state.crews[link, member]
            if state.legs[who] == UNKNOWN:
                state.legs[who] = best_leg(flat, state, who)
            start = max(start, earliest_on_route(flat, state, who, link))
        if start < state.appointments[link].start:
            bring_forward(flat, state, link, start)


@compiled
def bring_forward(flat: Flat, state: State, link: int, start: int) -> None:
    """Let a job begin earlier, and price anew the routes it is on."""
    state.figures[TOTAL] -= appointment_cost(flat, state, link)
    appoint(flat, state, link, start)
    state.figures[TOTAL] += appointment_cost(flat, state, link)
    for member in range(flat.links[link].crew):
        who = state.crews[link, member]
        touch(state, who)
        before = state.routes[who].cost
        renew(flat, state, who)
        state.figures[TOTAL] += state.routes[who].cost - before
