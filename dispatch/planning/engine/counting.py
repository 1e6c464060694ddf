"""What the best plan keeps, compiled: how many jobs start late, the breaks on their best legs.

What a plan costs is in `pricing`; this only counts, for whoever watches a search.
"""

from dispatch.planning.engine.compiling import compiled
from dispatch.planning.engine.flat import Flat
from dispatch.planning.engine.resting import rest_leg, walked
from dispatch.planning.engine.state import State


@compiled
def late_in_best(flat: Flat, state: State) -> int:
    """Count the jobs of the best plan that start after they are due."""
    found = 0
    for who in range(len(flat.routes)):
        if state.routes[who].best_count:
            found += walked(flat, state, who, rest_leg(flat, state, who))[3]
    return found
