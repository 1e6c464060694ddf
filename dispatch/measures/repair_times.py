"""Three mean times that are all called MTTR elsewhere, and the time between failures.

They are never published as one unlabelled figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import ClassVar

from dispatch.errors import Fault, Invalid
from dispatch.measures.figures import mean, number

ONE_SECOND = timedelta(seconds=1)
SECONDS_PER_MINUTE = 60
SECONDS_PER_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Repair:
    """One failure: called in, somebody there, running again; None is what has not happened.

    A unit that ran again before anybody came had no hands on it: leave `on_site` out.
    """

    reported: datetime
    on_site: datetime | None
    restored: datetime | None

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise Invalid(faults)

    def _faults(self) -> Iterator[Fault]:
        reached = self.reported
        for name, instant in (("on_site", self.on_site), ("restored", self.restored)):
            if instant is not None and instant < reached:
                yield Fault(name, "out_of_order", f"{name} comes before what must precede it.")
            elif instant is not None:
                reached = instant


@dataclass(frozen=True, slots=True)
class RepairTimes:
    """Mean elapsed minutes, each over the failures that have both of its ends; exact.

    >>> from datetime import UTC
    >>> eight = datetime(2026, 6, 1, 8, tzinfo=UTC)
    >>> RepairTimes((Repair(eight, eight.replace(minute=50), eight.replace(hour=10)),)).hands_on
    Fraction(70, 1)
    """

    definition_ids: ClassVar = ("time_to_arrive", "time_to_restore", "hands_on")
    repairs: tuple[Repair, ...]

    @property
    def time_to_arrive(self) -> Fraction | None:
        """From the call to somebody on site."""
        return _mean_minutes((each.reported, each.on_site) for each in self.repairs)

    @property
    def time_to_restore(self) -> Fraction | None:
        """From the call to the unit running again."""
        return _mean_minutes((each.reported, each.restored) for each in self.repairs)

    @property
    def hands_on(self) -> Fraction | None:
        """From somebody on site to the unit running again."""
        return _mean_minutes((each.on_site, each.restored) for each in self.repairs)

    def answer(self) -> dict[str, object]:
        """Give the three means in minutes, rounded half up to 2 decimals.

        >>> RepairTimes(()).answer()["hands_on_min"] is None
        True
        """
        return {
            "time_to_arrive_min": number(self.time_to_arrive),
            "time_to_restore_min": number(self.time_to_restore),
            "hands_on_min": number(self.hands_on),
        }


@dataclass(frozen=True, slots=True)
class TimeBetweenFailures:
    """Agreed seconds in which the unit ran, and how often it failed in them.

    >>> TimeBetweenFailures(up_seconds=7200, failures=4).hours
    Fraction(1, 2)
    """

    definition_ids: ClassVar = ("mtbf",)
    up_seconds: int
    failures: int

    @property
    def hours(self) -> Fraction | None:
        """Mean up time for each failure; a unit that never failed has none."""
        if not self.failures:
            return None
        return Fraction(self.up_seconds, self.failures * SECONDS_PER_HOUR)

    def answer(self) -> dict[str, object]:
        """Give the mean in hours, rounded half up to 2 decimals.

        >>> TimeBetweenFailures(7200, 0).answer()
        {'mtbf_hours': None}
        """
        return {"mtbf_hours": number(self.hours)}


def _mean_minutes(ends: Iterator[tuple[datetime | None, datetime | None]]) -> Fraction | None:
    return mean(
        [
            Fraction((until - since) // ONE_SECOND, SECONDS_PER_MINUTE)
            for since, until in ends
            if since is not None and until is not None
        ]
    )
