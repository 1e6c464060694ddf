"""What comes back by agreement, meetings above all: the days planned, and what came of each.

Which meetings were held is told from outside.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

MONTHS = 12
# Whatever happens within two weeks of its day is what was planned for that day.
AROUND = timedelta(days=14)


class OccasionState(Enum):
    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many months from a first day on; from `until` on no more."""

    every_months: int
    first_on: date
    until: date | None = None

    def days(self, last: date) -> Iterator[date]:
        """The days planned up to and including `last`.

        >>> [day.isoformat() for day in Cadence(1, date(2026, 1, 31)).days(date(2026, 3, 31))]
        ['2026-01-31', '2026-02-28', '2026-03-31']
        """
        count = 0
        while (day := months_later(self.first_on, count)) <= last:
            if self.until is not None and day >= self.until:
                return
            yield day
            count += self.every_months

    def following(self, day: date) -> date | None:
        """The first day planned after another, None where none is.

        >>> Cadence(3, date(2026, 1, 15)).following(date(2026, 4, 15))
        datetime.date(2026, 7, 15)
        """
        last = max(months_later(day, self.every_months), self.first_on)
        return next((each for each in self.days(last) if each > day), None)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One day that was planned; `held_on` is when it was held, None while it was not."""

    planned_on: date
    held_on: date | None
    state: OccasionState


def occasions(
    cadences: Iterable[Cadence], held: Iterable[date], today: date
) -> tuple[Occasion, ...]:
    """Every day planned until two weeks from now, with what came of it, oldest first.

    Each thing held counts for one planned day, the nearest within two weeks; the rest came beside.

    >>> found = occasions([Cadence(1, date(2026, 1, 5))], [date(2026, 1, 9)], date(2026, 3, 1))
    >>> [each.state.value for each in found]
    ['held', 'missed', 'planned']
    """
    planned = sorted({day for each in cadences for day in each.days(today + AROUND)})
    counted = _counted(planned, sorted(held))
    return tuple(Occasion(day, counted.get(day), _state(day, counted, today)) for day in planned)


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month.

    >>> months_later(date(2026, 8, 31), 6).isoformat()
    '2027-02-28'
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _counted(planned: list[date], held: list[date]) -> dict[date, date]:
    """Which day each thing held counts for, the nearest pairs first."""
    pairs = sorted(
        (abs(day - one), day, one) for day in planned for one in held if abs(day - one) <= AROUND
    )
    found: dict[date, date] = {}
    used: set[date] = set()
    for _, day, one in pairs:
        if day not in found and one not in used:
            found[day] = one
            used.add(one)
    return found


def _state(day: date, counted: dict[date, date], today: date) -> OccasionState:
    if day in counted:
        return OccasionState.HELD
    return OccasionState.MISSED if day + AROUND < today else OccasionState.PLANNED
