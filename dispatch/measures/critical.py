"""Hours in which a site's business must not stop: opening hours, clinic hours, an event.

What is lost inside them is counted apart, whatever hours of service are agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from dispatch.hours import Calendar, SpecialDay, Window
from dispatch.measures.availability import Availability, Interval, availability

ONE_DAY = timedelta(days=1)
WEEK = range(7)


@dataclass(frozen=True, slots=True)
class CriticalWindow:
    """On these weekdays, 0 is Monday, always or from one day to another, both included.

    `target_percent` is what it promises for itself, if anything.
    """

    days: frozenset[int]
    window: Window
    first: date | None = None
    last: date | None = None
    target_percent: Decimal | None = None

    def calendar(self, zone: str) -> Calendar:
        """The window as hours in a zone; one with days has them as special days.

        >>> clinic = CriticalWindow(frozenset({0}), Window(480, 720))
        >>> clinic.calendar("Europe/Paris").windows_on(date(2026, 6, 1))
        (Window(opens=480, closes=720),)
        """
        if self.first is None or self.last is None:
            return Calendar(zone, tuple((self.window,) if day in self.days else () for day in WEEK))
        return Calendar(zone, special=tuple(self._special(self.first, self.last)))

    def _special(self, first: date, last: date) -> Iterator[SpecialDay]:
        while first <= last:
            if first.weekday() in self.days:
                yield SpecialDay(first, (self.window,))
            first += ONE_DAY


def availability_inside(
    window: CriticalWindow,
    zone: str,
    period: Interval,
    *,
    downtime: Iterable[Interval],
    planned: Iterable[Interval] = (),
) -> Availability:
    """Count a window's seconds in a period and those of them that were lost.

    Raises `Invalid` when the period has no end.

    >>> from datetime import UTC, datetime
    >>> fair = date(2026, 6, 2)
    >>> window = CriticalWindow(frozenset(WEEK), Window(540, 600), fair, fair, Decimal(99))
    >>> day = Interval(datetime(2026, 6, 2, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC))
    >>> down = [Interval(datetime(2026, 6, 2, 8, 45, tzinfo=UTC), None)]
    >>> found = availability_inside(window, "UTC", day, downtime=down)
    >>> found.agreed_seconds, found.downtime_seconds, found.is_met
    (3600, 3600, False)
    """
    return availability(
        window.calendar(zone),
        period,
        downtime=downtime,
        planned=planned,
        target_percent=window.target_percent,
    )
