"""Months of an agreement, in local days of its own zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DECEMBER = 12
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Month:
    """The local days `[first, after)`.

    >>> Month(date(2026, 12, 1)).after
    datetime.date(2027, 1, 1)
    """

    first: date

    @property
    def after(self) -> date:
        if self.first.month == DECEMBER:
            return date(self.first.year + 1, 1, 1)
        return date(self.first.year, self.first.month + 1, 1)

    @property
    def days(self) -> int:
        return (self.after - self.first).days

    @property
    def before(self) -> "Month":
        return Month((self.first - ONE_DAY).replace(day=1))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    def active(self, valid_from: date, valid_to: date | None) -> tuple[date, date]:
        """The days of the month among `[valid_from, valid_to)`; none when they are empty.

        >>> Month(date(2026, 6, 1)).active(date(2026, 6, 11), None)
        (datetime.date(2026, 6, 11), datetime.date(2026, 7, 1))
        """
        first = max(self.first, valid_from)
        after = self.after if valid_to is None else min(self.after, valid_to)
        return first, max(first, after)


def month_from(text: str) -> Month:
    """The month of a text such as 2026-05."""
    return Month(date.fromisoformat(f"{text}-01"))


def month_at(instant: datetime, zone: str) -> Month:
    """The month an instant lies in, on the clocks of a zone."""
    return Month(instant.astimezone(ZoneInfo(zone)).date().replace(day=1))


def bounds(first: date, after: date, zone: str) -> tuple[datetime, datetime]:
    """The instants of local days `[first, after)`."""
    local = ZoneInfo(zone)
    return datetime.combine(first, time(), local), datetime.combine(after, time(), local)
