"""Chance for compiled code: one sequence of numbers per thread, the same on any machine."""

import numpy as np

from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.state import State

STEP = np.uint64(0x9E3779B97F4A7C15)
MIX_1, MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
SHIFTS = (np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11))


@compiled
def chance(state: State) -> float:
    """Draw a number from 0 to below 1 (splitmix64); every thread has its own sequence."""
    state.random[0] += STEP
    drawn = state.random[0]
    drawn = (drawn ^ (drawn >> SHIFTS[0])) * MIX_1
    drawn = (drawn ^ (drawn >> SHIFTS[1])) * MIX_2
    drawn ^= drawn >> SHIFTS[2]
    return float(drawn >> SHIFTS[3]) * 2.0**-53


@compiled
def below(state: State, limit: int) -> int:
    """Draw a whole number from 0 to below the limit."""
    return int(chance(state) * limit)
