"""Where a working day went: on the road, waiting for parts, on site, and the rest of the shift.

The four parts of a shift add up to it to the second. What counts as a shift is `dispatch.roster`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from dispatch.hours.pauses import without
from dispatch.hours.spans import Stretch, joined
from dispatch.measures.availability import Interval

NIGHT_BEGINS, NIGHT_ENDS = time(22), time(6)


@dataclass(frozen=True, slots=True)
class Done:
    """What one technician did: ways, times on site, and times of those waiting for parts."""

    travel: tuple[Interval, ...] = ()
    on_site: tuple[Interval, ...] = ()
    waiting: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftParts:
    """Whole seconds of a shift, or of several; the rest is whatever nobody wrote down."""

    travel: int = 0
    waiting: int = 0
    on_site: int = 0
    rest: int = 0

    @property
    def whole(self) -> int:
        """All of the shift."""
        return self.travel + self.waiting + self.on_site + self.rest

    def __add__(self, other: ShiftParts) -> ShiftParts:
        return ShiftParts(
            self.travel + other.travel,
            self.waiting + other.waiting,
            self.on_site + other.on_site,
            self.rest + other.rest,
        )


def shift_parts(shift: Interval, done: Done) -> ShiftParts:
    """Share a shift out; a second counts once: as waiting before on site, as on site before travel.

    >>> from datetime import UTC, datetime
    >>> def at(hour: int) -> datetime:
    ...     return datetime(2026, 6, 2, hour, tzinfo=UTC)
    >>> way, there = Interval(at(7), at(9)), Interval(at(9), at(12))
    >>> done = Done((way,), (there,), (Interval(at(11), at(12)),))
    >>> parts = shift_parts(Interval(at(8), at(16)), done)
    >>> [each // 3600 for each in (parts.travel, parts.waiting, parts.on_site, parts.rest)]
    [1, 1, 2, 4]
    """
    left: tuple[Stretch, ...] = (shift.stretch,)
    counted = []
    for kind in (done.waiting, done.on_site, done.travel):
        after = tuple(without(left, _union(each for each in kind if _meet(each, shift))))
        counted.append(_total(left) - _total(after))
        left = after
    waiting, on_site, travel = counted
    return ShiftParts(travel, waiting, on_site, _total(left))


def overtime_seconds(worked: Iterable[Interval], duties: Iterable[Interval]) -> int:
    """Seconds worked outside every shift and every hour on call.

    >>> from datetime import UTC, datetime
    >>> def at(hour: int) -> datetime:
    ...     return datetime(2026, 6, 2, hour, tzinfo=UTC)
    >>> overtime_seconds([Interval(at(8), at(17))], [Interval(at(8), at(16))])
    3600
    """
    return _total(tuple(without(_union(worked), _union(duties))))


def is_at_night(interval: Interval, zone: str) -> bool:
    """Whether somebody set out between 22:00 and 6:00 on the clocks of the place.

    >>> from datetime import UTC, datetime
    >>> is_at_night(Interval(datetime(2026, 6, 2, 20, 30, tzinfo=UTC), None), "Europe/Paris")
    True
    """
    local = interval.start.astimezone(ZoneInfo(zone)).time()
    return local >= NIGHT_BEGINS or local < NIGHT_ENDS


def _meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals share any time: of a quarter's ways a shift sees its own alone."""
    return (one.end is None or one.end > other.start) and (
        other.end is None or one.start < other.end
    )


def _union(intervals: Iterable[Interval]) -> tuple[Stretch, ...]:
    return tuple(joined(sorted(interval.stretch for interval in intervals)))


def _total(stretches: tuple[Stretch, ...]) -> int:
    return sum(end - start for start, end in stretches)
