"""What the best plan keeps, compiled: how many jobs start late, the breaks on their cheapest legs.

What a plan costs is in `pricing`; this only counts, for whoever watches a search.
"""

from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.pricing import return_cost, start_cost
from dispatch.planning.engine.state import State

NO_BREAK = -1


@compiled
def walked(flat: Flat, state: State, who: int, rest: int) -> tuple[int, int]:
    """Give time costs and late jobs of a best route with the break on this leg."""
    jobs, route = flat.jobs, flat.routes[who]
    count = state.routes[who].best_count
    here, ready, cost, late = route.start, route.leave, 0, 0
    for leg in range(count + 1):
        job = state.best_stops[who, leg] if leg < count else -1
        place = route.end if job < 0 else jobs[job].place
        arrive = ready + flat.travel[here, place]
        if leg == rest:
            if ready > route.rest_latest:
                return FORBIDDEN, 0
            arrive = max(arrive, route.rest_earliest) + route.rest_duration
        if job < 0:
            is_owed = route.leave <= route.rest_latest and arrive > route.rest_earliest
            if rest == NO_BREAK and is_owed:
                return FORBIDDEN, 0
            return cost + return_cost(flat.routes, who, arrive), late
        keeps = jobs[job].keeper == who
        begin = max(arrive, jobs[job].kept_floor if keeps else jobs[job].floor)
        if begin > jobs[job].latest:
            return FORBIDDEN, 0
        cost += start_cost(jobs, job, begin, jobs[job].slip if keeps else FORBIDDEN)
        late += 1 if begin > jobs[job].due else 0
        ready, here = begin + jobs[job].duration, place
    return cost, late


@compiled
def late_in_best(flat: Flat, state: State) -> int:
    """Count the jobs of the best plan that start after they are due."""
    found = 0
    for who in range(len(flat.routes)):
        count = state.routes[who].best_count
        if count == 0:
            continue
        cheapest, late = walked(flat, state, who, NO_BREAK)
        for rest in range(count + 1):
            cost, others = walked(flat, state, who, rest)
            if cost < cheapest:
                cheapest, late = cost, others
        found += late
    return found
