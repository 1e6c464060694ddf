"""The compiled search: exact times and costs of routes, exact insertion, ruin and recreate.

The readable reference is `rules` with `timing`, its twin in Python `schedule`, `tour`, `insertion`;
tests hold all of them equal. One file, because a change must make every kernel compile anew.
"""

import math

import numpy as np

from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, MOST_PROMISES, Flat, Integers, Records, Small
from dispatch.planning.engine.state import (
    BATCH,
    BEST,
    REMEMBERED,
    TOTAL,
    TOUCHED,
    WAITING,
    State,
)

AVERAGE_REMOVED = 10
LONGEST_STRING = 10
BLINK = 0.01  # the chance that a technician is overlooked, so that repairs differ
REVISITED = 6  # jobs left out that are tried again each time
SPLIT = 0.5  # the chance that a removed string spares some jobs in its middle
SCATTERED = 0.1  # the chance that jobs anywhere are removed, not strings of neighbours
DEAREST_OF = 8  # jobs compared where the dearest is to be removed
DEAREST = 0.15  # the chance that ruin begins at the dearest of some jobs
EVERYONE = -1

# Stops, routes, cells and remembered labels of a state: what pricing a place reads.
Tours = tuple[Small, Records, Records, Records]

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11))


@compiled
def chance(state: State) -> float:
    """Draw a number from 0 to below 1 (splitmix64); every thread has its own sequence."""
    state.random[0] += STEP
    drawn = state.random[0]
    drawn = (drawn ^ (drawn >> SHIFTS[0])) * MIX_1
    drawn = (drawn ^ (drawn >> SHIFTS[1])) * MIX_2
    drawn ^= drawn >> SHIFTS[2]
    return float(drawn >> SHIFTS[3]) * 2.0**-53


@compiled
def below(state: State, limit: int) -> int:
    """Draw a whole number from 0 to below the limit."""
    return int(chance(state) * limit)


@compiled
def weighed(flat: Flat, total: int) -> int:
    """What a total counts for in comparisons: over the budget of promises it is forbidding."""
    if flat.budget < 0:
        return total
    over = (total & (MOST_PROMISES - 1)) - flat.budget
    cost = total >> 12
    return cost + over * flat.surcharge if over > 0 else cost


@compiled
def start_cost(jobs: Records, job: int, begin: int, slip: int) -> int:
    """What starting the job at this second costs."""
    cost = 0
    if begin > jobs[job].due:
        cost = jobs[job].late_fixed + (begin - jobs[job].due) * jobs[job].late_cost
    if begin > slip:
        cost += jobs[job].slip_cost
    return cost


@compiled
def return_cost(routes: Records, who: int, back: int) -> int:
    """What being back at this second costs in overtime."""
    if back <= routes[who].shift_end:
        return 0
    if back > routes[who].latest_return:
        return FORBIDDEN
    return int((back - routes[who].shift_end) * routes[who].overtime_cost)


@compiled
def pareto(times: Integers, costs: Integers, count: int) -> int:
    """Keep the labels that are neither later and dearer than another; tell how many."""
    if count < 2:  # noqa: PLR2004 - nothing to compare
        return count
    kept = 0
    for one in range(count):
        time, cost, dominated = times[one], costs[one], False
        for other in range(kept):
            if times[other] <= time and costs[other] <= cost:
                dominated = True
                break
        if dominated:
            continue
        stays = 0
        for other in range(kept):
            if not (time <= times[other] and cost <= costs[other]):
                times[stays], costs[stays] = times[other], costs[other]
                stays += 1
        times[stays], costs[stays] = time, cost
        kept = stays + 1
    return kept


@compiled
def advance(
    jobs: Records,
    routes: Records,
    who: int,
    job: int,
    leg: int,
    ready: int,
    spent: int,
    times: Integers,
    costs: Integers,
    count: int,
) -> tuple[int, int, int]:
    """Drive this leg and do the job: the owing state, and the rested labels changed in place.

    Gives (ready, spent, labels), with -1 labels if the job cannot be begun in time.
    """
    keeps = jobs[job].keeper == who
    floor = jobs[job].kept_floor if keeps else jobs[job].floor
    slip = jobs[job].slip if keeps else FORBIDDEN
    latest, duration = jobs[job].latest, jobs[job].duration
    begin = max(ready + leg, floor)
    if leg < 0 or begin > latest:
        return ready, spent, -1
    finish = begin + duration
    kept = 0
    for label in range(count):
        rested = max(times[label] + leg, floor)
        if rested <= latest:
            times[kept] = rested + duration
            costs[kept] = costs[label] + start_cost(jobs, job, rested, slip)
            kept += 1
    # A break before a job that ends before the break may begin is never cheaper than after it.
    if ready <= routes[who].rest_latest and finish > routes[who].rest_earliest:
        rested = max(max(ready + leg, routes[who].rest_earliest) + routes[who].rest_duration, floor)
        if rested <= latest:
            times[kept] = rested + duration
            costs[kept] = spent + start_cost(jobs, job, rested, slip)
            kept += 1
    kept = pareto(times, costs, kept)
    return finish, spent + start_cost(jobs, job, begin, slip), kept


