"""Straight-line distance over the globe, one pair or a whole table at once.

How long the trip takes is in `travel`. Reference: `geopy.distance.great_circle`, within 0.1 m.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dispatch.geo.point import Point

# Mean earth radius (2a + b) / 3 of the WGS 84 ellipsoid, the figure geopy uses.
EARTH_RADIUS_METRES = 6_371_009.0


def distance_metres(origin: Point, destination: Point) -> float:
    """How far it is in a straight line, in metres.

    >>> round(distance_metres(Point(42.5063, 1.5218), Point(42.5423, 1.7335)))
    17805
    """
    return float(great_circle_metres([origin], [destination])[0, 0])


def great_circle_metres(
    origins: Sequence[Point], destinations: Sequence[Point]
) -> NDArray[np.float64]:
    """How far every destination is from every origin in a straight line, in metres.

    One row per origin, one column per destination. The angle is taken between the sum and the
    difference of two unit vectors, which stays exact for neighbours and for antipodes, and gives
    the same figure there and back.

    >>> great_circle_metres([Point(0, 0)], [Point(0, 0), Point(0, 1)]).round().tolist()
    [[0.0, 111195.0]]
    """
    here = _unit_vectors(origins)[:, :, np.newaxis]
    there = _unit_vectors(destinations)[:, np.newaxis, :]
    apart = np.sqrt(np.square(here - there).sum(axis=0))
    together = np.sqrt(np.square(here + there).sum(axis=0))
    return np.asarray(2 * EARTH_RADIUS_METRES * np.arctan2(apart, together), dtype=np.float64)


def _unit_vectors(points: Sequence[Point]) -> NDArray[np.float64]:
    lat = np.radians(np.array([point.lat for point in points], dtype=np.float64))
    lon = np.radians(np.array([point.lon for point in points], dtype=np.float64))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
