"""Exact times and costs of a place on a route, compiled, the break always on its cheapest leg.

The readable reference is `rules` with `timing`, its twin in Python `schedule` and `tour`; tests
hold all of them equal.
"""

from dispatch.planning.engine.arrays import Integers, Records, Small
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.job import AIM_STEP

# Stops, routes, cells and remembered labels of a state: what pricing a place reads.
Tours = tuple[Small, Records, Records, Records]


@compiled
def weighed(flat: Flat, total: int) -> int:
    """What a total counts for in comparisons: over the budget of promises it is forbidding."""
    if flat.budget < 0:
        return total
    over = (total & ((1 << flat.bits) - 1)) - flat.budget
    cost = total >> flat.bits
    return cost + over * flat.surcharge if over > 0 else cost


@compiled
def start_cost(jobs: Records, job: int, begin: int, slip: int) -> int:
    """What starting the job at this second costs."""
    cost = 0
    if begin > jobs[job].due:
        cost = jobs[job].late_fixed + (begin - jobs[job].due) * jobs[job].late_cost
    if begin > jobs[job].aim:
        cost += (begin - jobs[job].aim) // AIM_STEP * jobs[job].aim_cost
    if begin > slip:
        cost += jobs[job].slip_cost
    return cost


@compiled
def return_cost(routes: Records, who: int, back: int) -> int:
    """What being back at this second costs in overtime and in time that was to be kept free."""
    if back <= routes[who].reserved_from:
        return 0
    if back > routes[who].latest_return:
        return FORBIDDEN
    kept = min(back, routes[who].shift_end) - routes[who].reserved_from
    over = max(0, back - routes[who].shift_end)
    return int(kept * routes[who].reserve_cost + over * routes[who].overtime_cost)


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
def settled(
    routes: Records,
    who: int,
    free: int,
    free_rested: int,
    ready: int,
    spent: int,
    times: Integers,
    costs: Integers,
    count: int,
) -> tuple[int, int]:
    """Give the least that the route can cost from here, and what it costs if that is certain.

    It is certain where the cheapest state is early enough for what follows to cost nothing.
    """
    least, certain = FORBIDDEN, FORBIDDEN
    if ready <= routes[who].rest_latest or routes[who].leave > routes[who].rest_latest:
        least = spent
        if ready <= free:
            return spent, spent
    for label in range(count):
        least = min(least, costs[label])
        if times[label] <= free_rested:
            certain = min(certain, costs[label])
    return least, certain


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
    ready, spent = cells[who, position].ready, cells[who, position].spent
    labels = labels_at(travel, jobs, routes, tours, who, position, times, costs)
    place = jobs[job].place
    leg = travel[cells[who, position].place, place]
    ready, spent, labels = advance(jobs, routes, who, job, leg, ready, spent, times, costs, labels)
    count = rows[who].count
    leg = travel[place, cells[who, position + 1].place if position < count else routes[who].end]
    for after in range(position, count):
        if labels < 0:
            return FORBIDDEN
        if after > position:
            free, free_rested = cells[who, after].free, cells[who, after].free_rested
            least, certain = settled(
                routes, who, free, free_rested, ready, spent, times, costs, labels
            )
            if certain <= least:
                return certain
            if least >= limit:
                return FORBIDDEN
            leg = cells[who, after].leg
        each = stops[who, after]
        ready, spent, labels = advance(
            jobs, routes, who, each, leg, ready, spent, times, costs, labels
        )
    if labels < 0:
        return FORBIDDEN
    if count > position:
        leg = cells[who, count].leg
    return home_cost(routes, who, leg, ready, spent, times, costs, labels)
