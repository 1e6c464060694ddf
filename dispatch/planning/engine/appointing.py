"""When jobs that depend on others start, in a plan in the making, compiled: who does them and then.

Each begins when it is appointed to, on every route it is a stop of, so that routes do not wait for
each other. What its start costs is counted once in the total.
"""

from dispatch.planning.engine.arrays import Integers, Small
from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import FORBIDDEN, Flat
from dispatch.planning.engine.pricing import start_cost
from dispatch.planning.engine.state import TOTAL, State


@compiled
def appoint(flat: Flat, state: State, link: int, start: int) -> None:
    """Fix when a job starts, for everybody who does it."""
    job = flat.links[link].job
    state.appointments[link].start = start
    state.jobs[job].floor = state.jobs[job].kept_floor = state.jobs[job].latest = start


@compiled
def is_served(flat: Flat, state: State, link: int) -> bool:
    return bool(state.technician_of[flat.links[link].job] >= 0)


@compiled
def is_in_crew(state: State, link: int, who: int) -> bool:
    """Tell whether this technician is one of those who do the job."""
    found = False
    for member in range(state.crews.shape[1]):
        found = found or state.crews[link, member] == who
    return found


@compiled
def cost_of_start(flat: Flat, link: int, start: int, is_kept: int) -> int:
    """What starting then costs; `is_kept` is 1 with whom it was announced in the crew, else 0."""
    job = flat.links[link].job
    cost = start_cost(flat.jobs, job, start, FORBIDDEN)
    is_promised = flat.jobs[job].keeper >= 0
    if is_promised and (not is_kept or start > flat.jobs[job].slip):
        cost += flat.jobs[job].slip_cost
    return int(cost)


@compiled
def appointment_cost(flat: Flat, state: State, link: int) -> int:
    """What the start of a served job costs as it is appointed."""
    is_kept = int(is_in_crew(state, link, flat.jobs[flat.links[link].job].keeper))
    return cost_of_start(flat, link, state.appointments[link].start, is_kept)


@compiled
def remember_links(state: State) -> None:
    """Hold on to crews and appointments as they are, for when the next step is taken back."""
    for link in range(len(state.appointments)):
        state.appointments[link].saved = state.appointments[link].start
        for member in range(state.crews.shape[1]):
            state.saved_crews[link, member] = state.crews[link, member]


@compiled
def recall_links(flat: Flat, state: State) -> None:
    """Undo what this step did to crews and appointments; routes are renewed afterwards."""
    for link in range(len(state.appointments)):
        appoint(flat, state, link, state.appointments[link].saved)
        for member in range(state.crews.shape[1]):
            state.crews[link, member] = state.saved_crews[link, member]


@compiled
def forget_links(flat: Flat, state: State) -> None:
    """Let nobody do any of these jobs any more."""
    for link in range(len(flat.links)):
        if state.crews[link, 0] >= 0:
            state.figures[TOTAL] -= appointment_cost(flat, state, link)
            for member in range(state.crews.shape[1]):
                state.crews[link, member] = -1


@compiled
def take_over_links(
    flat: Flat, state: State, counts: Integers, rows: Small, starts: Integers
) -> None:
    """Read from these routes who does each of these jobs, to begin at these starts."""
    for who in range(len(counts)):
        for position in range(counts[who]):
            link = flat.link_of[rows[who, position]]
            if link >= 0:
                member = 0
                while state.crews[link, member] >= 0:
                    member += 1
                state.crews[link, member] = who
    for link in range(len(flat.links)):
        if state.crews[link, 0] >= 0:
            appoint(flat, state, link, starts[link])
            state.figures[TOTAL] += appointment_cost(flat, state, link)
