"""When one promise falls due after another that rests on it, shown by a call.

Which promises rest on which is known to `contradictions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatch.agreements.targets import Target, TargetDuration
from dispatch.hours import (
    NoDueInFiveYears,
    NoServiceDay,
    RelativeMode,
    RelativeTarget,
    due,
    relative_due,
)

GRID_HOURS = 4
GRID_DAYS = 14
HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class LateSupport:
    """A call at `start` for which the supporting promise falls due after the supported one."""

    start: datetime
    supported_due: datetime
    supporting_due: datetime


def first_late(supported: Target, supporting: Target, day: date, zone: str) -> LateSupport | None:
    """Find the first call, every four hours for a fortnight, whose support falls due too late.

    A call without a due within five years shows nothing and is passed over.

    >>> from dispatch.agreements.severity import Severity
    >>> from dispatch.hours import Calendar, ClockKind
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour, two_hours = (
    ...     Target(ClockKind.RESPONSE, Severity.DEGRADED, TargetDuration(seconds), always)
    ...     for seconds in (3600, 7200)
    ... )
    >>> first_late(hour, two_hours, date(2026, 6, 2), "Europe/Paris").supporting_due.isoformat()
    '2026-06-02T00:00:00+00:00'
    >>> first_late(two_hours, hour, date(2026, 6, 2), "Europe/Paris") is None
    True
    """
    if not _may_be_later(supporting, supported):
        return None
    midnight = datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
    for hours in range(0, GRID_DAYS * HOURS_PER_DAY, GRID_HOURS):
        start = midnight + timedelta(hours=hours)
        promised, supported_by = _due(supported, start), _due(supporting, start)
        if promised is not None and supported_by is not None and supported_by > promised:
            return LateSupport(start, promised, supported_by)
    return None


def _may_be_later(supporting: Target, supported: Target) -> bool:
    """Whether the grid has to be asked: less time in the same hours is never later."""
    if supporting.calendar != supported.calendar:
        return True
    match supporting.promise, supported.promise:
        case TargetDuration(less), TargetDuration(more):
            return less > more
        case RelativeTarget(mode=mode) as first, RelativeTarget() as second if mode is second.mode:
            if mode is RelativeMode.HOURS:  # many hours may reach past the next day's opening
                return first.days > second.days or first.minutes > second.minutes
            return (first.days, first.minutes) > (second.days, second.minutes)
    return True


def _due(target: Target, start: datetime) -> datetime | None:
    try:
        match target.promise:
            case TargetDuration(seconds):
                return due(target.calendar, start, seconds)
            case RelativeTarget():
                return relative_due(target.calendar, start, target.promise)
    except (NoDueInFiveYears, NoServiceDay):
        return None
