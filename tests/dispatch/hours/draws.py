"""Random calls, calendars, pauses and targets in fortnights that are awkward for clocks.

The same seed draws the same cases; nothing here knows how they are answered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from dispatch.hours import Calendar, Pause, RelativeMode, RelativeTarget, SpecialDay, Window

DAYS = 14
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
    ("America/St_Johns", date(2006, 10, 23)),  # from 00:01 back into the day before
    ("Australia/Lord_Howe", date(2026, 3, 30)),  # half an hour
    ("Australia/Lord_Howe", date(2026, 9, 28)),
    ("Pacific/Chatham", date(2026, 3, 30)),  # at 03:45, 13:45 ahead of UTC
    ("Pacific/Chatham", date(2026, 9, 21)),
    ("Antarctica/Troll", date(2026, 3, 23)),  # two hours
    ("Asia/Kathmandu", date(2026, 6, 1)),
    ("Atlantic/Azores", date(2026, 10, 19)),
    ("Pacific/Apia", date(2011, 12, 26)),  # a date that never was
]


@dataclass(frozen=True)
class Case:
    """A call, its pauses, and a target as a share of the service that follows it, or as a day."""

    zone: str
    first: date
    calendar: Calendar
    start: datetime
    pauses: tuple[Pause, ...]
    share: float
    named: RelativeTarget


def cases(seed: object, zone: str, first: date, count: int) -> Iterator[Case]:
    random = Random(f"{seed} {zone} {first}")
    for _ in range(count):
        yield _case(random, zone, first)


def _case(random: Random, zone: str, first: date) -> Case:
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC)
    start = midnight + timedelta(seconds=random.randrange(3 * 86_400))
    return Case(
        zone=zone,
        first=first,
        calendar=_calendar(random, zone, first),
        start=start,
        pauses=_pauses(random, start),
        share=random.random(),
        named=_named(random),
    )


def _calendar(random: Random, zone: str, first: date) -> Calendar:
    days = [first + timedelta(day) for day in range(DAYS)]
    weekly = tuple(_windows(random) for _ in range(7))
    if not any(weekly):
        weekly = ((Window(0, 1440),), *weekly[1:])
    special = tuple(SpecialDay(day, _windows(random)) for day in random.sample(days, 2))
    holidays = frozenset(random.sample(days, 2))
    return Calendar(zone, weekly, special, holidays, always_open=random.random() < 0.05)


def _windows(random: Random) -> tuple[Window, ...]:
    """Up to three windows of one day that do not overlap; the last may cross midnight."""
    grid = random.choice([1, 15, 30, 60])
    edges = sorted(random.sample(range(0, 1440, grid), 2 * random.randint(0, 3)))
    windows = [Window(*edges[at : at + 2]) for at in range(0, len(edges), 2)]
    if windows and random.random() < 0.3:
        closes = random.randrange(0, windows[0].opens + 1)
        windows[-1] = Window(windows[-1].opens, closes)
    return tuple(windows)


def _pauses(random: Random, start: datetime) -> tuple[Pause, ...]:
    """Up to four pauses that may overlap, nest and be empty; one may still be open."""
    pauses = []
    for _ in range(random.randint(0, 4)):
        paused = start + timedelta(seconds=random.randrange(-7200, 8 * 86_400))
        length = random.choice([30, 3_600, 50_000, 150_000])
        pauses.append(Pause(paused, paused + timedelta(seconds=random.randrange(length))))
    if random.random() < 0.2:
        pauses.append(Pause(start + timedelta(seconds=random.randrange(8 * 86_400)), None))
    random.shuffle(pauses)
    return tuple(pauses)


def _named(random: Random) -> RelativeTarget:
    mode = random.choice(list(RelativeMode))
    match mode:
        case RelativeMode.BY:
            minutes = random.randrange(1441)
        case RelativeMode.HOURS:
            minutes = random.randrange(1200)
        case RelativeMode.CLOSE | RelativeMode.END_OF_DAY:
            minutes = 0
    return RelativeTarget(random.randrange(4), mode, minutes)
