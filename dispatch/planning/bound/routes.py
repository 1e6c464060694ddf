"""Routes as columns of the linear programme: whose, which jobs in which order, at what price."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.person import Person
from dispatch.planning.bound.relaxed import FORBIDDEN, Integers
from dispatch.planning.bound.stepping import (
    finish,
    first_rested,
    going_home,
    rested_arrival,
    starting,
)
from dispatch.planning.engine.compiling import compiled


class Column(NamedTuple):
    """One technician's route: its jobs in order, by the day's numbers, and its scaled price."""

    who: int
    jobs: tuple[int, ...]
    price: int


def column(person: Person, order: Sequence[int]) -> Column | None:
    """Price these jobs in order, by the technician's own numbers; None if it cannot be driven."""
    own = np.array(order, dtype=np.int64)
    price = route_price(person, own)
    if price >= FORBIDDEN:
        return None
    return Column(person.who, tuple(person.mine[own].tolist()), price)


@compiled
def route_price(person: Person, jobs: Integers) -> int:
    """The least price of these jobs in this order, over every leg for the break."""
    best, load = FORBIDDEN, 0
    for job in jobs:
        load += person.stops[job].load
    if load > person.route[0].capacity:
        return FORBIDDEN
    owing = first_rested(person) == 0
    for leg in range(-1, len(jobs) + 1 if owing else 0):
        rested = 0 if owing else 1
        ready, price = person.route[0].leave, person.route[0].use_cost
        here, is_possible = len(person.mine), True
        for index in range(len(jobs)):
            job = jobs[index]
            way = person.way[here, job]
            arrival = ready + way
            if index == leg:
                is_possible = ready <= person.route[0].rest_latest
                rested = 1
                arrival = rested_arrival(person, arrival)
            done = finish(person, job, arrival)
            if way < 0 or done < 0 or not is_possible:
                is_possible = False
                break
            price += person.leg[here, job] + starting(person, job, done)
            ready, here = done, job
        if is_possible:
            best = min(best, price + going_home(person, here, ready, rested))
    return min(best, FORBIDDEN)
