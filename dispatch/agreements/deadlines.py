"""From a promise and a start to its instants: warnings, due inside the house, due.

Counting is done by `dispatch.hours`; how a clock stands at a given time by `dispatch.clocks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dispatch.agreements.targets import Promise, TargetDuration
from dispatch.agreements.thresholds import (
    AT_RISK_PERCENT,
    USUAL_THRESHOLDS,
    WHOLE_PERCENT,
    Thresholds,
)
from dispatch.hours import (
    Calendar,
    Pause,
    due,
    elapsed,
    left_when_paused,
    relative_due,
    restarted_at,
)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Instants in UTC; each is None while an open pause began before it was reached.

    `warnings` are pairs of a share in per cent and its instant, `left_seconds` is what an open
    pause froze: none for a target that names a day, whose instants are found anew on resuming.
    """

    due: datetime | None
    at_risk: datetime | None
    internal_due: datetime | None
    left_seconds: int | None = None
    warnings: tuple[tuple[int, datetime | None], ...] = ()


def deadlines(
    calendar: Calendar,
    start: datetime,
    *,
    promise: Promise,
    pauses: Iterable[Pause] = (),
    thresholds: Thresholds = USUAL_THRESHOLDS,
) -> Deadlines:
    """Give the instants of a promise made at start; shares of its seconds are rounded down.

    A target that names a day is shared by the service time between the call, or the last resuming,
    and its due; where there is none, by the seconds on the wall.
    Raises `NoDueInFiveYears` or `NoServiceDay`.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> deadlines(always, noon, promise=TargetDuration(3600)).at_risk.minute
    45
    """
    course = _course(calendar, start, promise, tuple(pauses))
    if course is None:
        unknown = tuple((percent, None) for percent in thresholds.warn_percents)
        return Deadlines(None, None, None, warnings=unknown)
    return Deadlines(
        due=course.due,
        at_risk=course.share(AT_RISK_PERCENT),
        internal_due=course.internal_due(thresholds),
        left_seconds=course.left_seconds,
        warnings=tuple((percent, course.share(percent)) for percent in thresholds.warn_percents),
    )


def share_due(
    calendar: Calendar,
    start: datetime,
    *,
    promise: Promise,
    percent: int,
    pauses: Iterable[Pause] = (),
) -> datetime | None:
    """Instant at which a share of a promise is used up; None while a pause keeps it from coming.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> share_due(always, noon, promise=TargetDuration(3600), percent=10).minute
    6
    """
    course = _course(calendar, start, promise, tuple(pauses))
    return None if course is None else course.share(percent)


@dataclass(frozen=True, slots=True)
class _Course:
    """So many seconds to run from a start: what a share is taken of."""

    calendar: Calendar
    start: datetime
    seconds: int
    due: datetime | None
    pauses: tuple[Pause, ...]

    @property
    def left_seconds(self) -> int | None:
        if self.due is not None:
            return None
        return left_when_paused(self.calendar, self.start, self.seconds, self.pauses)

    def share(self, percent: int) -> datetime | None:
        return self._reached(self.seconds * percent // WHOLE_PERCENT)

    def internal_due(self, thresholds: Thresholds) -> datetime | None:
        if thresholds.internal_seconds is None:
            return self.share(thresholds.internal_percent)
        return self._reached(thresholds.internal_seconds)

    def _reached(self, seconds: int) -> datetime | None:
        if seconds >= self.seconds:
            return self.due
        return due(self.calendar, self.start, seconds, self.pauses)


def _course(
    calendar: Calendar, start: datetime, promise: Promise, pauses: tuple[Pause, ...]
) -> _Course | None:
    """Measure what is to run; None while a pause keeps the named day from being known."""
    if isinstance(promise, TargetDuration):
        final = due(calendar, start, promise.seconds, pauses)
        return _Course(calendar, start, promise.seconds, final, pauses)
    final = relative_due(calendar, start, promise, pauses)
    begun = restarted_at(calendar, start, promise, pauses)
    if final is None or begun is None:
        return None
    service_seconds = elapsed(calendar, begun, final, pauses)
    if service_seconds:
        return _Course(calendar, begun, service_seconds, final, pauses)
    wall = Calendar(calendar.zone, always_open=True)
    return _Course(wall, begun, elapsed(wall, begun, final, pauses), final, pauses)
