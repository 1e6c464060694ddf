"""The cheapest place for a job: exact change of the total for technician and position.

Knock-on lateness, the moving break and overtime are in the figure; choosing among jobs is not here.
"""

from typing import NamedTuple

from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour, time_cost_with


class Place(NamedTuple):
    """Where a job would go and what its tour's cost changes by."""

    delta: int
    technician: int
    position: int


NOWHERE = Place(IMPOSSIBLE, -1, -1)


def cheapest_place(shapes: Shapes, tour: Tour, job: int, *, below: int = IMPOSSIBLE) -> Place:
    """Find the cheapest position on this tour, if any is cheaper than `below`.

    A position is looked at closely only if the detour and the job's own lateness leave a chance:
    a stop that does not shorten the way can only delay the rest, never cheapen it.
    """
    technician = tour.technician
    extra = _cost_of_taking(shapes, tour, job)
    if extra >= below:
        return NOWHERE
    start = shapes.starts[technician][job]
    spent = tour.time_cost if tour.jobs else 0
    place, floor, latest, due, late_cost, late_fixed, _, _, duration = start
    travel, places = shapes.travel, tour.places
    best, chosen = below, -1
    for position, (departure, _) in enumerate(tour.owing):
        here, onward = places[position], places[position + 1]
        there, back = travel[here][place], travel[place][onward]
        arrival = departure + there
        if departure > latest:
            break
        if there < 0 or back < 0 or arrival > latest:
            continue
        detour = there + back - travel[here][onward]
        bound = extra + detour
        if detour + duration >= 0:
            if arrival > due or floor > due:
                bound += late_fixed + (max(arrival, floor) - due) * late_cost
            if bound >= best:
                continue
        time_cost = time_cost_with(shapes, tour, start, position)
        delta = extra + detour + time_cost - spent
        if delta < best and time_cost < IMPOSSIBLE:
            best, chosen = delta, position
    return NOWHERE if chosen < 0 else Place(best, technician, chosen)


def _cost_of_taking(shapes: Shapes, tour: Tour, job: int) -> int:
    """What the job costs on this tour wherever it stands; impossible if it may not or cannot."""
    route = shapes.routes[tour.technician]
    if tour.cost >= IMPOSSIBLE or tour.load + shapes.loads[job] > route.capacity:
        return IMPOSSIBLE
    extra = shapes.assign[tour.technician][job]
    if tour.jobs:
        return extra
    # An unused technician does not drive home from where the day starts.
    return extra + route.use_cost + shapes.travel[route.start][route.end]
