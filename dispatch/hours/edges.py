"""Local edges of windows as UTC seconds, across clock changes.

Edges go by order, not by offset: a window opens at the first instant whose local time has reached
its opening, and closes after the last whose local time is still before its closing.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatch.hours.instants import to_seconds


def opening_edge(zone: ZoneInfo, day: date, minutes: int) -> int:
    """First instant at or after that local time, in UTC seconds.

    In the hour that clocks skip this is the change itself, in a repeated hour the first pass.

    >>> opening_edge(ZoneInfo("Europe/Paris"), date(2026, 3, 29), 150)  # 02:30 does not exist
    1774746000
    """
    first, second = _both_passes(zone, day, minutes)
    return first if first <= second else _clock_change(zone, second, first)


def closing_edge(zone: ZoneInfo, day: date, minutes: int) -> int:
    """Instant after which no local time lies before that edge any more, in UTC seconds.

    In the hour that clocks skip this is the change itself, in a repeated hour the second pass.

    >>> closing_edge(ZoneInfo("Europe/Paris"), date(2026, 10, 25), 150)  # 02:30, second pass
    1792891800
    """
    first, second = _both_passes(zone, day, minutes)
    if first == second:
        return first
    change = _clock_change(zone, min(first, second), max(first, second))
    if first > second:
        return change
    # clocks set back exactly to the edge never show an earlier time again
    return first if change == second else second


def local_day(zone: ZoneInfo, seconds: int) -> int:
    """Ordinal of the local date at an instant.

    >>> date.fromordinal(local_day(ZoneInfo("Europe/Paris"), 1782857400)).isoformat()
    '2026-07-01'
    """
    return datetime.fromtimestamp(seconds, zone).toordinal()


def _both_passes(zone: ZoneInfo, day: date, minutes: int) -> tuple[int, int]:
    wall = datetime.combine(day, time.min, tzinfo=zone) + timedelta(minutes=minutes)
    return to_seconds(wall.replace(fold=0)), to_seconds(wall.replace(fold=1))


def _clock_change(zone: ZoneInfo, before: int, after: int) -> int:
    offset = _offset(zone, before)
    span = range(before, after + 1)
    return span[bisect_left(span, True, key=lambda instant: _offset(zone, instant) != offset)]


def _offset(zone: ZoneInfo, seconds: int) -> timedelta | None:
    return datetime.fromtimestamp(seconds, zone).utcoffset()
