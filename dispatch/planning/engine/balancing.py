"""What an uneven day costs, compiled: exact for the whole plan, a guess for one more job.

The readable rule is `rules.balance`.
"""

from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import Flat
from dispatch.planning.engine.state import BALANCE, MEAN, TOTAL, State


@compiled
def reckon_balance(flat: Flat, state: State) -> None:
    """Bring the total up to date with how unevenly work and travel are shared."""
    if flat.balance == 0:
        return
    used, together, above = 0, 0, 0
    for who in range(len(state.routes)):
        if state.routes[who].count:
            used += 1
            together += state.routes[who].load
    mean = together // used if used else 0
    for who in range(len(state.routes)):
        if state.routes[who].count:
            above += max(0, state.routes[who].load - mean)
    state.figures[TOTAL] += flat.balance * above - state.figures[BALANCE]
    state.figures[BALANCE] = flat.balance * above
    state.figures[MEAN] = mean


@compiled
def unbalancing(flat: Flat, state: State, who: int, duration: int) -> int:
    """Guess what one more job of this length on a route adds, the mean staying as it was."""
    over = state.routes[who].load - state.figures[MEAN]
    return int(flat.balance * (max(0, over + duration) - max(0, over)))
