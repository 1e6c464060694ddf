"""The places of a day by number, and its instants as seconds: how the planner counts both.

Distances and speeds are `dispatch.geo`'s.
"""

from collections.abc import Sequence
from datetime import datetime

from dispatch.geo import Point, SpeedProfile, travel_matrix

MINUTE = 60


class Places:
    """Numbers for points, each point once, in the order they are first named."""

    __slots__ = ("_numbers",)

    def __init__(self) -> None:
        self._numbers: dict[Point, int] = {}

    def number(self, point: Point) -> int:
        """Give the point's number, a new one if it was not named before."""
        return self._numbers.setdefault(point, len(self._numbers))

    def durations(self, profile: str | SpeedProfile) -> Sequence[Sequence[int]]:
        """Give the travel between all places in whole minutes, so that visits start on one."""
        table = travel_matrix(list(self._numbers), profile)
        return tuple(tuple(_whole_minutes(seconds) for seconds in row) for row in table)


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
