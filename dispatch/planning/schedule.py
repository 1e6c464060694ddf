"""What a sequence of starts costs in time, with the break on its cheapest leg: the fast twin.

Plain integers and tuples, because the search asks this most of all. The readable reference is
`timing` with `rules`; a test holds the two equal. Travel and assignment costs are added elsewhere.
"""

from collections.abc import Sequence

from dispatch.planning.job import AIM_STEP
from dispatch.planning.shapes import IMPOSSIBLE, RouteShape, StartShape

Travel = Sequence[Sequence[int]]
# Where the time stands after some jobs: ready to depart, and the time costs so far.
Label = tuple[int, int]


def start_cost(start: StartShape, arrival: int) -> Label:
    """When the job is finished if the technician arrives then, and what that start costs.

    >>> start_cost(StartShape(0, 100, 999, 150, 2, 10, 40, 3, 999, 0, 60), arrival=160)
    (220, 36)
    """
    _, floor, latest, due, late_cost, late_fixed, aim, aim_cost, slip, slip_cost, duration = start
    begin = arrival if arrival > floor else floor  # noqa: FURB136 - twice as fast as max()
    if begin > latest:
        return begin, IMPOSSIBLE
    cost = 0
    if begin > due:
        cost = late_fixed + (begin - due) * late_cost
    if begin > aim:
        cost += (begin - aim) // AIM_STEP * aim_cost
    if begin > slip:
        cost += slip_cost
    return begin + duration, cost


def return_cost(route: RouteShape, back: int) -> int:
    """What being back at this second costs in overtime and in time that was to be kept free."""
    if back <= route.reserved_from:
        return 0
    if back > route.latest_return:
        return IMPOSSIBLE
    kept = (min(back, route.shift_end) - route.reserved_from) * route.reserve_cost
    return kept + max(0, back - route.shift_end) * route.overtime_cost


def chain_cost(
    route: RouteShape, travel: Travel, starts: Sequence[StartShape], arrival: int
) -> int:
    """Cost of serving these starts in order, no break left to take, from the arrival at the first.

    With no starts left, the arrival is the return.
    """
    cost = 0
    here = -1
    for start in starts:
        place, floor, latest, due, late, fixed, aim, aim_cost, slip, slip_cost, duration = start
        if here >= 0:
            leg = travel[here][place]
            if leg < 0:
                return IMPOSSIBLE
            arrival += leg
        if arrival < floor:  # noqa: PLR1730 - twice as fast as max()
            arrival = floor
        if arrival > due:
            cost += fixed + (arrival - due) * late
        if arrival > aim:
            cost += (arrival - aim) // AIM_STEP * aim_cost
        if arrival > latest:
            return IMPOSSIBLE
        if arrival > slip:
            cost += slip_cost
        arrival += duration
        here = place
    if here < 0:
        return cost + return_cost(route, arrival)
    leg = travel[here][route.end]
    return IMPOSSIBLE if leg < 0 else cost + return_cost(route, arrival + leg)


def rested_arrival(route: RouteShape, departure: int, leg: int) -> int:
    """When the technician arrives if the break is taken on this leg."""
    arrival = departure + leg
    earliest = route.rest_earliest
    return (arrival if arrival > earliest else earliest) + route.rest_duration  # noqa: FURB136


def owing_cost(
    route: RouteShape,
    travel: Travel,
    starts: Sequence[StartShape],
    *,
    here: int,
    departure: int,
) -> int:
    """Cost of serving these starts in order with the break still owed, on its cheapest leg."""
    best = IMPOSSIBLE
    cost = 0
    for index, start in enumerate(starts):
        leg = travel[here][start[0]]
        if leg < 0 or cost >= best:
            return best
        finish, step = start_cost(start, departure + leg)
        # A break before a job that ends before the break may begin is never cheaper than after it.
        if departure <= route.rest_latest and (finish > route.rest_earliest or step >= IMPOSSIBLE):
            arrival = rested_arrival(route, departure, leg)
            best = min(best, cost + chain_cost(route, travel, starts[index:], arrival))
        if step >= IMPOSSIBLE:
            return best
        cost += step
        departure = finish
        here = start[0]
    return min(best, cost + last_leg_cost(route, travel, here=here, departure=departure))


def last_leg_cost(route: RouteShape, travel: Travel, *, here: int, departure: int) -> int:
    """Cost of going home with the break still owed: before it may begin, or with it on the way."""
    leg = travel[here][route.end]
    if leg < 0:
        return IMPOSSIBLE
    if departure + leg <= route.rest_earliest:
        return return_cost(route, departure + leg)
    if departure > route.rest_latest:
        return IMPOSSIBLE
    return return_cost(route, rested_arrival(route, departure, leg))


def pareto(labels: list[Label]) -> list[Label]:
    """Keep the labels that are neither later and dearer than another.

    >>> pareto([(10, 5), (12, 5), (8, 9)])
    [(8, 9), (10, 5)]
    """
    if len(labels) < 2:  # noqa: PLR2004 - nothing to compare
        return labels
    kept: list[Label] = []
    for label in sorted(labels):
        if not kept or label[1] < kept[-1][1]:
            kept.append(label)
    return kept
