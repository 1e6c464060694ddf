"""From a promise and a start to its instants: at risk, due inside the house, due.

Counting is done by `dispatch.hours`; how a clock stands at a given time by `dispatch.clocks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dispatch.agreements.targets import (
    USUAL_THRESHOLDS,
    Promise,
    TargetDuration,
    Thresholds,
)
from dispatch.hours import Calendar, Pause, RelativeTarget, due, left_when_paused, relative_due


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Instants in UTC; each is None while an open pause began before it was reached.

    `left_seconds` is what an open pause froze. A target that names a day has no seconds to take a
    share of, so it has a due alone.
    """

    due: datetime | None
    at_risk: datetime | None
    internal_due: datetime | None
    left_seconds: int | None = None


def deadlines(
    calendar: Calendar,
    start: datetime,
    *,
    promise: Promise,
    pauses: Iterable[Pause] = (),
    thresholds: Thresholds = USUAL_THRESHOLDS,
) -> Deadlines:
    """Give the instants of a promise made at start; shares of its seconds are rounded down.

    Raises `NoDueInFiveYears` or `NoServiceDay`.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> deadlines(always, noon, promise=TargetDuration(3600)).at_risk.minute
    45
    """
    known = tuple(pauses)
    match promise:
        case TargetDuration():
            return _counted(calendar, start, promise, known, thresholds)
        case RelativeTarget():
            return Deadlines(relative_due(calendar, start, promise, known), None, None)


def _counted(
    calendar: Calendar,
    start: datetime,
    promise: TargetDuration,
    pauses: tuple[Pause, ...],
    thresholds: Thresholds,
) -> Deadlines:
    def reached(seconds: int) -> datetime | None:
        return due(calendar, start, seconds, pauses)

    final = reached(promise.seconds)
    return Deadlines(
        due=final,
        at_risk=reached(promise.share(thresholds.at_risk_percent)),
        internal_due=reached(promise.share(thresholds.internal_percent)),
        left_seconds=(
            left_when_paused(calendar, start, promise.seconds, pauses) if final is None else None
        ),
    )
