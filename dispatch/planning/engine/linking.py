"""Leaving out jobs that depend on others, compiled: off all routes of the crew, with what follows.

Serving them is in `joining`.
"""

from dispatch.planning.engine.appointing import appointment_cost
from dispatch.planning.engine.changing import set_aside, touch
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.renewing import renew
from dispatch.planning.engine.state import BATCH, TOTAL, State


@compiled
def cut(flat: Flat, state: State, job: int, who: int) -> None:
    """Take a stop out of one route; a route that cannot go on without it is given up whole."""
    touch(state, who)
    before, count, kept = state.routes[who].cost, state.routes[who].count, 0
    for index in range(count):
        each = state.stops[who, index]
        if each != job:
            state.stops[who, kept] = each
            kept += 1
    if kept == count:
        return
    state.routes[who].count = kept
    renew(flat, state, who)
    if state.routes[who].cost >= FORBIDDEN:
        for index in range(kept):
            set_aside(flat, state, state.stops[who, index])
        state.routes[who].count = 0
        renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost - before


@compiled
def sever(flat: Flat, state: State, first: int) -> None:
    """Take what was left out, from this entry of the batch on, off the routes of all its crew.

    Whatever follows it is left out too.
    """
    index = first
    while index < state.figures[BATCH]:
        job = state.batch[index]
        index += 1
        link = flat.link_of[job]
        if link < 0 or state.crews[link, 0] < 0:
            continue
        state.figures[TOTAL] -= appointment_cost(flat, state, link)
        for member in range(state.crews.shape[1]):
            who = state.crews[link, member]
            state.crews[link, member] = -1
            if who >= 0:
                cut(flat, state, job, who)
        for at in range(flat.behind_from[link], flat.behind_from[link + 1]):
            set_aside(flat, state, flat.links[flat.behind[at]].job)


@compiled
def withdraw(flat: Flat, state: State, link: int) -> None:
    """Leave out a job just served, and whatever follows it."""
    count = state.figures[BATCH]
    set_aside(flat, state, flat.links[link].job)
    sever(flat, state, count)
    state.figures[BATCH] = count
