"""When service is agreed: weekly windows in a zone, special days, holidays.

Which windows a date has is decided here; the instants they become live in `edges` and `spans`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.errors import Fault, Invalid

MINUTES_PER_DAY = 1440
DAYS_PER_WEEK = 7


def _window_faults(opens: int, closes: int) -> Iterator[Fault]:
    if not 0 <= opens < MINUTES_PER_DAY:
        yield Fault("[0]", "minute_out_of_range", f"Opening {opens} is not in 0 to 1439 minutes.")
    if not 0 <= closes <= MINUTES_PER_DAY:
        yield Fault("[1]", "minute_out_of_range", f"Closing {closes} is not in 0 to 1440 minutes.")


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Open from one minute after local midnight up to, not including, another.

    A window that closes at or before its opening crosses midnight and belongs to its start day.

    >>> Window(opens=22 * 60, closes=6 * 60).ends
    1800
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        faults = tuple(_window_faults(self.opens, self.closes))
        if faults:
            raise Invalid(faults)

    @property
    def ends(self) -> int:
        """Minutes after the start day's midnight: above 1440 when it crosses into the next day."""
        return self.closes if self.closes > self.opens else self.closes + MINUTES_PER_DAY


ALL_DAY = Window(0, MINUTES_PER_DAY)
# what these mean depends on the machine, and the others count leap seconds
MACHINES_OWN = frozenset({"localtime", "posixrules", "Factory"})
OTHER_TIMES = ("right/", "posix/")
NEVER: tuple[tuple[Window, ...], ...] = ((),) * DAYS_PER_WEEK


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """The windows of one date, in place of its weekday's: no window means closed."""

    day: date
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The hours in which a clock counts, in the zone of the site.

    A special day replaces the weekday's windows, even on a holiday: it is the more deliberate
    word. A holiday removes them. `always_open` ignores all three.

    >>> office = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
    >>> office.windows_on(date(2026, 6, 6))
    ()
    """

    zone: str
    weekly: tuple[tuple[Window, ...], ...] = NEVER
    special: tuple[SpecialDay, ...] = ()
    holidays: frozenset[date] = frozenset()
    always_open: bool = False
    _fingerprint: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise Invalid(faults)
        parts = (self.zone, self.always_open, self.weekly, self.special, sorted(self.holidays))
        # hashed on every cached look-up, so once per calendar, and alike in every process
        object.__setattr__(self, "_fingerprint", zlib.crc32(repr(parts).encode()))

    def __hash__(self) -> int:
        return self._fingerprint

    @property
    def zone_info(self) -> ZoneInfo:
        """The rules of the zone, clock changes included."""
        return ZoneInfo(self.zone)

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """Windows that start on this local date."""
        if self.always_open:
            return (ALL_DAY,)
        for special in self.special:
            if special.day == day:
                return special.windows
        return () if day in self.holidays else self.weekly[day.weekday()]

    def is_lost_to_holiday(self, day: date) -> bool:
        """Whether only the holiday keeps this date closed."""
        return day in self.holidays and not self.windows_on(day) and any(self.weekly[day.weekday()])

    def _faults(self) -> Iterator[Fault]:
        yield from zone_faults(self.zone)
        if len(self.weekly) != DAYS_PER_WEEK:
            yield Fault("weekly", "not_a_week", "A week has seven days, Monday first.")
        for weekday, windows in enumerate(self.weekly):
            yield from overlap_faults(f"weekly.{weekday}", windows)
        for special in self.special:
            yield from overlap_faults(f"special.{special.day}", special.windows)
        days = sorted(special.day for special in self.special)
        for day in (day for day, following in pairwise(days) if day == following):
            yield Fault(f"special.{day}", "day_twice", f"{day} is given two sets of hours.")
        if not self.always_open:
            every_day = (*self.weekly, *(special.windows for special in self.special))
            yield from never_open_faults(every_day)


def every_weekday(*windows: Window) -> tuple[tuple[Window, ...], ...]:
    """Put the same windows on Monday to Friday, and none on the weekend.

    >>> [len(day) for day in every_weekday(Window(480, 720), Window(810, 1050))]
    [2, 2, 2, 2, 2, 0, 0]
    """
    return (windows,) * 5 + ((),) * 2


def zone_faults(zone: str) -> Iterator[Fault]:
    """Say so when the zone is not one the IANA time zone database knows, alike on every machine.

    >>> [fault.code for fault in zone_faults("Mars/Olympus")]
    ['unknown_zone']
    """
    try:
        ZoneInfo(zone)
        is_known = zone not in MACHINES_OWN and not zone.startswith(OTHER_TIMES)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        is_known = False
    if not is_known:
        yield Fault("tz", "unknown_zone", f"{zone!r} is not an IANA zone such as Europe/Paris.")


def overlap_faults(path: str, windows: Iterable[Window]) -> Iterator[Fault]:
    """Name each pair of one day's windows that cover the same minute.

    A night may reach into the next day's hours: the time they share is counted once.

    >>> [fault.path for fault in overlap_faults("weekly.0", (Window(480, 720), Window(700, 800)))]
    ['weekly.0']
    """
    for first, second in pairwise(sorted(windows)):
        if second.opens < first.ends:
            yield Fault(
                path,
                "windows_overlap",
                f"[{first.opens}, {first.closes}] and [{second.opens}, {second.closes}] overlap.",
            )


def never_open_faults(days: Iterable[tuple[Window, ...]]) -> Iterator[Fault]:
    """Refuse hours without a single open window: no deadline could ever be reached in them.

    >>> [fault.code for fault in never_open_faults(NEVER)]
    ['never_open']
    """
    if not any(days):
        yield Fault("", "never_open", "The calendar never opens: give it hours, or always_open.")
