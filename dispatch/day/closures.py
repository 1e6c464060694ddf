"""Roads that are closed or slow: what they add to the drives of a day that lead there or through.

A drive is taken as the straight line between its ends: near enough to ask what a closure would do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatch.geo import Point
from dispatch.planning.durations import Durations

METRES_A_DEGREE = 111_320.0
NEAR_METRES = 300.0  # of a place, for a closure between two


@dataclass(frozen=True, slots=True)
class Closure:
    """Every drive through a circle takes longer; with `to`, only those between the two places."""

    at: Point
    extra_seconds: int
    radius_metres: float = NEAR_METRES
    to: Point | None = None


def with_closures(
    durations: Durations, points: Sequence[Point], closures: Sequence[Closure]
) -> Durations:
    """The drives between these points with what the closures add.

    >>> with_closures(Durations(np.zeros((0, 0), dtype=np.int32)), [], []).block.shape
    (0, 0)
    """
    if not closures or not points:
        return durations
    block = durations.block.copy()
    for closure in closures:
        touched = _touched(points, closure)
        block[touched & (block > 0)] += closure.extra_seconds
    return Durations(block)


def _touched(points: Sequence[Point], closure: Closure) -> NDArray[np.bool_]:
    """Which drives, from each row to each column, a closure is in the way of."""
    flat = _flat(points, closure.at)
    if closure.to is not None:
        other = _flat([closure.to], closure.at)[0]
        here = np.hypot(flat[:, 0], flat[:, 1]) <= closure.radius_metres
        there = np.hypot(*(flat - other).T) <= closure.radius_metres
        both: NDArray[np.bool_] = here[:, None] & there[None, :]
        return both | both.T
    passes: NDArray[np.bool_] = _distance_to_origin(flat) <= closure.radius_metres
    return passes


def _flat(points: Sequence[Point], origin: Point) -> NDArray[np.float64]:
    """Metres east and north of the origin."""
    wide = METRES_A_DEGREE * np.cos(np.radians(origin.lat))
    east = [(each.lon - origin.lon) * wide for each in points]
    north = [(each.lat - origin.lat) * METRES_A_DEGREE for each in points]
    return np.array([east, north], dtype=np.float64).T


def _distance_to_origin(flat: NDArray[np.float64]) -> NDArray[np.float64]:
    """How near the line from each point to each other passes to the origin."""
    begins = flat[:, None, :]
    along = flat[None, :, :] - begins
    length = np.maximum((along**2).sum(axis=2), 1e-9)
    share = np.clip(-(begins * along).sum(axis=2) / length, 0.0, 1.0)
    nearest = begins + share[:, :, None] * along
    found: NDArray[np.float64] = np.hypot(nearest[:, :, 0], nearest[:, :, 1])
    return found
