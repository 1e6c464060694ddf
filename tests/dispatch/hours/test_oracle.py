"""The clock against a scan that looks at every minute of a fortnight.

The scan shares no code with the product: it asks the zone what the clocks show, minute by minute.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from dispatch.hours import Calendar, Pause, SpecialDay, Window, due, elapsed, open_spans

# a fortnight with a clock change in it, or none, told by its first day
FORTNIGHTS = [
    ("Europe/Paris", date(2026, 3, 23)),
    ("Europe/Paris", date(2026, 10, 19)),
    ("Europe/Paris", date(2026, 6, 1)),
    ("America/Toronto", date(2026, 10, 26)),
    ("America/Havana", date(2026, 3, 2)),
    ("America/Havana", date(2026, 10, 26)),
    ("America/Santiago", date(2026, 8, 31)),
    ("America/Santiago", date(2026, 3, 30)),
    ("Australia/Lord_Howe", date(2026, 3, 30)),
    ("Australia/Lord_Howe", date(2026, 9, 28)),
    ("Antarctica/Troll", date(2026, 3, 23)),
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Atlantic/Azores", date(2026, 10, 19)),
    ("Pacific/Apia", date(2011, 12, 26)),
]
CASES_EACH = 20
DAYS = 14
MARGIN_DAYS = 3
Minutes = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]


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


def open_minutes(calendar: Calendar, zone: str, first: date) -> Flags:
    """A window is open from the first minute at or after its opening to the last before its end."""
    shown = wall(zone, first).shown
    flags = np.zeros(len(shown), dtype=bool)
    for offset in range(-1, DAYS):
        day = first + timedelta(offset)
        midnight = (day - date(1970, 1, 1)).days * 1440
        for window in calendar.windows_on(day):
            reached = np.flatnonzero(shown >= midnight + window.opens)[0]
            before = np.flatnonzero(shown < midnight + window.ends)[-1]
            flags[reached : before + 1] = True
    return flags


def counted_seconds(case: "Case") -> Flags:
    flags = np.repeat(open_minutes(case.calendar, case.zone, case.first), 60)
    begins = wall(case.zone, case.first).begins
    for pause in case.pauses:
        assert pause.end is not None
        start, end = (int((each - begins).total_seconds()) for each in (pause.start, pause.end))
        flags[start:end] = False
    flags[: int((case.start - begins).total_seconds())] = False
    return flags


@dataclass(frozen=True)
class Case:
    zone: str
    first: date
    calendar: Calendar
    start: datetime
    pauses: tuple[Pause, ...]
    share: float


def random_windows(random: Random) -> tuple[Window, ...]:
    """Up to three windows of one day that do not overlap; the last may cross midnight."""
    grid = random.choice([1, 15, 30, 60])
    edges = sorted(random.sample(range(0, 1440, grid), 2 * random.randint(0, 3)))
    windows = [Window(*edges[at : at + 2]) for at in range(0, len(edges), 2)]
    if windows and random.random() < 0.3:
        closes = random.randrange(0, windows[0].opens + 1)
        windows[-1] = Window(windows[-1].opens, closes)
    return tuple(windows)


def random_case(random: Random, zone: str, first: date) -> Case:
    days = [first + timedelta(day) for day in range(DAYS)]
    weekly = tuple(random_windows(random) for _ in range(7))
    if not any(weekly):
        weekly = ((Window(0, 1440),), *weekly[1:])
    special = tuple(SpecialDay(day, random_windows(random)) for day in random.sample(days, 2))
    holidays = frozenset(random.sample(days, 2))
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    start = midnight + timedelta(seconds=random.randrange(3 * 86_400))
    pauses = []
    for _ in range(random.randint(0, 4)):
        paused = start + timedelta(seconds=random.randrange(-7200, 8 * 86_400))
        length = random.choice([30, 3_600, 50_000, 150_000])
        pauses.append(Pause(paused, paused + timedelta(seconds=random.randrange(length))))
    calendar = Calendar(zone, weekly, special, holidays)
    return Case(zone, first, calendar, start, tuple(pauses), random.random())


def cases(zone: str, first: date) -> list[Case]:
    random = Random(f"{zone} {first}")
    return [random_case(random, zone, first) for _ in range(CASES_EACH)]


@pytest.mark.parametrize(("zone", "first"), FORTNIGHTS)
def test_due_instants_agree_with_the_scan(zone: str, first: date) -> None:
    for case in cases(zone, first):
        begins = wall(zone, first).begins
        total = np.cumsum(counted_seconds(case))
        within = int((datetime.combine(first, datetime.min.time(), UTC) - begins).total_seconds())
        target = int(total[within + (DAYS - 2) * 86_400] * case.share)
        if target == 0:
            continue
        scanned = begins + timedelta(seconds=int(np.searchsorted(total, target)) + 1)
        assert due(case.calendar, case.start, target, case.pauses) == scanned, case


@pytest.mark.parametrize(("zone", "first"), FORTNIGHTS)
def test_elapsed_service_time_agrees_with_the_scan(zone: str, first: date) -> None:
    for case in cases(zone, first):
        end = case.start + timedelta(days=9)
        cut = int((end - wall(zone, first).begins).total_seconds())
        scanned = int(counted_seconds(case)[:cut].sum())
        assert elapsed(case.calendar, case.start, end, case.pauses) == scanned, case


@pytest.mark.parametrize(("zone", "first"), FORTNIGHTS)
def test_open_spans_agree_with_the_scan(zone: str, first: date) -> None:
    for case in cases(zone, first):
        begins = wall(zone, first).begins
        flags = open_minutes(case.calendar, zone, first)
        left, right = (begins + timedelta(days=day) for day in (MARGIN_DAYS + 1, DAYS))
        flags[: (MARGIN_DAYS + 1) * 1440] = False
        flags[DAYS * 1440 :] = False
        steps = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(int), [0]))))
        instants = [begins + timedelta(minutes=int(step)) for step in steps]
        scanned = tuple(zip(instants[::2], instants[1::2], strict=True))
        assert open_spans(case.calendar, left, right) == scanned, case
