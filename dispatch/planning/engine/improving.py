"""Ruin and recreate under annealing, compiled: the steps between two looks at the clock."""

import math

from dispatch.planning.engine.arrays import Integers
from dispatch.planning.engine.balancing import reckon_balance
from dispatch.planning.engine.changing import accept, insert, take_back
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.drawing import below, chance
from dispatch.planning.engine.flat import Flat
from dispatch.planning.engine.placing import EVERYONE, cheapest_place, is_worth
from dispatch.planning.engine.pricing import weighed
from dispatch.planning.engine.ruining import ruin
from dispatch.planning.engine.seeking import seek
from dispatch.planning.engine.state import BATCH, TOTAL, WAITING, State

BLINK = 0.01  # the chance that a technician is overlooked, so that repairs differ
REVISITED = 6  # jobs left out that are tried again each time


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
def draw_waiting(state: State) -> None:
    """Begin the batch with some of the jobs left out."""
    waiting = state.figures[WAITING]
    state.figures[BATCH] = 0
    for index in range(min(REVISITED, waiting)):
        other = index + below(state, waiting - index)
        one, another = state.waiting[index], state.waiting[other]
        state.waiting[index], state.waiting[other] = another, one
        state.position_of[another], state.position_of[one] = index, other
        state.batch[index] = another
        state.figures[BATCH] += 1


@compiled
def serve_one(flat: Flat, state: State, job: int, blink: float) -> int:
    """Serve a job in its cheapest place if that pays, each technician overlooked by this chance."""
    if flat.budget < 0 and blink > 0.0:
        delta, who, position = seek(flat, state, job, blink)
    else:
        delta, who, position = cheapest_place(flat, state, job, EVERYONE, blink)
    if not is_worth(flat, state, job, delta):
        return 0
    insert(flat, state, job, who, position)
    return 1


@compiled
def decide(flat: Flat, state: State, total: int, temperature: float) -> None:
    """Keep this step or take it back: what costs less than before always stays."""
    after, before = weighed(flat, state.figures[TOTAL]), weighed(flat, total)
    if after < before - temperature * math.log(1.0 - chance(state)):
        accept(flat, state)
    else:
        take_back(flat, state, total)


@compiled
def improve(flat: Flat, state: State, iterations: int, temperature: float) -> None:
    """Do so many steps of ruin and recreate at this temperature; the best plan is remembered."""
    for _ in range(iterations):
        total = state.figures[TOTAL]
        draw_waiting(state)
        ruin(flat, state)
        put_in_order(flat, state)
        for index in range(state.figures[BATCH]):
            serve_one(flat, state, state.batch[index], BLINK)
        reckon_balance(flat, state)
        decide(flat, state, total, temperature)


@compiled
def serve(flat: Flat, state: State, queue: Integers) -> int:
    """Put each waiting job of the queue in its cheapest place if that pays; tell how many."""
    served = 0
    for job in queue:
        if state.technician_of[job] < 0:
            served += serve_one(flat, state, job, 0.0)
    reckon_balance(flat, state)
    accept(flat, state)
    return served
