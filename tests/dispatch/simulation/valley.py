"""A valley for tests: a town of lifts close together, or villages up in the mountains."""

from datetime import date, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from dispatch.agreements import ClockKind, Severity, Target, TargetDuration
from dispatch.geo import Point
from dispatch.hours import Calendar, Window, every_weekday
from dispatch.planning import Limits
from dispatch.roster import (
    PatternLunch,
    PatternShift,
    Shift,
    ShiftKind,
    Technician,
    shifts_from_pattern,
)
from dispatch.simulation import (
    ORDINARY_CHANCES,
    Chances,
    Demand,
    Life,
    Lift,
    Lived,
    Luck,
    Planner,
    Territory,
    World,
    draw_calls,
    live,
)

ZONE = ZoneInfo("Europe/Andorra")
MONDAY = date(2026, 6, 1)
CENTRE = Point(42.506, 1.526)
ALWAYS = Calendar("Europe/Andorra", always_open=True)
OFFICE = Calendar("Europe/Andorra", every_weekday(Window(420, 1200)))
WEEK, WEEKEND = frozenset(range(5)), frozenset({5, 6})
LUNCH = PatternLunch(time(11, 30), time(13), 1800)
EARLY = PatternShift(WEEK, time(6, 30), time(14, 30), overtime_max_seconds=3600, lunch=LUNCH)
LATE = PatternShift(WEEK, time(11), time(19), overtime_max_seconds=3600, lunch=LUNCH)
NIGHT = PatternShift(WEEK, time(20), time(6, 30), ShiftKind.ON_CALL)
DAY_AND_NIGHT = PatternShift(WEEKEND, time(6, 30), time(6, 30), ShiftKind.ON_CALL)
BUSY = Demand(share_of_metro=4.0, checks_per_lift=0.15)


def targets(response_hours: float = 4) -> tuple[Target, ...]:
    """Half an hour for people trapped, so many hours for a lift that stands, a day for the rest."""
    hour = 3600
    return (
        Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(hour // 2), ALWAYS),
        Target(
            ClockKind.RESPONSE,
            Severity.OUT_OF_SERVICE,
            TargetDuration(int(response_hours * hour)),
            OFFICE,
        ),
        Target(ClockKind.RESOLUTION, Severity.OUT_OF_SERVICE, TargetDuration(16 * hour), OFFICE),
        Target(ClockKind.RESPONSE, Severity.DEGRADED, TargetDuration(13 * hour), OFFICE),
    )


def valley(
    *,
    crew: int = 5,
    lifts: int = 70,
    profile: str = "urban",
    days: int = 7,
    response_hours: float = 4,
) -> Territory:
    """A region whose places are drawn once; mountains lie five times as far apart."""
    random = Random(f"{profile} valley")
    reach = 0.18 if profile == "mountain" else 0.035
    technicians = tuple(
        Technician(
            f"t{number}",
            "VALLEY",
            _near(random, reach / 2),
            {"rescue": 1, "traction": 2}
            | ({"hydraulic": 1} if number % 2 == 0 or number == crew - 1 else {}),
        )
        for number in range(crew)
    )
    return Territory(
        "VALLEY",
        profile,
        ZONE,
        lifts=tuple(_lift(random, reach, number) for number in range(lifts)),
        crew=technicians,
        shifts={
            each.id: _shifts(each, number, crew, days) for number, each in enumerate(technicians)
        },
        targets=targets(response_hours),
    )


def lived(
    territory: Territory,
    *,
    seed: int = 1,
    days: int = 1,
    planner: Planner | None = None,
    demand: Demand = BUSY,
    chances: Chances = ORDINARY_CHANCES,
    first_day: date = MONDAY,
) -> Lived:
    calls = draw_calls(territory, first_day, days, seed=seed, demand=demand)
    office = planner or live(change_budget=3, limits=Limits(iterations=60), seed=seed)
    world = World(territory, Luck(seed, chances))
    return Life(world, calls, office).live(first_day, days)


def _near(random: Random, reach: float) -> Point:
    lat, lon = random.uniform(-reach, reach), random.uniform(-reach, reach)
    return Point(round(CENTRE.lat + lat, 5), round(CENTRE.lon + lon, 5))


def _lift(random: Random, reach: float, number: int) -> Lift:
    skills = {"traction": 1} if random.random() < 0.7 else {"hydraulic": 1}
    return Lift(f"lift-{number:03}", _near(random, reach), skills)


def _shifts(technician: Technician, number: int, crew: int, days: int) -> tuple[Shift, ...]:
    is_on_call = number == crew - 1
    own = (NIGHT, DAY_AND_NIGHT) if is_on_call else (LATE if number % 3 == 2 else EARLY,)
    return shifts_from_pattern(
        own,
        technician_id=technician.id,
        first_day=MONDAY - timedelta(days=1),
        days=days + 1,
        zone=ZONE,
    )
