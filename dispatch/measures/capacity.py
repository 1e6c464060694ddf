"""Work asked for beside the hours there are for it, week by week, and whether it outgrows them.

Which work and whose hours is read elsewhere; skills share a technician's hours, so loads add up
to more than the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from dispatch.measures.availability import Interval
from dispatch.measures.figures import Ratio

RISE_ALERT = Fraction(5)
"""Points of load a week, over four weeks, from which on somebody should decide something."""


@dataclass(frozen=True, slots=True)
class CapacityWeek:
    """Seconds of work asked for, and seconds of shifts of those who can do it.

    >>> CapacityWeek(demand=36_000, available=144_000).load.text
    '25'
    """

    definition_ids: ClassVar = ("capacity_load",)
    demand: int
    available: int

    @property
    def load(self) -> Ratio:
        return Ratio(self.demand, self.available)


def rise(weeks: Sequence[CapacityWeek]) -> Fraction | None:
    """Points of load a week by which the line of least squares climbs; None where it has no line.

    A week without a single hour has no load: there is nothing to compare then.

    >>> rise([CapacityWeek(10, 100), CapacityWeek(20, 100), CapacityWeek(30, 100)])
    Fraction(10, 1)
    >>> rise([CapacityWeek(10, 100), CapacityWeek(20, 0)]) is None
    True
    """
    loads = [week.load.percent for week in weeks]
    known = [load for load in loads if load is not None]
    if len(known) != len(weeks) or len(weeks) < 2:  # noqa: PLR2004 - one point is no line
        return None
    middle = Fraction(len(known) - 1, 2)
    mean = sum(known, Fraction(0)) / len(known)
    climbs = sum(((at - middle) * (load - mean) for at, load in enumerate(known)), Fraction(0))
    return climbs / sum(((at - middle) ** 2 for at in range(len(known))), Fraction(0))


def is_alarming(weeks: Sequence[CapacityWeek]) -> bool:
    """Whether demand runs away from the hours: more than `RISE_ALERT` points a week.

    >>> is_alarming([CapacityWeek(10, 100), CapacityWeek(15, 100)])
    False
    """
    found = rise(weeks)
    return found is not None and found > RISE_ALERT


def seconds_without(whole: Interval, away: Iterable[Interval]) -> int:
    """How long an interval lasts but for others, which may overlap; all of them have ended.

    >>> from datetime import UTC, datetime
    >>> at = [datetime(2026, 6, 1, hour, tzinfo=UTC) for hour in range(24)]
    >>> away = [Interval(at[9], at[11]), Interval(at[10], at[12])]
    >>> seconds_without(Interval(at[8], at[16]), away)
    18000
    """
    assert whole.end is not None
    left, begins = 0, whole.start
    for each in sorted(away, key=lambda one: one.start):
        assert each.end is not None
        if each.end <= begins:
            continue
        left += int(max(0.0, (min(each.start, whole.end) - begins).total_seconds()))
        begins = max(begins, each.end)
    return left + int(max(0.0, (whole.end - begins).total_seconds()))
