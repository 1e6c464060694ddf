"""The calls of each day, drawn from the published curves: the same seed rings the same lifts.

The figures are in `figures`; what becomes of a call is lived in `life`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from math import log
from random import Random

from dispatch.agreements import Severity
from dispatch.simulation.figures import (
    HANDS_ON_SHARE,
    LONGEST_MINUTES,
    OFFICE_HOURS,
    ORDINARY_DEMAND,
    OUTAGE_HOURS_MEDIAN,
    SHARE_OF_S3_AMONG_SMALLER,
    SHARE_TRAPPED,
    SHORTEST_MINUTES,
    SIZE_OF_WORK,
    SMALLER_CALLS_PER_OUTAGE,
    STARTS_BY_HOUR,
    STARTS_BY_WEEKDAY,
    STEP_MINUTES,
    WORK_SPREAD,
    Demand,
)
from dispatch.simulation.luck import drawn
from dispatch.simulation.territory import Lift, Territory

HOURS = range(24)
WORKING_DAYS = 5
CHECKS_KNOWN_AT = time(5)


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody asks for something: when, about which lift, how bad, how long it should take.

    `is_planned` work was proposed by ourselves: nobody waits for it and nothing is promised.
    """

    id: str
    at: datetime
    lift: Lift
    severity: Severity
    duration_seconds: int
    is_planned: bool = False
    skills: dict[str, int] = field(default_factory=dict, hash=False)

    @property
    def lasts(self) -> timedelta:
        """How long the work should take."""
        return timedelta(seconds=self.duration_seconds)


def draw_calls(
    territory: Territory,
    first_day: date,
    days: int,
    *,
    seed: int,
    demand: Demand = ORDINARY_DEMAND,
) -> tuple[Call, ...]:
    """Draw the calls of so many days, earliest first; a day does not depend on those around it.

    >>> from zoneinfo import ZoneInfo
    >>> nowhere = Territory("NONE", "urban", ZoneInfo("Europe/Andorra"), lifts=())
    >>> draw_calls(nowhere, date(2026, 6, 1), 7, seed=1)
    ()
    """
    if not territory.lifts:
        return ()
    found: list[Call] = []
    for day in (first_day + timedelta(days=number) for number in range(days)):
        random = drawn(seed, "calls", territory.code, day.isoformat())
        today = sorted(_of_day(territory, day, random, demand), key=lambda call: call.at)
        found.extend(
            replace(call, id=f"{territory.code}-{day:%y%m%d}-{number:03}")
            for number, call in enumerate(today, start=1)
        )
    return tuple(sorted(found, key=lambda call: call.at))


def _of_day(territory: Territory, day: date, random: Random, demand: Demand) -> Iterator[Call]:
    weekly = STARTS_BY_WEEKDAY[day.weekday()] / (sum(STARTS_BY_WEEKDAY) / 7)
    outages = len(territory.lifts) * demand.outages_per_lift_day * weekly
    for at in _times(territory, day, outages, HOURS, random=random):
        is_trapped = random.random() < SHARE_TRAPPED
        severity = Severity.ENTRAPMENT if is_trapped else Severity.OUT_OF_SERVICE
        yield _call(territory, at, severity, random)
    smaller = outages * SMALLER_CALLS_PER_OUTAGE
    for at in _times(territory, day, smaller, OFFICE_HOURS, random=random):
        is_fault = random.random() < SHARE_OF_S3_AMONG_SMALLER
        yield _call(territory, at, Severity.DEGRADED if is_fault else Severity.REQUEST, random)
    if day.weekday() < WORKING_DAYS:
        yield from _checks(territory, day, random, demand)


def _times(
    territory: Territory, day: date, mean: float, hours: Sequence[int], *, random: Random
) -> Iterator[datetime]:
    """Moments of a day at random, as dense as the hourly curve, `mean` of them on average."""
    whole = sum(STARTS_BY_HOUR[hour] for hour in hours)
    for hour in hours:
        rate = mean * STARTS_BY_HOUR[hour] / whole
        passed = random.expovariate(rate) if rate else 1.0
        while passed < 1:
            minutes = int(passed * 60)
            yield _instant(day, time(hour, minutes), territory)
            passed += random.expovariate(rate)


def _instant(day: date, wall: time, territory: Territory) -> datetime:
    return datetime.combine(day, wall, territory.zone).astimezone(UTC)


def _call(territory: Territory, at: datetime, severity: Severity, random: Random) -> Call:
    lift = random.choice(territory.lifts)
    rescue = {"rescue": 1} if severity is Severity.ENTRAPMENT else {}
    skills = dict(lift.skills) | rescue
    return Call("", at, lift, severity, work_seconds(severity, random), skills=skills)


def work_seconds(severity: Severity, random: Random) -> int:
    """Draw the hands-on time of one job: log-normal, within bounds, in steps of five minutes."""
    outage_minutes = random.lognormvariate(log(OUTAGE_HOURS_MEDIAN * 60), WORK_SPREAD)
    minutes = outage_minutes * HANDS_ON_SHARE * SIZE_OF_WORK[severity]
    within = min(max(minutes, SHORTEST_MINUTES), LONGEST_MINUTES)
    return round(within / STEP_MINUTES) * STEP_MINUTES * 60


def _checks(territory: Territory, day: date, random: Random, demand: Demand) -> Iterator[Call]:
    """The planned checks of a day, each lift as often as the others over time."""
    exact = len(territory.lifts) * demand.checks_per_lift
    count = min(len(territory.lifts), int(exact) + (random.random() < exact % 1))
    at = _instant(day, CHECKS_KNOWN_AT, territory)
    working_days = (day.toordinal() - 1) // len(STARTS_BY_WEEKDAY) * WORKING_DAYS + day.weekday()
    first = working_days * count
    for number in range(count):
        lift = territory.lifts[(first + number) % len(territory.lifts)]
        skills = dict(lift.skills)
        seconds = demand.check_seconds
        yield Call("", at, lift, Severity.REQUEST, seconds, is_planned=True, skills=skills)
