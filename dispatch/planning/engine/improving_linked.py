"""Ruin and recreate where jobs depend on each other, compiled: the twin of `improving`.

Apart from it, so that the many days without such jobs neither wait for it nor for its compilation.
"""

from dispatch.planning.engine.arrays import Integers
from dispatch.planning.engine.balancing import reckon_balance
from dispatch.planning.engine.changing import accept
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import Flat
from dispatch.planning.engine.improving import (
    BLINK,
    decide,
    draw_waiting,
    put_in_order,
    serve_one,
)
from dispatch.planning.engine.joining import join
from dispatch.planning.engine.linking import sever
from dispatch.planning.engine.ruining import ruin
from dispatch.planning.engine.settling import settle
from dispatch.planning.engine.state import BATCH, TOTAL, State


@compiled
def serve_batch(flat: Flat, state: State, blink: float) -> int:
    """Serve the waiting jobs of the batch in turn where that pays; tell how many."""
    served, count = 0, state.figures[BATCH]
    for turn in range(2):
        for index in range(count):
            job = state.batch[index]
            if flat.link_of[job] >= 0:
                # In the second round what waited for others of the batch may go too.
                served += join(flat, state, job, blink)
            elif turn == 0:
                served += serve_one(flat, state, job, blink)
    settle(flat, state)
    reckon_balance(flat, state)
    return served


@compiled
def improve_linked(flat: Flat, state: State, iterations: int, temperature: float) -> None:
    """Do so many steps of ruin and recreate at this temperature; the best plan is remembered."""
    for _ in range(iterations):
        total = state.figures[TOTAL]
        draw_waiting(state)
        ruin(flat, state)
        sever(flat, state, 0)
        put_in_order(flat, state)
        serve_batch(flat, state, BLINK)
        decide(flat, state, total, temperature)


@compiled
def serve_linked(flat: Flat, state: State, queue: Integers) -> int:
    """Serve each waiting job of the queue if that pays; tell how many."""
    state.figures[BATCH] = 0
    for job in queue:
        if state.technician_of[job] < 0:
            state.batch[state.figures[BATCH]] = job
            state.figures[BATCH] += 1
    served = serve_batch(flat, state, 0.0)
    accept(flat, state)
    return served
