"""The relaxed day as one technician sees it: their jobs, ways and prices side by side."""

from typing import NamedTuple

import numpy as np

from dispatch.planning.bound.relaxed import FORBIDDEN, Integers, Records, Relaxed

# Seconds of a bucket of time, or the shortest job's duration. Narrow ones cost more looking back,
# and far less looking forward, where much is kept that wide ones take for promising.
WIDTH, COARSE = 200, 900
FINER = 2  # arrivals are rounded to this part of a bucket
REMEMBERED = 24  # nearby jobs a route may not visit again
ELEMENTARY = 24  # up to so many jobs, all are remembered

STOP = np.dtype(
    [
        (name, np.int64)
        for name in (
            "floor",
            "latest",
            "duration",
            "due",
            "late_fixed",
            "late_cost",
            "aim",
            "aim_cost",
            "slip",
            "slip_cost",
            "load",
        )
    ]
)

# What of a stop is the same whoever comes.
SAME_FOR_ALL = (
    "latest",
    "duration",
    "due",
    "late_fixed",
    "late_cost",
    "aim",
    "aim_cost",
    "slip_cost",
)


class Person(NamedTuple):
    """One technician and the jobs they may do, numbered by their position in `mine`.

    `way[a, b]` seconds or -1 and `leg[a, b]` the price of driving there and taking the job; row
    `len(mine)` is where the day begins. `home[a]` is the way home, from the same rows. `near[k]`
    are the jobs a route remembers at k, itself first; `slot[k, j]` is where j stands there, or -1.
    `route` has the one row of the technician.
    """

    who: int
    mine: Integers
    stops: Records
    route: Records
    way: Integers
    leg: Integers
    home: Integers
    near: Integers
    slot: Integers
    width: int


def person(day: Relaxed, who: int, mine: Integers | None = None) -> Person:
    """Give the view of one technician, of all the jobs they may do or of these."""
    if mine is None:
        mine = np.flatnonzero(day.taking[who] < FORBIDDEN)
    route = day.routes[who : who + 1].copy()
    places = day.jobs["place"][mine]
    rows = np.append(places, route["start"])
    way = day.way[np.ix_(rows, places)]
    stops = np.zeros(len(mine), dtype=STOP)
    for name in SAME_FOR_ALL:
        stops[name] = day.jobs[name][mine]
    stops["floor"], stops["slip"] = day.floor[who, mine], day.slip[who, mine]
    stops["load"] = day.loads[mine]
    near = _near(way[:-1])
    slot = np.full((len(mine), len(mine)), -1, dtype=np.int64)
    for position in range(near.shape[1]):
        slot[np.arange(len(mine)), near[:, position]] = position
    return Person(
        who=who,
        mine=mine,
        stops=stops,
        route=route,
        way=way,
        leg=day.leg[np.ix_(rows, places)] + day.taking[who, mine],
        home=day.way[rows, route["end"][0]],
        near=near,
        slot=slot,
        width=_width(int(stops["duration"].min(initial=WIDTH))),
    )


def _near(way: Integers) -> Integers:
    count = len(way)
    apart = np.where(way < 0, FORBIDDEN, way)
    apart = np.minimum(apart, apart.T)
    np.fill_diagonal(apart, -1)
    few = count if count <= ELEMENTARY else REMEMBERED
    return np.ascontiguousarray(np.argsort(apart, axis=1, kind="stable")[:, :few])


def coarser(person: Person) -> Person:
    """See the same day in wider buckets of time."""
    return person._replace(width=_width(int(person.stops["duration"].min(initial=COARSE))))


def _width(shortest: int) -> int:
    """Any job must lead to a later bucket; a bucket is a whole number of its finer parts."""
    return shortest - shortest % FINER if shortest > FINER else shortest
