"""Serving jobs that depend on others, compiled: the whole crew at once, at the best start of many.

For a crew and its places the cost never falls with the start, so the best start is when the last
of them can be there; those are the starts tried.
"""

from dispatch.planning.engine.appointing import appoint, appointment_cost, cost_of_start, is_served
from dispatch.planning.engine.balancing import unbalancing
from dispatch.planning.engine.changing import put, take_up
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.drawing import chance
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.linking import withdraw
from dispatch.planning.engine.moments import choose_moments, find_moments
from dispatch.planning.engine.placing import arriving, is_worth
from dispatch.planning.engine.pricing import time_cost_with, weighed
from dispatch.planning.engine.seeking import may_take
from dispatch.planning.engine.state import BATCH, TOTAL, State


@compiled
def may_begin(flat: Flat, state: State, link: int) -> int:
    """Tell from when on all that the job follows is done; forbidden if some of it is left out."""
    begin = -FORBIDDEN
    for at in range(flat.before_from[link], flat.before_from[link + 1]):
        other = flat.before[at]
        if not is_served(flat, state, other):
            return FORBIDDEN
        finish = state.appointments[other].start + flat.jobs[flat.links[other].job].duration
        begin = max(begin, finish)
    return begin


@compiled
def fits_order(flat: Flat, state: State, link: int, start: int, who: int, position: int) -> bool:
    """Tell whether jobs of one start stand in one order on all routes, so that nobody waits.

    Only jobs and roads of no length let two of them start together.
    """
    for before in range(position - 1, -1, -1):
        other = flat.link_of[state.stops[who, before]]
        if other >= 0:
            if state.appointments[other].start == start and other > link:
                return False
            break
    for after in range(position, state.routes[who].count):
        other = flat.link_of[state.stops[who, after]]
        if other >= 0:
            return not (state.appointments[other].start == start and other < link)
    return True


@compiled
def offer(flat: Flat, state: State, link: int, start: int, who: int) -> None:
    """Find the technician's cheapest place for the job if it begins then."""
    job = flat.links[link].job
    place, duration = flat.jobs[job].place, flat.jobs[job].duration
    tours = (state.stops, state.routes, state.cells, state.remembered)
    count, route = state.routes[who].count, flat.routes[who]
    best, best_position = FORBIDDEN, -1
    taking = flat.assign[who, job]
    if count == 0:
        taking += route.use_cost + flat.scale * flat.travel[route.start, route.end]
    if flat.balance:
        taking += unbalancing(flat, state, who, duration)
    for position in range(count + 1):
        cell = state.cells[who, position]
        if cell.ready > start:
            break
        here, is_last = cell.place, position == count
        onward = route.end if is_last else flat.jobs[state.stops[who, position]].place
        there, back = flat.travel[here, place], flat.travel[place, onward]
        if there < 0 or back < 0 or cell.ready + there > start:
            continue
        if start + duration + back > cell.closing:
            continue
        if not fits_order(flat, state, link, start, who, position):
            continue
        extra = taking + flat.scale * (there + back - flat.travel[here, onward])
        extra += arriving(flat, here, place, -1 if is_last else onward)
        extra -= state.routes[who].time_cost
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
    state.offers[who].delta, state.offers[who].position = best, best_position


@compiled
def ask(flat: Flat, state: State, link: int, blink: float) -> int:
    """Choose whom to look at for this job, each overlooked with the chance `blink`."""
    job, asked = flat.links[link].job, 0
    for who in range(len(flat.routes)):
        state.offers[who].is_asked, state.offers[who].delta = 0, FORBIDDEN
    for at in range(flat.able_from[job], flat.able_from[job + 1]):
        who = flat.able[at]
        if may_take(flat, state, job, who) and (blink == 0.0 or chance(state) >= blink):
            state.offers[who].is_asked = 1
            asked += 1
    return asked


@compiled
def cheapest_offer(flat: Flat, state: State, job: int, chosen: int, without: int) -> int:
    """Find the cheapest technician not chosen yet, -1 if nobody else can."""
    cheapest, least = -1, FORBIDDEN
    for at in range(flat.able_from[job], flat.able_from[job + 1]):
        who = flat.able[at]
        if state.offers[who].delta >= least or who == without:
            continue
        is_free = True
        for member in range(chosen):
            if state.found[member] == who:
                is_free = False
        if is_free:
            cheapest, least = who, state.offers[who].delta
    return cheapest


@compiled
def gather(flat: Flat, state: State, link: int, keeper: int, without: int) -> int:
    """Choose the cheapest crew from the offers; forbidden if there are too few.

    Whom a person has fixed is in it, `keeper` too unless -1, and `without` is not. Who was chosen
    is left in the first places of `found`.
    """
    total, chosen, crew = 0, 0, flat.links[link].crew
    for wanted in (flat.links[link].fixed, keeper):
        if wanted < 0 or (chosen == 1 and state.found[0] == wanted):
            continue
        if wanted == without or chosen == crew or state.offers[wanted].delta >= FORBIDDEN:
            return FORBIDDEN
        state.found[chosen] = wanted
        total += state.offers[wanted].delta
        chosen += 1
    while chosen < crew:
        who = cheapest_offer(flat, state, flat.links[link].job, chosen, without)
        if who < 0:
            return FORBIDDEN
        state.found[chosen] = who
        total += state.offers[who].delta
        chosen += 1
    return int(total)


