"""Changes of a plan in the making, compiled: each can be taken back until it is accepted."""

from dispatch.planning.engine.appointing import (
    forget_links,
    recall_links,
    remember_links,
    take_over_links,
)
from dispatch.planning.engine.arrays import Integers, Small
from dispatch.planning.engine.balancing import reckon_balance
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.pricing import weighed
from dispatch.planning.engine.renewing import renew
from dispatch.planning.engine.state import (
    BALANCE,
    BALANCE_BEFORE,
    BATCH,
    BEST,
    TOTAL,
    TOUCHED,
    WAITING,
    State,
)


@compiled
def leave_out(flat: Flat, state: State, job: int) -> None:
    """Put a job among those nobody serves."""
    waiting = state.figures[WAITING]
    state.waiting[waiting] = job
    state.position_of[job] = waiting
    state.figures[WAITING] = waiting + 1
    state.technician_of[job] = -1
    state.figures[TOTAL] += flat.jobs[job].drop


@compiled
def take_up(flat: Flat, state: State, job: int, who: int) -> None:
    """Take a job from those nobody serves."""
    last = state.figures[WAITING] - 1
    moved, position = state.waiting[last], state.position_of[job]
    state.waiting[position] = moved
    state.position_of[moved] = position
    state.figures[WAITING] = last
    state.technician_of[job] = who
    state.figures[TOTAL] -= flat.jobs[job].drop


@compiled
def touch(state: State, who: int) -> None:
    """Remember a route before its first change, so that the change can be taken back."""
    if state.routes[who].saved_count >= 0:
        return
    count = state.routes[who].count
    state.routes[who].saved_count = count
    state.routes[who].saved_version = state.routes[who].version
    for position in range(count):
        state.saved_stops[who, position] = state.stops[who, position]
    state.touched[state.figures[TOUCHED]] = who
    state.figures[TOUCHED] += 1


@compiled
def insert(flat: Flat, state: State, job: int, who: int, position: int) -> None:
    """Serve a job that was left out."""
    put(flat, state, job, who, position)
    take_up(flat, state, job, who)


@compiled
def put(flat: Flat, state: State, job: int, who: int, position: int) -> None:
    """Make a job a stop of this route, whoever else serves it too."""
    touch(state, who)
    before = state.routes[who].cost
    for index in range(state.routes[who].count, position, -1):
        state.stops[who, index] = state.stops[who, index - 1]
    state.stops[who, position] = job
    state.routes[who].count += 1
    renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost - before


@compiled
def set_aside(flat: Flat, state: State, job: int) -> None:
    """Leave a job out, to be served again in this step; one of a crew only once."""
    if state.technician_of[job] >= 0:
        leave_out(flat, state, job)
        state.batch[state.figures[BATCH]] = job
        state.figures[BATCH] += 1


@compiled
def remove(
    flat: Flat, state: State, who: int, first: int, gap: int, spared: int, size: int
) -> None:
    """Leave out `size` jobs of a route from `first` on, sparing some after the first `gap`.

    What is removed joins the batch that is served again.
    """
    touch(state, who)
    before, count, kept = state.routes[who].cost, state.routes[who].count, 0
    for index in range(count):
        job, at = state.stops[who, index], index - first
        if 0 <= at < size + spared and not gap <= at < gap + spared:
            set_aside(flat, state, job)
        else:
            state.stops[who, kept] = job
            kept += 1
    state.routes[who].count = kept
    renew(flat, state, who)
    # A shorter way by a detour can make the rest impossible; then the whole route is given up.
    if state.routes[who].cost >= FORBIDDEN:
        for index in range(kept):
            set_aside(flat, state, state.stops[who, index])
        state.routes[who].count = 0
        renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost - before


@compiled
def take_back(flat: Flat, state: State, total: int) -> None:
    """Undo this step: every touched route as it was, and who waits."""
    for index in range(state.figures[BATCH]):
        job = state.batch[index]
        if state.technician_of[job] >= 0:
            leave_out(flat, state, job)
    recall_links(flat, state)
    for index in range(state.figures[TOUCHED]):
        who = state.touched[index]
        count = state.routes[who].saved_count
        state.routes[who].count = count
        for position in range(count):
            job = state.saved_stops[who, position]
            state.stops[who, position] = job
            if state.technician_of[job] < 0:
                take_up(flat, state, job, who)
            state.technician_of[job] = who
        renew(flat, state, who)
        state.routes[who].version = state.routes[who].saved_version
        state.routes[who].saved_count = -1
    state.figures[TOUCHED] = 0
    state.figures[TOTAL] = total
    state.figures[BALANCE] = state.figures[BALANCE_BEFORE]


@compiled
def accept(flat: Flat, state: State) -> None:
    """Keep this step, and the whole plan if it is the best so far."""
    for index in range(state.figures[TOUCHED]):
        who = state.touched[index]
        state.routes[who].is_changed = 1
        state.routes[who].saved_count = -1
    state.figures[TOUCHED] = 0
    state.figures[BALANCE_BEFORE] = state.figures[BALANCE]
    remember_links(state)
    if weighed(flat, state.figures[TOTAL]) < weighed(flat, state.figures[BEST]):
        keep_best(state)


@compiled
def keep_best(state: State) -> None:
    """Remember the routes as the best so far."""
    state.figures[BEST] = state.figures[TOTAL]
    for link in range(len(state.appointments)):
        state.appointments[link].best = state.appointments[link].start
    for who in range(len(state.routes)):
        if state.routes[who].is_changed:
            state.routes[who].is_changed = 0
            state.routes[who].best_count = state.routes[who].count
            for position in range(state.routes[who].count):
                state.best_stops[who, position] = state.stops[who, position]


@compiled
def load(flat: Flat, state: State, who: int, jobs: Integers) -> None:
    """Give an idle technician these jobs in order."""
    touch(state, who)
    for job in jobs:
        state.stops[who, state.routes[who].count] = job
        state.routes[who].count += 1
        take_up(flat, state, job, who)
    renew(flat, state, who)
    state.figures[TOTAL] += state.routes[who].cost
    reckon_balance(flat, state)
    accept(flat, state)


@compiled
def adopt(flat: Flat, state: State, counts: Integers, rows: Small, starts: Integers) -> None:
    """Go on from these routes instead, and hold them for the best if they are.

    `starts` are the appointments of the jobs that depend on others.
    """
    state.figures[TOTAL] -= state.figures[BALANCE]
    state.figures[BALANCE] = 0
    forget_links(flat, state)
    for who in range(len(state.routes)):
        for position in range(state.routes[who].count):
            if state.technician_of[state.stops[who, position]] >= 0:
                leave_out(flat, state, state.stops[who, position])
        state.figures[TOTAL] -= state.routes[who].cost
        state.routes[who].count = 0
        state.routes[who].is_changed = 1
    take_over_links(flat, state, counts, rows, starts)
    for who in range(len(state.routes)):
        for position in range(counts[who]):
            state.stops[who, position] = rows[who, position]
            if state.technician_of[rows[who, position]] < 0:
                take_up(flat, state, rows[who, position], who)
        state.routes[who].count = counts[who]
        renew(flat, state, who)
        state.figures[TOTAL] += state.routes[who].cost
    reckon_balance(flat, state)
    accept(flat, state)