@compiled
def home_cost(
    routes: Records,
    who: int,
    leg: int,
    ready: int,
    spent: int,
    times: Integers,
    costs: Integers,
    count: int,
) -> int:
    """Time costs of the whole route when its last leg is driven, the break on its best leg."""
    if leg < 0:
        return FORBIDDEN
    best = FORBIDDEN
    if routes[who].leave > routes[who].rest_latest or ready + leg <= routes[who].rest_earliest:
        best = spent + return_cost(routes, who, ready + leg)
    elif ready <= routes[who].rest_latest:
        back = max(ready + leg, routes[who].rest_earliest) + routes[who].rest_duration
        best = spent + return_cost(routes, who, back)
    for label in range(count):
        best = min(best, costs[label] + return_cost(routes, who, times[label] + leg))
    return min(best, FORBIDDEN)


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
    travel, taking, carried = 0, 0, 0
    possible = True
    for position in range(count):
        job = stops[position]
        leg = flat.travel[here, flat.jobs[job].place]
        ready, spent, labels = advance(
            flat.jobs, flat.routes, who, job, leg, ready, spent, state.times, state.costs, labels
        )
        if labels < 0 or flat.assign[who, job] >= FORBIDDEN:
            possible = False
            break
        travel += leg
        taking += flat.assign[who, job]
        carried += flat.jobs[job].load
        here = flat.jobs[job].place
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
        travel += leg
    state.routes[who].time_cost = time_cost if count else 0
    if count == 0:
        state.routes[who].cost = 0
    elif time_cost >= FORBIDDEN:
        state.routes[who].cost = FORBIDDEN
    else:
        state.routes[who].cost = (
            time_cost + taking + travel * flat.scale + flat.routes[who].use_cost
        )
    remember_closing(flat, state, who)


@compiled
def remember_closing(flat: Flat, state: State, who: int) -> None:
    """Go back from the latest return; breaks are left out, so that it is never too early."""
    latest, onward = flat.routes[who].latest_return, flat.routes[who].end
    count = state.routes[who].count
    state.cells[who, count].closing = latest
    for position in range(count - 1, -1, -1):
        job = state.stops[who, position]
        latest -= flat.jobs[job].duration + flat.travel[flat.jobs[job].place, onward]
        latest = min(flat.jobs[job].latest, latest)
        state.cells[who, position].closing = latest
        onward = flat.jobs[job].place


@compiled
def labels_at(
    travel: Small,
    jobs: Records,
    routes: Records,
    tours: Tours,
    who: int,
    position: int,
    times: Integers,
    costs: Integers,
) -> int:
    """Lay out the rested labels at a position, found again if they were too many to remember."""
    stops, _, cells, remembered = tours
    known = cells[who, position].labels
    if known >= 0:
        for label in range(known):
            times[label] = remembered[who, position, label].time
            costs[label] = remembered[who, position, label].cost
        return int(known)
    here, ready, spent, labels = routes[who].start, routes[who].leave, 0, 0
    for before in range(position):
        job = stops[who, before]
        leg = travel[here, jobs[job].place]
        ready, spent, labels = advance(
            jobs, routes, who, job, leg, ready, spent, times, costs, labels
        )
        here = jobs[job].place
    return labels


