"""How many calls each hour of a week will bring, and how well that would have been foreseen.

What an hour of the week brought on average, drawn towards what its day and its hour of the day
make likely where little was seen, and raised or lowered by how busy the last weeks were. It is
judged beside what anybody could write down: the mean of the same hour in the last four weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import exp, sqrt
from zoneinfo import ZoneInfo

HOURS = 24
HOURS_OF_A_WEEK = 7 * HOURS
FEWEST_WEEKS = 4
HELD_OUT = 8
"""How many of the last weeks a forecast is tried on."""

PRIOR_WEEKS = 4.0
"""The day and the hour speak like so many weeks of the hour itself."""

CAUTION = 30.0
"""The last weeks say they are busier only against so many calls which say they are not."""

Week = tuple[int, ...]
"""Calls by hour of a local week, Monday's first hour first: 168 numbers."""


@dataclass(frozen=True, slots=True)
class Miss:
    """How far off: per hour as root mean square, and by day as a share of all calls."""

    by_hour: float
    by_day: float | None


@dataclass(frozen=True, slots=True)
class BackTest:
    """Weeks foreseen from the weeks before each of them, by the forecast and by the usual mean."""

    weeks: int
    calls: int
    forecast: Miss
    usual: Miss

    @property
    def is_better(self) -> bool:
        """Tell whether the forecast was nearer than the usual mean, hour by hour."""
        return self.forecast.by_hour < self.usual.by_hour


def weeks_of(calls: Iterable[datetime], zone: str, monday: date, count: int) -> list[Week]:
    """Count aware instants by local hour, for `count` weeks up to `monday`, which is not included.

    An hour that is passed twice when the clocks go back counts as one.
    """
    local, first = ZoneInfo(zone), monday - timedelta(weeks=count)
    weeks = [[0] * HOURS_OF_A_WEEK for _ in range(count)]
    for call in calls:
        at = call.astimezone(local)
        week, day = divmod((at.date() - first).days, 7)
        if 0 <= week < count:
            weeks[week][day * HOURS + at.hour] += 1
    return [tuple(week) for week in weeks]


def forecast(weeks: Sequence[Week]) -> list[float] | None:
    """Foresee the next week, 168 means; None with less than four weeks to go by."""
    if len(weeks) < FEWEST_WEEKS:
        return None
    seen = [sum(hour) for hour in zip(*weeks, strict=True)]
    total = sum(seen)
    if not total:
        return [0.0] * HOURS_OF_A_WEEK
    by_day = [sum(seen[day * HOURS : (day + 1) * HOURS]) for day in range(7)]
    by_hour = [sum(seen[hour::HOURS]) for hour in range(HOURS)]
    level = _level(weeks, total)
    return [
        level
        * (PRIOR_WEEKS * by_day[at // HOURS] * by_hour[at % HOURS] / total / len(weeks) + seen[at])
        / (PRIOR_WEEKS + len(weeks))
        for at in range(HOURS_OF_A_WEEK)
    ]


def usual(weeks: Sequence[Week]) -> list[float] | None:
    """Write down the mean of the same hour in the last four weeks, the forecast to beat."""
    last = weeks[-FEWEST_WEEKS:]
    if len(last) < FEWEST_WEEKS:
        return None
    return [sum(hour) / FEWEST_WEEKS for hour in zip(*last, strict=True)]


def back_test(weeks: Sequence[Week], held_out: int = HELD_OUT) -> BackTest | None:
    """Foresee each of the last weeks from those before it; None where no week has four before it.

    >>> back_test([(0,) * HOURS_OF_A_WEEK] * 4) is None
    True
    """
    tried = range(max(FEWEST_WEEKS, len(weeks) - held_out), len(weeks))
    if not tried:
        return None
    seen = [weeks[at] for at in tried]
    ours = [found for at in tried if (found := forecast(weeks[:at])) is not None]
    theirs = [found for at in tried if (found := usual(weeks[:at])) is not None]
    return BackTest(len(seen), sum(map(sum, seen)), _miss(seen, ours), _miss(seen, theirs))


def at_most(mean: float, share: float = 0.9) -> int:
    """How many calls an hour stays within so often, when they come independently (Poisson).

    >>> at_most(0.0), at_most(0.1), at_most(3.0)
    (0, 0, 5)
    """
    count, chance = 0, exp(-mean)
    within = chance
    while within < share:
        count += 1
        chance *= mean / count
        within += chance
    return count


def _level(weeks: Sequence[Week], total: int) -> float:
    """How much busier the last four weeks were than all of them, said with caution."""
    recent = sum(map(sum, weeks[-FEWEST_WEEKS:]))
    mean = total / len(weeks) * FEWEST_WEEKS
    return (recent + CAUTION) / (mean + CAUTION)


def _miss(seen: Sequence[Week], foreseen: Sequence[Sequence[float]]) -> Miss:
    squares = days = 0.0
    for week, means in zip(seen, foreseen, strict=True):
        off = [came - mean for came, mean in zip(week, means, strict=True)]
        squares += sum(each * each for each in off)
        days += sum(abs(sum(off[day * HOURS : (day + 1) * HOURS])) for day in range(7))
    calls = sum(map(sum, seen))
    by_hour = sqrt(squares / (len(seen) * HOURS_OF_A_WEEK))
    return Miss(by_hour, days / calls if calls else None)
