"""Open time as stretches of UTC seconds, day by day.

Pauses and targets are not known here: see `counting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache

from dispatch.hours.calendar import Calendar
from dispatch.hours.edges import closing_edge, local_day, opening_edge
from dispatch.hours.instants import from_seconds, to_seconds

Stretch = tuple[int, int]
DAYS_REMEMBERED = 1 << 16


def open_spans(
    calendar: Calendar, start: datetime, end: datetime
) -> tuple[tuple[datetime, datetime], ...]:
    """List when service is open between two instants: UTC pairs, half open, in order.

    >>> from datetime import UTC
    >>> from dispatch.hours.calendar import Window, every_weekday
    >>> office = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
    >>> monday = datetime(2026, 6, 1, tzinfo=UTC)
    >>> [span[1].hour for span in open_spans(office, monday, monday.replace(day=3))]
    [15, 15]
    """
    stretches = joined(open_stretches(calendar, to_seconds(start), to_seconds(end)))
    return tuple((from_seconds(opens), from_seconds(closes)) for opens, closes in stretches)


def open_stretches(calendar: Calendar, start: int, end: int) -> Iterator[Stretch]:
    """Give open time from start to end in order; neighbours may touch, never overlap.

    >>> list(open_stretches(Calendar("Europe/Paris", always_open=True), 0, 60))
    [(0, 60)]
    """
    if calendar.always_open:
        if start < end:
            yield start, end
        return
    zone = calendar.zone_info
    reached = start
    # yesterday first: a night window may still be open; the last day is the one that holds `end`
    for ordinal in range(local_day(zone, start) - 1, local_day(zone, end) + 1):
        for opens, closes in day_stretches(calendar, ordinal):
            if closes <= reached:
                continue
            # compared by hand: this is the innermost loop of every clock
            begins = opens if opens > reached else reached  # noqa: FURB136
            if begins >= end:
                return
            if closes >= end:
                yield begins, end
                return
            yield begins, closes
            reached = closes


@lru_cache(maxsize=DAYS_REMEMBERED)
def day_stretches(calendar: Calendar, ordinal: int) -> tuple[Stretch, ...]:
    """Give the open time of the windows that start on one local date (proleptic ordinal).

    >>> len(day_stretches(Calendar("Europe/Paris", always_open=True), date(2026, 6, 2).toordinal()))
    1
    """
    day = date.fromordinal(ordinal)
    zone = calendar.zone_info
    edges = (
        (opening_edge(zone, day, window.opens), closing_edge(zone, day, window.ends))
        for window in sorted(calendar.windows_on(day))
    )
    return tuple(joined((opens, closes) for opens, closes in edges if opens < closes))


def joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Merge ordered stretches that touch or overlap.

    >>> list(joined([(0, 5), (3, 8), (8, 9), (20, 21)]))
    [(0, 9), (20, 21)]
    """
    current: Stretch | None = None
    for start, end in stretches:
        if current is None:
            current = (start, end)
        elif start <= current[1]:
            current = (current[0], max(current[1], end))
        else:
            yield current
            current = (start, end)
    if current is not None:
        yield current