@compiled
def time_cost_with(
    travel: Small,
    jobs: Records,
    routes: Records,
    tours: Tours,
    times: Integers,
    costs: Integers,
    job: int,
    who: int,
    position: int,
    limit: int,
) -> int:
    """Time costs of the route with the job at this position; forbidden if not below the limit."""
    stops, rows, cells, _ = tours
    here = routes[who].start if position == 0 else jobs[stops[who, position - 1]].place
    ready, spent = cells[who, position].ready, cells[who, position].spent
    labels = labels_at(travel, jobs, routes, tours, who, position, times, costs)
    leg = travel[here, jobs[job].place]
    ready, spent, labels = advance(jobs, routes, who, job, leg, ready, spent, times, costs, labels)
    if labels < 0:
        return FORBIDDEN
    here = jobs[job].place
    for after in range(position, rows[who].count):
        if spent >= limit:
            return FORBIDDEN
        each = stops[who, after]
        leg = travel[here, jobs[each].place]
        ready, spent, labels = advance(
            jobs, routes, who, each, leg, ready, spent, times, costs, labels
        )
        if labels < 0:
            return FORBIDDEN
        here = jobs[each].place
    leg = travel[here, routes[who].end]
    return home_cost(routes, who, leg, ready, spent, times, costs, labels)


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
    jobs = flat.jobs
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


@compiled
def leave_out(flat: Flat, state: State, job: int) -> None:
    """Put a job among those nobody serves."""
    waiting = state.figures[WAITING]
    state.waiting[waiting] = job
    state.position_of[job] = waiting
    state.figures[WAITING] = waiting + 1
    state.technician_of[job] = -1
    state.figures[TOTAL] += flat.jobs[job].drop


@compiled
def take_up(flat: Flat, state: State, job: int, who: int) -> None:
    """Take a job from those nobody serves."""
    last = state.figures[WAITING] - 1
    moved, position = state.waiting[last], state.position_of[job]
    state.waiting[position] = moved
    state.position_of[moved] = position
    state.figures[WAITING] = last
    state.technician_of[job] = who
    state.figures[TOTAL] -= flat.jobs[job].drop


@compiled
def touch(state: State, who: int) -> None:
    """Remember a route before its first change, so that the change can be taken back."""
    if state.routes[who].saved_count >= 0:
        return
    count = state.routes[who].count
    state.routes[who].saved_count = count
    for position in range(count):
        state.saved_stops[who, position] = state.stops[who, position]
    state.touched[state.figures[TOUCHED]] = who
    state.figures[TOUCHED] += 1


@compiled
def insert(flat: Flat, state: State, job: int, who: int, position: int) -> None:
    """Serve a job that was left out."""
    touch(state, who)
    before = state.routes[who].cost
    for index in range(state.routes[who].count, position, -1):
        state.stops[who, index] = state.stops[who, index - 1]
    state.stops[who, position] = job
    state.routes[who].count += 1
    renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost - before
    take_up(flat, state, job, who)


@compiled
def remove(
    flat: Flat, state: State, who: int, first: int, gap: int, spared: int, size: int
) -> None:
    """Leave out `size` jobs of a route from `first` on, sparing some after the first `gap`.

    What is removed joins the batch that is served again.
    """
    touch(state, who)
    before, count, kept = state.routes[who].cost, state.routes[who].count, 0
    for index in range(count):
        job, at = state.stops[who, index], index - first
        if 0 <= at < size + spared and not gap <= at < gap + spared:
            leave_out(flat, state, job)
            state.batch[state.figures[BATCH]] = job
            state.figures[BATCH] += 1
        else:
            state.stops[who, kept] = job
            kept += 1
    state.routes[who].count = kept
    renew(flat, state, who)
    # A shorter way by a detour can make the rest impossible; then the whole route is given up.
    if state.routes[who].cost >= FORBIDDEN:
        for index in range(kept):
            job = state.stops[who, index]
            leave_out(flat, state, job)
            state.batch[state.figures[BATCH]] = job
            state.figures[BATCH] += 1
        state.routes[who].count = 0
        renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost - before


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


@compiled
def standing(flat: Flat, job: int, order: int) -> float:
    """By what a job is sorted: urgency, length or stake."""
    if order == 1:
        return float(flat.jobs[job].urgency)
    if order == 2:  # noqa: PLR2004 - the second kind
        return -float(flat.jobs[job].duration)
    return -float(flat.jobs[job].drop)


@compiled
def put_in_order(flat: Flat, state: State) -> None:
    """Shuffle the batch, then most times sort it by urgency, length or stake."""
    count = state.figures[BATCH]
    for index in range(count - 1, 0, -1):
        other = below(state, index + 1)
        state.batch[index], state.batch[other] = state.batch[other], state.batch[index]
    drawn = below(state, 11)
    if drawn < 4:  # noqa: PLR2004 - four of eleven times in any order
        return
    order = 1 if drawn < 8 else 2 if drawn < 10 else 3  # noqa: PLR2004 - four, two and one times
    for index in range(1, count):
        job = state.batch[index]
        value, at = standing(flat, job, order), index
        while at > 0 and standing(flat, state.batch[at - 1], order) > value:
            state.batch[at] = state.batch[at - 1]
            at -= 1
        state.batch[at] = job


