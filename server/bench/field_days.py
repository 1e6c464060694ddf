"""Field-service days on which optimisers are compared: every rule a peer could be asked to keep.

The same size, load and seed give the same day on any machine. Running them is in `dispatch`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from dispatch.geo import Point, travel_block, travel_matrix
from dispatch.planning import Break, Job, Problem, Technician
from dispatch.planning.durations import MANY, Durations

ORIGIN = datetime(2026, 6, 1, 6, tzinfo=UTC)
HOUR, MINUTE = 3600, 60
CENTRE = Point(42.5, 1.5)
SPREAD_DEGREES = 0.15  # at 20 technicians; the land grows with the company, at half its pace
SHIFT_SECONDS = 17 * HOUR // 2  # lunch included
LUNCH = Break(5 * HOUR, 7 * HOUR, 30 * MINUTE)
OVERTIME_MAX, OVERTIME_COST = 2 * HOUR, 3
WINDOWED, ALLERGIC = 0.2, 0.05
FIRST_CALL, LAST_CALL = 3 * HOUR // 2, 8 * HOUR
SMALL, MIDDLE, LARGE = (20, 120), (60, 400), (200, 1500)
ORDINARY, OVERLOADED = 1.0, 1.4


@dataclass(frozen=True, slots=True)
class Stakes:
    """What a priority weighs, in seconds of driving, and how long after the call it is due.

    Missing the promise of a P1 or P2 costs more than any detour could save, and never serving it
    more than serving it at the end of the longest day; so promises are not traded for driving.
    """

    share: int
    late_cost: int
    late_fixed: int
    drop_cost: int
    due_seconds: int


STAKES = {
    1: Stakes(5, 60, 1_000_000, 4_000_000, HOUR),
    2: Stakes(15, 12, 200_000, 1_000_000, 4 * HOUR),
    3: Stakes(35, 3, 1_000, 120_000, 6 * HOUR),
    4: Stakes(45, 1, 300, 25_000, 9 * HOUR),
}
SKILLS = ("electric", "hydraulic", "rescue")


@dataclass(frozen=True, slots=True)
class Day:
    """Which day to draw: how many people and jobs, how much work in each, and the seed."""

    technicians: int
    jobs: int
    load: float
    seed: int

    @property
    def name(self) -> str:
        kind = "ordinary" if self.load <= ORDINARY else "overloaded"
        return f"{self.technicians} x {self.jobs} {kind} {self.seed}"


def field_day(day: Day) -> Problem:
    """A day before it begins.

    >>> field_day(Day(2, 5, 1.0, seed=1)) == field_day(Day(2, 5, 1.0, seed=1))
    True
    """
    draw = Random(day.seed)  # noqa: S311 - a seeded draw, not a secret
    spread = SPREAD_DEGREES * (day.technicians / SMALL[0]) ** 0.25
    places = [_place(draw, spread) for _ in range(day.technicians + day.jobs)]
    people = tuple(_technician(draw, number) for number in range(day.technicians))
    work = tuple(
        _job(draw, day.technicians + number, people, day.load) for number in range(day.jobs)
    )
    many = len(places) >= MANY
    travel = Durations(travel_block(places, "mixed")) if many else travel_matrix(places, "mixed")
    return Problem(ORIGIN, travel, people, work)


def _place(draw: Random, spread: float) -> Point:
    return Point(CENTRE.lat + draw.gauss(0, spread), CENTRE.lon + draw.gauss(0, spread))


def _technician(draw: Random, number: int) -> Technician:
    begins = draw.choice((HOUR, HOUR, 2 * HOUR, 3 * HOUR))
    skills = {"electric": draw.randint(1, 2)}
    skills.update({skill: 1 for skill in SKILLS[1:] if draw.random() < 0.6})  # noqa: PLR2004
    return Technician(
        f"t{number}",
        start=number,
        end=number,
        shift=(begins, begins + SHIFT_SECONDS),
        overtime_max=OVERTIME_MAX,
        overtime_cost=OVERTIME_COST,
        break_=LUNCH,
        skills=skills,
    )


def _job(draw: Random, place: int, people: tuple[Technician, ...], load: float) -> Job:
    priority = draw.choices(list(STAKES), [each.share for each in STAKES.values()])[0]
    stakes = STAKES[priority]
    release = _release(draw, priority)
    due = release + stakes.due_seconds
    window = None
    if priority >= 3 and draw.random() < WINDOWED:  # noqa: PLR2004 - degraded or a request
        opens = max(release, draw.randrange(2 * HOUR, 8 * HOUR))
        window, due = (opens, opens + 2 * HOUR), max(due, opens + HOUR)
    return Job(
        f"j{place}",
        location=place,
        duration=round(min(2.5, draw.lognormvariate(0, 0.45)) * 50 * load) * MINUTE,
        priority=priority,
        drop_cost=stakes.drop_cost,
        skills=_needed(draw, priority),
        release=release,
        window=window,
        due=due,
        late_cost=stakes.late_cost,
        late_fixed=stakes.late_fixed,
        excluded=(draw.choice(people).id,) if draw.random() < ALLERGIC else (),
    )


def _release(draw: Random, priority: int) -> int:
    """Urgent calls come all day long; most of the rest is known in the morning."""
    called = draw.randrange(FIRST_CALL, LAST_CALL)
    return called if priority <= 2 or draw.random() < 0.3 else 0  # noqa: PLR2004


def _needed(draw: Random, priority: int) -> dict[str, int]:
    if priority == 1:
        return {"rescue": 1}
    drawn = draw.random()
    if drawn < 0.2:  # noqa: PLR2004 - a fifth needs an experienced electrician
        return {"electric": 2}
    return {"hydraulic": 1} if drawn < 0.35 else {}  # noqa: PLR2004


def within_reach(problem: Problem, priority: int) -> int:
    """How many due jobs of a priority somebody able would reach in time with nothing else to do.

    Nobody can keep more promises than these, and rarely all of them at once.
    """
    jobs = [each for each in problem.jobs if each.priority == priority and each.due is not None]
    return sum(any(_in_time(problem, job)) for job in jobs)


def _in_time(problem: Problem, job: Job) -> Iterator[bool]:
    for each in problem.technicians:
        able = all(each.skills.get(name, 0) >= level for name, level in job.skills.items())
        if able and each.id not in job.excluded:
            leaves = max(each.shift[0], problem.now)
            arrival = leaves + problem.durations[each.start][job.location]
            yield max(arrival, job.release) <= (job.due or 0)
