"""A deadline told in a sentence: what was counted, what was not, and when it falls due.

The sentence is read by the person who asks why; nothing is computed from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from dispatch.agreements import Promise, RelativeMode, RelativeTarget, TargetDuration
from dispatch.hours import Calendar, SpanKind, TrailSpan, calendar_day, service_day

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPANS_TOLD = 4
HOUR = 3600
MINUTE = 60


def why_due(
    calendar: Calendar,
    trail: Sequence[TrailSpan],
    *,
    promise: Promise,
    start: datetime,
    due: datetime,
) -> str:
    """Say how a due instant came about, from its trail.

    >>> from datetime import UTC, timedelta
    >>> from dispatch.hours import explain
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> call = datetime(2026, 6, 2, 7, tzinfo=UTC)
    >>> due = call + timedelta(hours=2)
    >>> trail = explain(always, call, due)
    >>> why_due(always, trail, promise=TargetDuration(7200), start=call, due=due)
    '2 h of service time: 2 h from Tue 2 Jun 09:00; due Tue 2 Jun 2026 11:00 (Europe/Paris).'
    """
    match promise:
        case TargetDuration():
            told = f"{duration(promise.seconds)} of service time: {_counted(calendar, trail)}"
        case RelativeTarget(mode=RelativeMode.END_OF_DAY):
            told = _named_calendar_day(calendar, start, promise.days)
            trail = [span for span in trail if span.kind is not SpanKind.HOLIDAY]  # they count here
        case RelativeTarget():
            told = _named_day(calendar, start, promise)
    asides = "".join(f"; {aside}" for aside in _asides(calendar, trail, start, due))
    return f"{told}{asides}; due {when(calendar, due, with_year=True)} ({calendar.zone})."


def why_paused(calendar: Calendar, since: datetime, left_seconds: int | None) -> str:
    """Say since when nothing counts, and what is left.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> why_paused(always, datetime(2026, 6, 2, 8, 30, tzinfo=UTC), 9000)
    'Paused since Tue 2 Jun 2026 10:30 with 2 h 30 min left: no due until work is resumed.'
    """
    left = "" if left_seconds is None else f" with {duration(left_seconds)} left"
    since_when = when(calendar, since, with_year=True)
    return f"Paused since {since_when}{left}: no due until work is resumed."


def duration(seconds: int) -> str:
    """Write seconds as people say them.

    >>> duration(9035)
    '2 h 30 min 35 s'
    """
    parts = (
        (seconds // HOUR, "h"),
        (seconds % HOUR // MINUTE, "min"),
        (seconds % MINUTE, "s"),
    )
    return " ".join(f"{amount} {unit}" for amount, unit in parts if amount) or "0 s"


def when(calendar: Calendar, instant: datetime, *, with_year: bool = False) -> str:
    """Write an instant in the calendar's zone; in an hour that comes twice, with its offset.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> when(always, datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    'Sun 25 Oct 02:30 (+01:00)'
    """
    local = instant.astimezone(calendar.zone_info)
    day = _day(local.date()) + (f" {local.year}" if with_year else "")
    seconds = f":{local:%S}" if local.second else ""
    twice = f" ({local.isoformat()[-6:]})" if _comes_twice(local) else ""
    return f"{day} {local:%H:%M}{seconds}{twice}"


def _day(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _counted(calendar: Calendar, trail: Sequence[TrailSpan]) -> str:
    counted = [span for span in trail if span.kind is SpanKind.COUNTED]
    passed_over = len(counted) - SPANS_TOLD
    if passed_over <= 0:
        return _told(calendar, counted)
    more = f"{passed_over} more span{'s' * (passed_over > 1)}"
    first, last = counted[: SPANS_TOLD - 1], counted[-1:]
    return f"{_told(calendar, first)}, {more}, {_told(calendar, last)}"


def _told(calendar: Calendar, counted: Iterable[TrailSpan]) -> str:
    return ", ".join(
        f"{duration(span.seconds)} from {when(calendar, span.start)}" for span in counted
    )


def _named_day(calendar: Calendar, start: datetime, target: RelativeTarget) -> str:
    received = service_day(calendar, start)
    named = service_day(calendar, start, target.days)
    match target.mode:
        case RelativeMode.CLOSE:
            point = "by its last closing"
        case RelativeMode.BY:
            point = f"by {target.minutes // MINUTE:02}:{target.minutes % MINUTE:02}"
        case RelativeMode.HOURS:
            point = f"after its first {duration(target.minutes * MINUTE)} of service"
    days = f"service day {target.days} after it is {_day(named)}" if target.days else "the same day"
    return f"Received for {_day(received)}, {days}, {point}"


def _named_calendar_day(calendar: Calendar, start: datetime, days: int) -> str:
    received = f"Received on {_day(calendar_day(calendar, start))}"
    if not days:
        return f"{received}, by the end of the same day"
    later = "the next day" if days == 1 else f"{days} days later"
    return f"{received}, by the end of {_day(calendar_day(calendar, start, days))}, {later}"


def _asides(
    calendar: Calendar, trail: Sequence[TrailSpan], start: datetime, due: datetime
) -> Iterator[str]:
    holidays = (span.note for span in trail if span.kind is SpanKind.HOLIDAY)
    days = dict.fromkeys(_day(date.fromisoformat(note)) for note in holidays)
    if days:
        yield f"closed on {', '.join(days)} (holiday)"
    paused = sum(span.seconds for span in trail if span.kind is SpanKind.PAUSED)
    if paused:
        yield f"{duration(paused)} of service paused"
    offsets = {each.astimezone(calendar.zone_info).utcoffset() for each in (start, due)}
    if len(offsets) > 1:
        yield "the clocks change in between"
