"""Whether a place lies within an outline drawn on the map.

Outlines are rings of corners in degrees; how they are stored and who draws them is the server's.
"""

from collections.abc import Sequence
from itertools import pairwise

from dispatch.geo.point import Point

Ring = Sequence[tuple[float, float]]


def lies_within(place: Point, rings: Sequence[Ring]) -> bool:
    """Tell whether a place is inside the first ring and in none of the others, its holes.

    Corners are (longitude, latitude) in degrees, the first again at the end, as GeoJSON has them
    (RFC 7946, 3.1.6). Sides are straight lines of longitude and latitude. On a side counts as on
    one of its two shores, so that two regions with a common border never both hold a place.

    >>> square = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]
    >>> hole = [(0.5, 0.5), (1, 0.5), (1, 1), (0.5, 1), (0.5, 0.5)]
    >>> lies_within(Point(1.5, 1.5), [square, hole]), lies_within(Point(0.7, 0.7), [square, hole])
    (True, False)
    """
    if not rings:
        return False
    edge, *holes = rings
    return _is_in(place, edge) and not any(_is_in(place, hole) for hole in holes)


def _is_in(place: Point, ring: Ring) -> bool:
    """Count the sides that a line due east crosses: an odd number of them is inside."""
    crossings = 0
    for (west, south), (east, north) in pairwise(ring):
        if (south > place.lat) == (north > place.lat):
            continue
        crossing = west + (east - west) * (place.lat - south) / (north - south)
        crossings += place.lon < crossing
    return crossings % 2 == 1
