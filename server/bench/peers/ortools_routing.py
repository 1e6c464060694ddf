"""OR-Tools' routing library, by guided local search and by its own ruin and recreate.

The model is the one behind `palier solve --engine ortools-routing`; without our repairs.
"""

from collections.abc import Iterator

from dispatch.planning import Problem
from dispatch.planning.repair import Routes
from dispatch.planning.routing import routed, routed_by_ruining
from server.bench.peers.meter import Meter


def routes(problem: Problem, meter: Meter, seed: int) -> Iterator[Routes]:
    """Answer a plan for each method, half the time each; it draws nothing, so no seed is used."""
    del seed
    half = meter.budget / 2
    yield routed(problem, is_over=lambda: meter.used >= half, seconds=meter.wall)
    if meter.left > 0:
        yield routed_by_ruining(problem, meter.pace)
