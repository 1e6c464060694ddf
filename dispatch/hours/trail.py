"""The deadline trail: every span between a clock's start and its due, and why it counts or not.

It explains what `counting` computes; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dispatch.hours.calendar import MINUTES_PER_DAY, Calendar
from dispatch.hours.edges import closing_edge, local_day, opening_edge
from dispatch.hours.instants import from_seconds, to_seconds
from dispatch.hours.pauses import Pause, without
from dispatch.hours.spans import Stretch, joined, open_stretches


class SpanKind(StrEnum):
    """Why a span counts, or does not."""

    COUNTED = "counted"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class TrailSpan:
    """One stretch of the trail in UTC; `note` is the pause's reason or the holiday's date.

    `author` is who recorded the pause; nobody decides that it is night or a holiday.
    """

    kind: SpanKind
    start: datetime
    end: datetime
    note: str = ""
    author: str = ""

    @property
    def seconds(self) -> int:
        """Elapsed seconds, counted or not."""
        return to_seconds(self.end) - to_seconds(self.start)


def explain(
    calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> tuple[TrailSpan, ...]:
    """Tell what every second between two instants was: counted, closed, holiday or paused.

    Spans follow each other without a gap. A pause shows only where service was open; where two
    pauses overlap, the one that began first is named.

    >>> from datetime import UTC
    >>> from dispatch.hours.calendar import Window, every_weekday
    >>> office = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
    >>> evening = datetime(2026, 6, 2, 14, tzinfo=UTC)
    >>> trail = explain(office, evening, evening.replace(day=3, hour=7))
    >>> [(span.kind.value, span.seconds // 3600) for span in trail]
    [('counted', 1), ('closed', 15), ('counted', 1)]
    """
    whole = (to_seconds(start), to_seconds(end))
    if whole[0] >= whole[1]:
        return ()
    service = tuple(joined(open_stretches(calendar, *whole)))
    closed = tuple(without([whole], service))
    spans = [*_service_spans(service, pauses), *_closed_spans(closed, calendar)]
    return tuple(sorted(spans, key=lambda span: span.start))


def _service_spans(service: tuple[Stretch, ...], pauses: Iterable[Pause]) -> Iterator[TrailSpan]:
    for pause in sorted(pauses, key=lambda pause: pause.stretch):
        paused = _inside(service, pause.stretch)
        yield from _spans(SpanKind.PAUSED, paused, pause.reason, pause.author)
        service = tuple(without(service, (pause.stretch,)))
    yield from _spans(SpanKind.COUNTED, service)


def _closed_spans(closed: tuple[Stretch, ...], calendar: Calendar) -> Iterator[TrailSpan]:
    for holiday in _holidays_lost(closed, calendar):
        local = _whole_day(calendar, holiday)
        yield from _spans(SpanKind.HOLIDAY, _inside(closed, local), holiday.isoformat())
        closed = tuple(without(closed, (local,)))
    yield from _spans(SpanKind.CLOSED, closed)


def _holidays_lost(closed: tuple[Stretch, ...], calendar: Calendar) -> list[date]:
    if not closed or calendar.always_open:
        return []
    first = local_day(calendar.zone_info, closed[0][0])
    last = local_day(calendar.zone_info, closed[-1][1] - 1)
    between = (day for day in sorted(calendar.holidays) if first <= day.toordinal() <= last)
    return [day for day in between if calendar.is_lost_to_holiday(day)]


def _whole_day(calendar: Calendar, day: date) -> Stretch:
    zone = calendar.zone_info
    return opening_edge(zone, day, 0), closing_edge(zone, day, MINUTES_PER_DAY)


def _inside(stretches: Iterable[Stretch], limit: Stretch) -> Iterator[Stretch]:
    clipped = ((max(start, limit[0]), min(end, limit[1])) for start, end in stretches)
    return (stretch for stretch in clipped if stretch[0] < stretch[1])


def _spans(
    kind: SpanKind, stretches: Iterable[Stretch], note: str = "", author: str = ""
) -> Iterator[TrailSpan]:
    return (TrailSpan(kind, from_seconds(a), from_seconds(b), note, author) for a, b in stretches)
