"""What a customer may choose for a job of theirs: another time, now or on a later day.

That a clock stands still until the time they chose is the business of `dispatch.interventions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from dispatch.agreements.severity import Severity
from dispatch.errors import Fault
from dispatch.hours import Calendar, elapsed

WHOLE_DAY = 1440
Part = tuple[int, int]
"""Minutes after local midnight, from one up to, not including, another."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Of which severities, up to how many days on, and in which parts of a day.

    A later day than that of the call is worth `later_discount` of `currency`; None is nothing.
    """

    severities: frozenset[Severity]
    most_days: int
    parts: tuple[Part, ...]
    later_discount: Decimal | None = None
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Slot:
    """A time somebody may come, in UTC; `is_later` on a later local day than the call."""

    from_at: datetime
    to_at: datetime
    is_later: bool


def choice_faults(choices: Choices | None) -> Iterator[Fault]:
    """Name what nobody should be given to choose.

    >>> wrong = Choices(frozenset({Severity.ENTRAPMENT}), 3, ((720, 480),))
    >>> [fault.code for fault in choice_faults(wrong)]
    ['cannot_wait', 'ends_before_start']
    """
    if choices is None:
        return
    if Severity.ENTRAPMENT in choices.severities:
        sentence = "Somebody who is trapped does not wait: take this severity out."
        yield Fault("choices.severities", "cannot_wait", sentence)
    reached = 0
    for index, (begins, ends) in enumerate(choices.parts):
        if not begins < ends <= WHOLE_DAY:
            sentence = "This part of a day ends before it begins."
            yield Fault(f"choices.parts.{index}", "ends_before_start", sentence)
        elif begins < reached:
            sentence = "This part of a day begins before the one above has ended."
            yield Fault(f"choices.parts.{index}", "overlaps", sentence)
        reached = max(reached, ends)


def slots(
    choices: Choices, calendar: Calendar, *, reported_at: datetime, now: datetime
) -> Iterator[Slot]:
    """Give the parts of days to come that lie in service hours as a whole, the next first.

    Days are counted from the local day of the call, and read on the calendar's clocks.

    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 10, tzinfo=UTC)
    >>> choices = Choices(frozenset({Severity.DEGRADED}), 1, ((480, 720), (780, 1020)))
    >>> [str(each.from_at) for each in slots(choices, always, reported_at=noon, now=noon)]
    ['2026-06-02 11:00:00+00:00', '2026-06-03 06:00:00+00:00', '2026-06-03 11:00:00+00:00']
    """
    zone = ZoneInfo(calendar.zone)
    first = reported_at.astimezone(zone).date()
    for number in range(choices.most_days + 1):
        day = first + timedelta(days=number)
        for part in choices.parts:
            begins, ends = (_instant(day, minutes, zone) for minutes in part)
            whole = int((ends - begins).total_seconds())
            if now < begins < ends and elapsed(calendar, begins, ends) == whole:
                yield Slot(begins, ends, is_later=number > 0)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, WHOLE_DAY)
    local = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), zone)
    return local.astimezone(UTC)