@compiled
def crew_cost(flat: Flat, state: State, link: int, start: int, with_keeper: int) -> int:
    """What the cheapest crew adds at this start, with whom the job was announced or without."""
    job = flat.links[link].job
    keeper = flat.jobs[job].keeper
    if with_keeper and (keeper < 0 or start < flat.jobs[job].kept_floor):
        return FORBIDDEN
    if not with_keeper and start < flat.jobs[job].floor:
        return FORBIDDEN
    if with_keeper:
        total = gather(flat, state, link, keeper, -1)
    else:
        total = gather(flat, state, link, -1, keeper)
    if total >= FORBIDDEN:
        return FORBIDDEN
    return total + cost_of_start(flat, link, start, with_keeper)


@compiled
def find_crew(flat: Flat, state: State, link: int, blink: float) -> tuple[int, int]:
    """Find the cheapest crew, places and start: (change of the total, start).

    Each technician is overlooked with the chance `blink`. Who goes where is left in `found`, first
    the technicians, then their positions; without any crew the change is forbidden.
    """
    job, crew, widest = flat.links[link].job, flat.links[link].crew, state.crews.shape[1]
    follows = may_begin(flat, state, link)
    begin = max(follows, min(flat.jobs[job].floor, flat.jobs[job].kept_floor))
    asked = ask(flat, state, link, blink)
    if begin > flat.jobs[job].latest or asked < crew:
        return FORBIDDEN, 0
    found = choose_moments(state, find_moments(flat, state, link, begin), asked, blink)
    best, best_start, lowest = FORBIDDEN, 0, FORBIDDEN
    before, appointed = state.figures[TOTAL] - flat.jobs[job].drop, state.appointments[link].start
    for turn in range(found):
        start = state.moments[turn]
        appoint(flat, state, link, start)
        for at in range(flat.able_from[job], flat.able_from[job + 1]):
            if state.offers[flat.able[at]].is_asked == 1:
                offer(flat, state, link, start, flat.able[at])
        for with_keeper in range(2):
            total = crew_cost(flat, state, link, start, with_keeper)
            if total < FORBIDDEN and weighed(flat, before + total) < lowest:
                lowest, best, best_start = weighed(flat, before + total), total, start
                for member in range(crew):
                    state.found[widest + member] = state.offers[state.found[member]].position
                    state.crews[link, member] = state.found[member]
    for member in range(crew):
        state.found[member] = state.crews[link, member]
        state.crews[link, member] = -1
    appoint(flat, state, link, appointed)
    return best, best_start


@compiled
def serve_link(flat: Flat, state: State, link: int, start: int) -> None:
    """Serve a job with the crew last found, beginning then."""
    job, crew, widest = flat.links[link].job, flat.links[link].crew, state.crews.shape[1]
    appoint(flat, state, link, start)
    for member in range(crew):
        state.crews[link, member] = state.found[member]
    for member in range(crew):
        put(flat, state, job, state.crews[link, member], state.found[widest + member])
    take_up(flat, state, job, state.crews[link, 0])
    state.figures[TOTAL] += appointment_cost(flat, state, link)


@compiled
def put_in_batch(state: State, job: int) -> None:
    """Note that this step has to do with the job, so that it can be taken back."""
    count = state.figures[BATCH]
    for index in range(count):
        if state.batch[index] == job:
            return
    state.batch[count] = job
    state.figures[BATCH] = count + 1


@compiled
def join(flat: Flat, state: State, job: int, blink: float) -> int:
    """Serve a job that depends on others, or others on it, where that pays; tell how many are.

    One that pays only with what follows it is served together with that.
    """
    link = flat.link_of[job]
    if is_served(flat, state, link):
        return 0
    delta, start = find_crew(flat, state, link, blink)
    if delta >= FORBIDDEN:
        return 0
    if is_worth(flat, state, job, delta):
        serve_link(flat, state, link, start)
        return 1
    if flat.behind_from[link] == flat.behind_from[link + 1]:
        return 0
    before = weighed(flat, state.figures[TOTAL])
    serve_link(flat, state, link, start)
    served = 1
    for other in range(link + 1, len(flat.links)):
        if is_served(flat, state, other) or flat.before_from[other] == flat.before_from[other + 1]:
            continue
        delta, start = find_crew(flat, state, other, blink)
        if is_worth(flat, state, flat.links[other].job, delta):
            serve_link(flat, state, other, start)
            put_in_batch(state, flat.links[other].job)
            served += 1
    if weighed(flat, state.figures[TOTAL]) >= before:
        withdraw(flat, state, link)
        return 0
    return served
