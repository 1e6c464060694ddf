"""Due instants for spans of ten working days, against a scan that looks at every minute.

The scan shares the calendar's windows with the product, and nothing of how it counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from time import process_time

from dispatch.hours import Calendar, Window, due, every_weekday
from server.bench.figures import Progress, silent
from server.bench.refusals import AnswersDiffer

YEAR = date(2026, 1, 1)
MINUTE = timedelta(minutes=1)
WORKING_DAYS = 10
ZONES = ("Europe/Andorra", "Europe/Lisbon", "Europe/Helsinki", "America/Toronto")
WITH_LUNCH = (
    (Window(480, 720), Window(810, 1050)),
    (Window(510, 750), Window(810, 1080)),
    (Window(420, 720), Window(780, 960)),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A call at some minute of the year, promised within so many seconds of service."""

    calendar: Calendar
    start: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class SlaFigures:
    """CPU rates on one core. The second pass finds every day's hours remembered."""

    seed: int
    cases: int
    scanned: int
    dues_per_second: int
    dues_per_second_again: int
    scans_per_second: float
    times_faster: int


def scanned_due(case: Case) -> datetime:
    """Count open minutes one by one, as the clocks on the wall show them, until none is missing."""
    zone = case.calendar.zone_info
    missing, instant = case.seconds // 60, case.start
    while missing:
        shown = instant.astimezone(zone)
        minute = shown.hour * 60 + shown.minute
        windows = case.calendar.windows_on(shown.date())
        missing -= any(window.opens <= minute < window.closes for window in windows)
        instant += MINUTE
    return instant


def measure(
    *,
    cases: int,
    scanned: int,
    seed: int,
    scan: Callable[[Case], datetime] = scanned_due,
    progress: Progress = silent,
) -> SlaFigures:
    """Answer all cases twice and scan the first ones; raises `AnswersDiffer` if one is wrong."""
    drawn = drawn_cases(cases, seed)
    looked_at = drawn[:scanned]
    begun = process_time()
    answers = _answers(drawn)
    first = process_time() - begun
    begun = process_time()
    _answers(drawn)
    again = process_time() - begun
    slow = 0.0
    for number, case in enumerate(looked_at):
        begun = process_time()
        counted = scan(case)
        slow += process_time() - begun
        if answers[number] != counted:
            raise AnswersDiffer(number, answers[number], counted)
        progress((number + 1) / len(looked_at))
    rate = cases / first
    return SlaFigures(
        seed=seed,
        cases=cases,
        scanned=len(looked_at),
        dues_per_second=round(rate),
        dues_per_second_again=round(cases / again),
        scans_per_second=round(len(looked_at) / slow, 1),
        times_faster=round(rate * slow / len(looked_at)),
    )


def _answers(cases: Sequence[Case]) -> list[datetime | None]:
    return [due(case.calendar, case.start, case.seconds) for case in cases]


def drawn_cases(count: int, seed: int) -> list[Case]:
    """Calls at any minute of a year, each due after ten days of service with lunch breaks.

    >>> drawn_cases(3, seed=1) == drawn_cases(3, seed=1)
    True
    """
    draw = Random(seed)  # noqa: S311 - a seeded draw, not a secret
    calendars = [_calendar(draw, zone, day) for zone, day in product(ZONES, WITH_LUNCH)]
    midnight = datetime(YEAR.year, YEAR.month, YEAR.day, tzinfo=UTC)
    return [
        Case(calendar, midnight + draw.randrange(365 * 1440) * MINUTE, _ten_days(calendar))
        for calendar in draw.choices(calendars, k=count)
    ]


def _calendar(draw: Random, zone: str, windows: Sequence[Window]) -> Calendar:
    holidays = frozenset(YEAR + timedelta(day) for day in draw.sample(range(400), 12))
    return Calendar(zone, weekly=every_weekday(*windows), holidays=holidays)


def _ten_days(calendar: Calendar) -> int:
    minutes = sum(window.ends - window.opens for window in calendar.weekly[0])
    return WORKING_DAYS * minutes * 60
