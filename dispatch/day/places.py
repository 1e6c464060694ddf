"""The places of a day by number, and its instants as seconds: how the planner counts both.

Distances and speeds are `dispatch.geo`'s.
"""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dispatch.geo import Point, SpeedProfile, travel_between, travel_block
from dispatch.planning.durations import Durations

MINUTE = 60


class Places:
    """Numbers for points, each point once, in the order they are first named.

    What was worked out about points is kept, for days of one region name most of them again.
    """

    __slots__ = ("_known", "_numbers", "_profile")

    def __init__(self) -> None:
        self._numbers: dict[Point, int] = {}
        self._known = Durations(np.empty((0, 0), dtype=np.int32))
        self._profile: str | SpeedProfile | None = None

    def number(self, point: Point) -> int:
        """Give the point's number, a new one if it was not named before."""
        return self._numbers.setdefault(point, len(self._numbers))

    @property
    def points(self) -> list[Point]:
        """The points in the order of their numbers."""
        return list(self._numbers)

    def durations(self, profile: str | SpeedProfile) -> Durations:
        """Give the travel between all places in whole minutes, so that visits start on one."""
        known = len(self._known) if profile == self._profile else 0
        points = list(self._numbers)
        if known < len(points) or profile != self._profile:
            self._known, self._profile = Durations(self._longer(points, known, profile)), profile
        return self._known

    def _longer(
        self, points: Sequence[Point], known: int, profile: str | SpeedProfile
    ) -> NDArray[np.int32]:
        if not known:
            return -(-travel_block(points, profile) // MINUTE) * MINUTE
        block = np.empty((len(points), len(points)), dtype=np.int32)
        block[:known, :known] = self._known.block
        new = travel_between(points[known:], points, profile)
        block[known:] = -(-new // MINUTE) * MINUTE
        block[:known, known:] = block[known:, :known].T  # the same there and back
        return block


def _whole_minutes(seconds: int) -> int:
    return -(-seconds // MINUTE) * MINUTE


def seconds_after(origin: datetime, instant: datetime) -> int:
    """Count whole seconds from the origin, an instant between two counting as the later.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> seconds_after(noon, noon.replace(second=3, microsecond=1))
    4
    """
    return -int((origin - instant).total_seconds() // 1)


def minute_after(origin: datetime, instant: datetime) -> int:
    """Count seconds from the origin to the next whole minute.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> minute_after(noon, noon.replace(second=3))
    60
    """
    return _whole_minutes(seconds_after(origin, instant))
