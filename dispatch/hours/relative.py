"""Targets that name a day: next working day by ten, close of the third working day, within a week.

A day is never a number of hours here; targets in seconds are counted in `counting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from dispatch.errors import Fault, Invalid, Refusal
from dispatch.hours.calendar import MINUTES_PER_DAY, Calendar
from dispatch.hours.counting import due
from dispatch.hours.edges import closing_edge, local_day, opening_edge
from dispatch.hours.instants import from_seconds, to_seconds
from dispatch.hours.pauses import STILL_OPEN, Pause, paused_stretches
from dispatch.hours.spans import day_stretches

SEARCH_DAYS = 1826
DAYS_PER_YEAR = 366


class RelativeMode(StrEnum):
    """What happens on the day that was counted to."""

    CLOSE = "close"  # its last closing
    BY = "by"  # a local clock time
    HOURS = "hours"  # so much service time after its first opening
    END_OF_DAY = "end_of_day"  # its midnight; every day of the calendar counts, open or not


MOST_MINUTES: Mapping[RelativeMode, int] = MappingProxyType(
    {
        RelativeMode.CLOSE: 0,
        RelativeMode.BY: MINUTES_PER_DAY,
        RelativeMode.HOURS: DAYS_PER_YEAR * MINUTES_PER_DAY,
        RelativeMode.END_OF_DAY: 0,
    }
)


class NoServiceDay(Refusal):
    """The calendar has too few days with service within five years."""

    code = "no_service_day"

    def __init__(self, start: datetime, days: int) -> None:
        self.start = start
        self.days = days
        super().__init__(f"No service day {days} within five years of {start.isoformat()}.")


@dataclass(frozen=True, slots=True)
class RelativeTarget:
    """So many days after the day of the call, then at a point of that day.

    Days with service are counted; for `END_OF_DAY`, days of the calendar.

    >>> RelativeTarget(1, RelativeMode.BY, minutes=600).minutes  # next working day by 10:00
    600
    """

    days: int
    mode: RelativeMode
    minutes: int = 0

    def __post_init__(self) -> None:
        faults = []
        if not 0 <= self.days <= SEARCH_DAYS:
            faults.append(Fault("[0]", "days_out_of_range", f"{self.days} is not in 0 to 1826."))
        limit = MOST_MINUTES[self.mode]
        if not 0 <= self.minutes <= limit:
            sentence = f"{self.minutes} is not in 0 to {limit} minutes for {self.mode.value!r}."
            faults.append(Fault("[2]", "minute_out_of_range", sentence))
        if faults:
            raise Invalid(faults)


def relative_due(
    calendar: Calendar, start: datetime, target: RelativeTarget, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """Instant the named day and hour mean for a call at start, in UTC.

    Day 0 is the local day of the call before its last closing, else the next day with service; for
    `END_OF_DAY` it is always the local day of the call.
    A pause that began before the due moves the start to its end; None while it is open.
    Raises `NoServiceDay`.

    >>> from datetime import UTC
    >>> from dispatch.hours.calendar import Window, every_weekday
    >>> office = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
    >>> friday = datetime(2026, 6, 5, 8, tzinfo=UTC)
    >>> relative_due(office, friday, RelativeTarget(1, RelativeMode.BY, 600)).isoformat()
    '2026-06-08T08:00:00+00:00'
    """
    begun = restarted_at(calendar, start, target, pauses)
    return None if begun is None else _due_from(calendar, begun, target)


def restarted_at(
    calendar: Calendar, start: datetime, target: RelativeTarget, pauses: Iterable[Pause]
) -> datetime | None:
    """Instant the named day is counted from: the call, or the end of the last pause before its due.

    None while such a pause is open.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> call = datetime(2026, 6, 2, 8, tzinfo=UTC)
    >>> pause = Pause(call.replace(hour=9), call.replace(hour=11))
    >>> restarted_at(always, call, RelativeTarget(1, RelativeMode.CLOSE), [pause]).hour
    11
    """
    begun = to_seconds(start)
    reached = to_seconds(_due_from(calendar, start, target))
    for paused_at, resumed_at in paused_stretches(pauses):
        if resumed_at <= begun or paused_at >= reached:
            continue
        if resumed_at == STILL_OPEN:
            return None
        begun = resumed_at
        reached = to_seconds(_due_from(calendar, from_seconds(begun), target))
    return from_seconds(begun)


def service_day(calendar: Calendar, start: datetime, days: int = 0) -> date:
    """Local date so many days with service after day 0 of a call. Raises `NoServiceDay`.

    >>> from datetime import UTC
    >>> from dispatch.hours.calendar import Window, every_weekday
    >>> office = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
    >>> service_day(office, datetime(2026, 6, 5, 16, tzinfo=UTC)).isoformat()
    '2026-06-08'
    """
    today = local_day(calendar.zone_info, to_seconds(start))
    hours = day_stretches(calendar, today)
    received_today = bool(hours) and to_seconds(start) < hours[-1][1]
    missing = days + 1
    for ordinal in range(today if received_today else today + 1, today + SEARCH_DAYS):
        missing -= bool(day_stretches(calendar, ordinal))
        if missing == 0:
            return date.fromordinal(ordinal)
    raise NoServiceDay(start, days)


def calendar_day(calendar: Calendar, start: datetime, days: int = 0) -> date:
    """Local date so many days after a call, whether service is open on them or not.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> calendar_day(always, datetime(2026, 6, 5, 23, tzinfo=UTC), days=7).isoformat()
    '2026-06-13'
    """
    return date.fromordinal(local_day(calendar.zone_info, to_seconds(start)) + days)


def _due_from(calendar: Calendar, start: datetime, target: RelativeTarget) -> datetime:
    if target.mode is RelativeMode.END_OF_DAY:
        day = calendar_day(calendar, start, target.days)
        return from_seconds(closing_edge(calendar.zone_info, day, MINUTES_PER_DAY))
    day = service_day(calendar, start, target.days)
    hours = day_stretches(calendar, day.toordinal())
    match target.mode:
        case RelativeMode.CLOSE:
            return from_seconds(hours[-1][1])
        case RelativeMode.BY:
            return from_seconds(opening_edge(calendar.zone_info, day, target.minutes))
        case RelativeMode.HOURS:
            reached = due(calendar, from_seconds(hours[0][0]), target.minutes * 60)
            assert reached is not None  # no pause was given
            return reached
