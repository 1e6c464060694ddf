"""Driving time from straight-line distance and a region's speeds, in whole seconds.

The distances are in `distance`, the speeds in `speeds`; road networks plug in elsewhere.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dispatch.geo.distance import great_circle_metres, metres_between, unit_vectors
from dispatch.geo.point import Point
from dispatch.geo.speeds import DayPart, SpeedProfile, speed_profile


def travel_seconds(
    origin: Point,
    destination: Point,
    profile: str | SpeedProfile,
    *,
    day_part: DayPart = DayPart.OFF_PEAK,
) -> int:
    """How long the drive takes, in whole seconds, rounded up so that nobody is promised too early.

    >>> travel_seconds(Point(42.5063, 1.5218), Point(42.5423, 1.7335), "mountain")
    2701
    """
    metres = great_circle_metres([origin], [destination])
    return int(_seconds(metres, profile, day_part)[0, 0])


def travel_matrix(
    locations: Sequence[Point],
    profile: str | SpeedProfile,
    *,
    day_part: DayPart = DayPart.OFF_PEAK,
) -> list[list[int]]:
    """How long the drive takes from each place (row) to each other (column), in whole seconds.

    Zero on the diagonal, the same there and back, and never shorter for a longer distance.

    >>> travel_matrix([Point(42.5063, 1.5218), Point(42.5094, 1.5398)], "urban")
    [[0, 239], [239, 0]]
    """
    seconds = _seconds(great_circle_metres(locations, locations), profile, day_part)
    rows: list[list[int]] = seconds.tolist()
    return rows


def travel_block(
    locations: Sequence[Point], profile: str | SpeedProfile, *, rows_at_once: int = 16
) -> NDArray[np.int32]:
    """Give the same matrix as one block of numbers, worked out some rows at a time.

    So few that they stay in the fast memory; the way back is the way there, and taken from it.

    >>> travel_block([Point(42.5063, 1.5218), Point(42.5094, 1.5398)], "urban").tolist()
    [[0, 239], [239, 0]]
    """
    block = np.empty((len(locations), len(locations)), dtype=np.int32)
    vectors = unit_vectors(locations)
    for first in range(0, len(locations), rows_at_once):
        rows = slice(first, first + rows_at_once)
        metres = metres_between(vectors[:, rows], vectors[:, first:])
        seconds = _seconds(metres, profile, DayPart.OFF_PEAK)
        block[rows, first:] = seconds
        block[first:, rows] = seconds.T
    return block


def travel_between(
    origins: Sequence[Point],
    destinations: Sequence[Point],
    profile: str | SpeedProfile,
) -> NDArray[np.int32]:
    """Give the drive from each of some places (row) to each of others (column), in whole seconds.

    >>> travel_between([Point(42.5063, 1.5218)], [Point(42.5094, 1.5398)], "urban").tolist()
    [[239]]
    """
    metres = great_circle_metres(origins, destinations)
    return _seconds(metres, profile, DayPart.OFF_PEAK).astype(np.int32)


def nearest(origin: Point, places: Sequence[Point], *, count: int = 1) -> tuple[int, ...]:
    """Which of these places lie closest in a straight line, nearest first, as their positions.

    Places equally far keep the order they were given in; fewer are answered if fewer exist.

    >>> nearest(Point(0, 0), [Point(0, 2), Point(0, 1), Point(0, 3)], count=2)
    (1, 0)
    """
    metres = great_circle_metres([origin], places)[0]
    return tuple(int(index) for index in np.argsort(metres, kind="stable")[:count])


def _seconds(
    metres: NDArray[np.float64], profile: str | SpeedProfile, day_part: DayPart
) -> NDArray[np.int64]:
    speeds = speed_profile(profile) if isinstance(profile, str) else profile
    lengths, times = zip(*speeds.curve, strict=True)
    seconds = np.interp(metres, lengths, times) * speeds.factor(day_part)
    return np.asarray(np.ceil(seconds), dtype=np.int64)
