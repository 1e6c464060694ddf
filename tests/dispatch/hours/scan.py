"""Clock questions answered by looking at every second of a fortnight.

It shares no code with the product: it asks the zone what the clocks show, minute by minute, and
reads the calendar's lists by itself.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from dispatch.hours import RelativeMode, Window
from tests.dispatch.hours.draws import DAYS, Case

MARGIN_DAYS = 3
Minutes = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


class BeyondTheScan(Exception):
    """The answer lies after the last second looked at."""


@dataclass(frozen=True)
class Wall:
    """What the clocks of a zone show in each minute, as minutes since 1970 of their own."""

    begins: datetime
    shown: Minutes


@cache
def wall(zone: str, first: date) -> Wall:
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(MARGIN_DAYS)
    minutes = (DAYS + 2 * MARGIN_DAYS) * 1440
    info = ZoneInfo(zone)
    local = (
        (begins + timedelta(minutes=minute)).astimezone(info).replace(tzinfo=UTC)
        for minute in range(minutes)
    )
    return Wall(begins, np.array([int(each.timestamp()) // 60 for each in local]))


class Scan:
    """One case, second by second: places are seconds after the wall's first."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.wall = wall(case.zone, case.first)
        self.begun = self.place(case.start)
        self.open_minutes = self._open_minutes()
        self.paused = self._paused()
        self.counted = np.repeat(self.open_minutes, 60) & ~self.paused
        self.counted[: self.begun] = False
        self.total = np.cumsum(self.counted)

    def place(self, instant: datetime) -> int:
        return int((instant - self.wall.begins).total_seconds())

    def instant(self, place: int) -> datetime:
        return self.wall.begins + timedelta(seconds=place)

    def target(self) -> int:
        """The case's share of what would be counted if nobody had left a pause open."""
        closed = np.repeat(self.open_minutes, 60) & ~self._paused(with_open=False)
        within = (MARGIN_DAYS + DAYS - 2) * 86_400
        return int(closed[self.begun : within].sum() * self.case.share)

    def due(self, target: int) -> datetime | None:
        if target > self.total[-1]:
            return None
        return self.instant(int(np.searchsorted(self.total, target)) + 1 if target else self.begun)

    def left(self, target: int) -> int | None:
        """What is missing once an open pause has stopped everything."""
        return max(0, target - int(self.total[-1])) if self._is_paused_for_good else None

    def elapsed(self, end: datetime) -> int:
        return int(self.counted[: self.place(end)].sum())

    def open_spans(self, left: datetime, right: datetime) -> tuple[tuple[datetime, datetime], ...]:
        inside = self.open_minutes[self.place(left) // 60 : self.place(right) // 60]
        return tuple(
            (left + timedelta(minutes=opens), left + timedelta(minutes=closes))
            for opens, closes in _runs(inside)
        )

    def named_due(self) -> datetime | None:
        """Start again at the end of each pause that began before the day that was named."""
        begun = self.begun
        reached = self._named(begun)
        for paused, resumed in _runs(self.paused):
            if paused < reached and resumed > begun:
                if resumed == len(self.paused):
                    return None
                begun, reached = resumed, self._named(resumed)
        return self.instant(reached)

    def _named(self, begun: int) -> int:
        target, shown = self.case.named, self.wall.shown
        today = int(shown[begun // 60]) // 1440
        if target.mode is RelativeMode.END_OF_DAY:
            return self._last_before((today + target.days + 1) * 1440)
        day, opened = self._service_day(today, begun)
        match target.mode:
            case RelativeMode.CLOSE:
                return (int(opened[-1]) + 1) * 60
            case RelativeMode.BY:
                return int(np.flatnonzero(shown >= day * 1440 + target.minutes)[0]) * 60
            case RelativeMode.HOURS if target.minutes:
                from_opening = np.flatnonzero(self.open_minutes[opened[0] :])
                if len(from_opening) < target.minutes:
                    raise BeyondTheScan
                return int(opened[0] + from_opening[target.minutes - 1] + 1) * 60
        return int(opened[0]) * 60

    def _service_day(self, today: int, begun: int) -> tuple[int, Minutes]:
        missing = self.case.named.days
        for day in range(today, int(self.wall.shown[-1]) // 1440 - 1):
            opened = np.flatnonzero(self._opened_on(day))
            if len(opened) and (day > today or begun < (opened[-1] + 1) * 60):
                if not missing:
                    return day, opened
                missing -= 1
        raise BeyondTheScan

    def _last_before(self, minute: int) -> int:
        shown = self.wall.shown
        if shown[-1] < minute:
            raise BeyondTheScan
        return (int(np.flatnonzero(shown < minute)[-1]) + 1) * 60

    def _open_minutes(self) -> Flags:
        first, last = int(self.wall.shown[0]) // 1440, int(self.wall.shown[-1]) // 1440
        flags = np.zeros(len(self.wall.shown), dtype=bool)
        for day in range(first - 1, last + 1):
            flags |= self._opened_on(day)
        return flags

    def _opened_on(self, day: int) -> Flags:
        """A window is open from the first minute at or after its opening to the last before its
        end."""
        shown = self.wall.shown
        flags = np.zeros(len(shown), dtype=bool)
        for window in self._windows(date(1970, 1, 1) + timedelta(day)):
            crosses = 1440 * (window.closes <= window.opens)
            reached = np.flatnonzero(shown >= day * 1440 + window.opens)
            before = np.flatnonzero(shown < day * 1440 + window.closes + crosses)
            if len(reached) and len(before):
                flags[reached[0] : before[-1] + 1] = True
        return flags

    def _windows(self, day: date) -> tuple[Window, ...]:
        calendar = self.case.calendar
        if calendar.always_open:
            return (Window(0, 1440),)
        replaced = [special.windows for special in calendar.special if special.day == day]
        if replaced:
            return replaced[0]
        return () if day in calendar.holidays else calendar.weekly[day.weekday()]

    def _paused(self, *, with_open: bool = True) -> Flags:
        flags = np.zeros(len(self.wall.shown) * 60, dtype=bool)
        for pause in self.case.pauses:
            if pause.end is not None:
                flags[self.place(pause.start) : self.place(pause.end)] = True
            elif with_open:
                flags[self.place(pause.start) :] = True
        return flags

    @property
    def _is_paused_for_good(self) -> bool:
        return any(pause.end is None for pause in self.case.pauses)


def _runs(flags: Flags) -> list[tuple[int, int]]:
    """First place and place after the last of every run of flags."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
