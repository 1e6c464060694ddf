"""The cheapest place for a job: exact change of the total for technician and position.

Knock-on lateness, the moving break and overtime are in the figure; choosing among jobs is not here.
"""

from collections.abc import Iterable
from typing import NamedTuple

from dispatch.planning.job import AIM_STEP
from dispatch.planning.shapes import IMPOSSIBLE, Shapes
from dispatch.planning.tour import Tour, time_cost_with


class Place(NamedTuple):
    """Where a job would go and what its tour's cost changes by."""

    delta: int
    technician: int
    position: int


NOWHERE = Place(IMPOSSIBLE, -1, -1)

# A lower bound of the change, the technician, the position, and the change without time costs.
Chance = tuple[int, int, int, int]


def cheapest_place(
    shapes: Shapes, tours: Iterable[Tour], job: int, *, below: int = IMPOSSIBLE
) -> Place:
    """Find the cheapest position on any of these tours, if one is cheaper than `below`.

    Positions are looked at closely in the order of a lower bound, until the bound says that no
    other can be cheaper; the answer is exact, and of equal ones the first technician's first.
    """
    by_technician = {}
    chances: list[Chance] = []
    for tour in tours:
        by_technician[tour.technician] = tour
        _add_chances(shapes, tour, job, chances)
    chances.sort()
    best = Place(below, -1, -1)
    for bound, technician, position, extra in chances:
        if bound > best.delta:
            break
        tour = by_technician[technician]
        time_cost = time_cost_with(shapes, tour, shapes.starts[technician][job], position)
        delta = extra + time_cost - (tour.time_cost if tour.jobs else 0)
        place = Place(delta, technician, position)
        if place < best and time_cost < IMPOSSIBLE:
            best = place
    return best if best.position >= 0 else NOWHERE


def _add_chances(shapes: Shapes, tour: Tour, job: int, chances: list[Chance]) -> None:
    """Note the positions that are not impossible at first sight, with a bound each.

    A stop that does not shorten the way can only delay what follows, never cheapen it; so the
    detour and the job's own lateness bound the change. A shortcut by detour has no such bound.
    """
    technician = tour.technician
    taking = _cost_of_taking(shapes, tour, job)
    if taking >= IMPOSSIBLE:
        return
    start = shapes.starts[technician][job]
    place, floor, latest, due, late_cost, late_fixed, aim, aim_cost, _, _, duration = start
    travel, places, closing = shapes.travel, tour.places, tour.closing
    outward = travel[place]
    charge, last = shapes.problem.arrival_cost, len(tour.jobs)
    here = places[0]
    for position, (departure, _) in enumerate(tour.owing):
        onward = places[position + 1]
        inward = travel[here]
        there, back = inward[place], outward[onward]
        arrival = departure + there
        if departure > latest:
            return
        begin = arrival if arrival > floor else floor  # noqa: FURB136 - twice as fast as max()
        if (
            there >= 0
            and back >= 0
            and begin <= latest
            and begin + duration + back <= closing[position]
        ):
            detour = there + back - inward[onward]
            extra = detour + taking
            if charge:
                extra += _arriving(charge, here, place, None if position == last else onward)
            bound = extra if detour + duration >= 0 else -IMPOSSIBLE
            if begin > due:
                bound += late_fixed + (begin - due) * late_cost
            if begin > aim:
                bound += (begin - aim) // AIM_STEP * aim_cost
            chances.append((bound, technician, position, extra))
        here = onward


def _arriving(charge: int, here: int, place: int, onward: int | None) -> int:
    """What the charges for arriving elsewhere change by; the way home has none."""
    change = charge * (here != place)
    return change if onward is None else change + charge * ((place != onward) - (here != onward))


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