@compiled
def take_back(flat: Flat, state: State, total: int) -> None:
    """Undo this step: every touched route as it was, and who waits."""
    for index in range(state.figures[BATCH]):
        job = state.batch[index]
        if state.technician_of[job] >= 0:
            leave_out(flat, state, job)
    for index in range(state.figures[TOUCHED]):
        who = state.touched[index]
        count = state.routes[who].saved_count
        state.routes[who].count = count
        for position in range(count):
            job = state.saved_stops[who, position]
            state.stops[who, position] = job
            if state.technician_of[job] < 0:
                take_up(flat, state, job, who)
            state.technician_of[job] = who
        renew(flat, state, who)
        state.routes[who].saved_count = -1
    state.figures[TOUCHED] = 0
    state.figures[TOTAL] = total


@compiled
def accept(flat: Flat, state: State) -> None:
    """Keep this step, and the whole plan if it is the best so far."""
    for index in range(state.figures[TOUCHED]):
        who = state.touched[index]
        state.routes[who].is_changed = 1
        state.routes[who].saved_count = -1
    state.figures[TOUCHED] = 0
    if weighed(flat, state.figures[TOTAL]) < weighed(flat, state.figures[BEST]):
        keep_best(state)


@compiled
def keep_best(state: State) -> None:
    """Remember the routes as the best so far."""
    state.figures[BEST] = state.figures[TOTAL]
    for who in range(len(state.routes)):
        if state.routes[who].is_changed:
            state.routes[who].is_changed = 0
            state.routes[who].best_count = state.routes[who].count
            for position in range(state.routes[who].count):
                state.best_stops[who, position] = state.stops[who, position]


@compiled
def improve(flat: Flat, state: State, iterations: int, temperature: float) -> None:
    """Do so many steps of ruin and recreate at this temperature; the best plan is remembered."""
    for _ in range(iterations):
        total = state.figures[TOTAL]
        waiting = state.figures[WAITING]
        state.figures[BATCH] = 0
        for index in range(min(REVISITED, waiting)):
            other = index + below(state, waiting - index)
            one, another = state.waiting[index], state.waiting[other]
            state.waiting[index], state.waiting[other] = another, one
            state.position_of[another], state.position_of[one] = index, other
            state.batch[index] = another
            state.figures[BATCH] += 1
        ruin(flat, state)
        put_in_order(flat, state)
        for index in range(state.figures[BATCH]):
            job = state.batch[index]
            delta, who, position = cheapest_place(flat, state, job, EVERYONE, BLINK)
            if is_worth(flat, state, job, delta):
                insert(flat, state, job, who, position)
        after, before = weighed(flat, state.figures[TOTAL]), weighed(flat, total)
        if after < before - temperature * math.log(1.0 - chance(state)):
            accept(flat, state)
        else:
            take_back(flat, state, total)


@compiled
def serve(flat: Flat, state: State, queue: Integers) -> int:
    """Put each waiting job of the queue in its cheapest place if that pays; tell how many."""
    served = 0
    for job in queue:
        if state.technician_of[job] >= 0:
            continue
        delta, who, position = cheapest_place(flat, state, job, EVERYONE, 0.0)
        if is_worth(flat, state, job, delta):
            insert(flat, state, job, who, position)
            served += 1
    accept(flat, state)
    return served


@compiled
def load(flat: Flat, state: State, who: int, jobs: Integers) -> None:
    """Give an idle technician these jobs in order."""
    touch(state, who)
    for job in jobs:
        state.stops[who, state.routes[who].count] = job
        state.routes[who].count += 1
        take_up(flat, state, job, who)
    renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost
    accept(flat, state)


@compiled
def adopt(flat: Flat, state: State, counts: Integers, rows: Small) -> None:
    """Go on from these routes instead, and hold them for the best if they are."""
    for who in range(len(state.routes)):
        for position in range(state.routes[who].count):
            leave_out(flat, state, state.stops[who, position])
        state.figures[TOTAL] -= state.routes[who].cost
        state.routes[who].count = 0
        state.routes[who].is_changed = 1
    for who in range(len(state.routes)):
        for position in range(counts[who]):
            state.stops[who, position] = rows[who, position]
            take_up(flat, state, rows[who, position], who)
        state.routes[who].count = counts[who]
        renew(flat, state, who)
        state.figures[TOTAL] += state.routes[who].cost
    accept(flat, state)
