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

    One row per origin, one column per destination, the same figure there and back.

    >>> great_circle_metres([Point(0, 0)], [Point(0, 0), Point(0, 1)]).round().tolist()
    [[0.0, 111195.0]]
    """
    return metres_between(unit_vectors(origins), unit_vectors(destinations))


def metres_between(
    origins: NDArray[np.float64], destinations: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The same for places as unit vectors, one coordinate a row.

    The angle is taken between the sum and the difference of two unit vectors, which stays exact
    for neighbours and for antipodes. Worked out in place, for such a table may be large.
    """
    apart = _lengths(np.subtract, origins, destinations)
    together = _lengths(np.add, origins, destinations)
    metres = np.arctan2(apart, together, out=apart)
    metres *= 2 * EARTH_RADIUS_METRES
    return metres


def _lengths(
    combined: np.ufunc, origins: NDArray[np.float64], destinations: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How long the sum or the difference is of each vector of the one and each of the other."""
    squares = np.zeros((origins.shape[1], destinations.shape[1]))
    for here, there in zip(origins, destinations, strict=True):
        coordinate = combined(here[:, np.newaxis], there)
        coordinate *= coordinate
        squares += coordinate
    return np.sqrt(squares, out=squares)


def unit_vectors(points: Sequence[Point]) -> NDArray[np.float64]:
    """Places as vectors of length 1 from the middle of the earth, one coordinate a row."""
    lat = np.radians(np.array([point.lat for point in points], dtype=np.float64))
    lon = np.radians(np.array([point.lon for point in points], dtype=np.float64))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
