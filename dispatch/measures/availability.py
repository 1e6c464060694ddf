"""How much of the agreed service time a unit was there for people.

When service is agreed is asked of `dispatch.hours`; what took the unit down is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from dispatch.errors import Fault, Invalid
from dispatch.hours import Calendar
from dispatch.hours.instants import to_seconds
from dispatch.hours.pauses import STILL_OPEN, without
from dispatch.hours.spans import Stretch, joined, open_stretches
from dispatch.measures.figures import Ratio


@dataclass(frozen=True, slots=True)
class Interval:
    """From an instant up to, not including, another; without an end it goes on.

    >>> from datetime import UTC
    >>> Interval(datetime(2026, 6, 2, tzinfo=UTC), None).stretch[0]
    1780358400
    """

    start: datetime
    end: datetime | None

    def __post_init__(self) -> None:
        if self.end is not None and to_seconds(self.end) < to_seconds(self.start):
            raise Invalid([Fault("[1]", "ends_before_start", "This ends before it begins.")])

    @property
    def stretch(self) -> Stretch:
        """The interval in UTC seconds."""
        return to_seconds(self.start), STILL_OPEN if self.end is None else to_seconds(self.end)


@dataclass(frozen=True, slots=True)
class Availability:
    """Whole seconds agreed, planned maintenance taken off, and seconds down inside them."""

    definition_ids: ClassVar = ("availability",)
    agreed_seconds: int
    downtime_seconds: int
    target_percent: Decimal | None = None

    @property
    def ratio(self) -> Ratio:
        """Seconds up out of seconds agreed; without agreed time there is no availability."""
        return Ratio(self.agreed_seconds - self.downtime_seconds, self.agreed_seconds)

    @property
    def is_met(self) -> bool | None:
        """Whether the exact share reaches the target; None without a share or a target."""
        percent = self.ratio.percent
        if percent is None or self.target_percent is None:
            return None
        return percent >= Fraction(self.target_percent)

    def answer(self) -> dict[str, object]:
        """Give the seconds and the share as plain JSON values.

        >>> Availability(2674800, 2700, Decimal("99.9")).answer()["availability_pct_floor2"]
        '99.89'
        """
        return {
            "agreed_seconds": self.agreed_seconds,
            "downtime_seconds": self.downtime_seconds,
            "availability_pct_floor2": self.ratio.text,
            "met": self.is_met,
        }


def availability(
    calendar: Calendar,
    period: Interval,
    *,
    downtime: Iterable[Interval],
    planned: Iterable[Interval] = (),
    target_percent: Decimal | None = None,
) -> Availability:
    """Count a period's agreed and lost seconds; what sticks out of the period is cut off.

    Downtime that overlaps counts once, and inside planned maintenance not at all. Raises `Invalid`
    when the period has no end.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> down = [Interval(noon, noon.replace(minute=15))]
    >>> availability(always, Interval(noon, noon.replace(hour=13)), downtime=down).ratio.text
    '75'
    """
    if period.end is None:
        raise Invalid([Fault("[1]", "no_end", "Say when the period ends.")])
    begins, ends = period.stretch
    agreed = tuple(without(open_stretches(calendar, begins, ends), _union(planned)))
    up = without(agreed, _union(downtime))
    agreed_seconds = _total(agreed)
    return Availability(agreed_seconds, agreed_seconds - _total(up), target_percent)


def _union(intervals: Iterable[Interval]) -> tuple[Stretch, ...]:
    return tuple(joined(sorted(interval.stretch for interval in intervals)))


def _total(stretches: Iterable[Stretch]) -> int:
    return sum(end - start for start, end in stretches)
