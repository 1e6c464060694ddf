"""Days drawn from a seed: a town with its outskirts, technicians on shift, calls of every severity.

The same numbers and seed give the same day on any machine; what it is used for is elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

from dispatch.agreements import Severity
from dispatch.day import WEIGHTS
from dispatch.geo import Point, travel_matrix
from dispatch.planning import (
    Announced,
    Break,
    Job,
    Limits,
    Plan,
    Problem,
    Route,
    Stability,
    Stop,
    Technician,
    solve,
)

ORIGIN = datetime(2026, 6, 1, 6, tzinfo=UTC)
HOUR = 3600
MIDDAY = 6 * HOUR
CENTRE = Point(42.5, 1.5)
SPREAD_DEGREES = 0.12  # two thirds of the places lie within about 13 km of the centre
SHIFT_SECONDS = 9 * HOUR  # lunch included
MIX = {
    Severity.ENTRAPMENT: 2,
    Severity.OUT_OF_SERVICE: 18,
    Severity.DEGRADED: 35,
    Severity.REQUEST: 45,
}
RESCUERS, NEED_ELECTRICIAN = 0.6, 0.25
NO_AIM_SECONDS = 2 * 86_400  # a request may wait for another day
AFTERNOON_WORK = range(20, 60)  # minutes of a job: a full roster
SHORT_WORK = range(15, 35)  # minutes: ten visits a day
DRIVE_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class Midday:
    """A day in full swing: its plan, everybody told, and urgent calls that nobody has yet."""

    problem: Problem
    plan: Plan
    calls: tuple[str, ...]
    places: tuple[Point, ...]


def drawn_midday(*, technicians: int, jobs: int, calls: int, seed: int) -> Midday:
    """A day at noon: so many open jobs planned and announced, then urgent calls come in.

    >>> drawn_midday(technicians=2, jobs=4, calls=1, seed=1).calls
    ('j6',)
    """
    draw = Random(seed)  # noqa: S311 - a seeded draw, not a secret
    people = [_technician(draw, index) for index in range(technicians)]
    severities = draw.choices(list(MIX), list(MIX.values()), k=jobs)
    open_jobs = [
        _job(draw, place, severity, MIDDAY - draw.randrange(_aim(severity)), AFTERNOON_WORK)
        for place, severity in enumerate(severities, technicians)
    ]
    urgent = draw.choices((Severity.ENTRAPMENT, Severity.OUT_OF_SERVICE), (1, 4), k=calls)
    new = [
        _job(draw, place, severity, MIDDAY, AFTERNOON_WORK)
        for place, severity in enumerate(urgent, technicians + jobs)
    ]
    places = tuple(_place(draw) for _ in range(len(people) + len(open_jobs) + len(new)))
    noon = _problem(places, people, open_jobs + new)
    plan = solve(replace(noon, jobs=tuple(open_jobs)), limits=Limits(iterations=0), seed=seed)
    told = _told(open_jobs, plan)
    calls_of_noon = tuple(each.id for each in new)
    return Midday(replace(noon, jobs=(*told, *new)), plan, calls_of_noon, places)


def full_midday(*, technicians: int, visits: int, waiting: int, seed: int) -> Midday:
    """A day at noon on which everybody has as much to do, one after the other, and calls wait.

    Nothing is searched for: the visits are dealt out in turn.

    >>> [len(route.stops) for route in full_midday(
    ...     technicians=2, visits=6, waiting=1, seed=1).plan.routes]
    [3, 3]
    """
    draw = Random(f"full {seed}")  # noqa: S311 - a seeded draw, not a secret
    people = [_technician(draw, index) for index in range(technicians)]
    severities = draw.choices(list(MIX), list(MIX.values()), k=visits + waiting)
    jobs = [
        _job(draw, place, severity, MIDDAY - draw.randrange(_aim(severity)), SHORT_WORK)
        for place, severity in enumerate(severities, technicians)
    ]
    plan = Plan(
        routes=tuple(_dealt(each, jobs[i:visits:technicians]) for i, each in enumerate(people))
    )
    places = tuple(_place(draw) for _ in range(technicians + len(jobs)))
    told = _told(jobs[:visits], plan)
    problem = _problem(places, people, (*told, *jobs[visits:]))
    return Midday(problem, plan, tuple(each.id for each in jobs[visits:]), places)


def _dealt(technician: Technician, jobs: Sequence[Job]) -> Route:
    """These jobs at even distances over a shift."""
    begins, ends = technician.shift
    step = (ends - begins) // max(1, len(jobs))
    starts = [begins + index * step + DRIVE_SECONDS for index in range(len(jobs))]
    stops = tuple(
        Stop(
            job.id,
            start - DRIVE_SECONDS,
            start,
            min(start + job.duration, start - DRIVE_SECONDS + step),
        )
        for job, start in zip(jobs, starts, strict=True)
    )
    return Route(technician.id, stops, leave=begins, return_=ends)


def linked(midday: Midday, count: int, seed: int) -> Midday:
    """The same day with so many of its jobs following another's work, as they do in its plan.

    >>> midday = linked(drawn_midday(technicians=3, jobs=8, calls=2, seed=5), 2, seed=5)
    >>> sum(bool(job.after) for job in midday.problem.jobs)
    2
    """
    draw = Random(f"linked {seed}")  # noqa: S311 - a seeded draw, not a secret
    stops = [(route.technician, stop) for route in midday.plan.routes for stop in route.stops]
    after: dict[str, str] = {}
    for who, later in draw.sample(stops, len(stops)):
        before = [stop.job for other, stop in stops if other != who and stop.finish <= later.start]
        if before and len(after) < count:
            after[later.job] = draw.choice(before)
    jobs = [
        replace(job, after=(after[job.id],)) if job.id in after else job
        for job in midday.problem.jobs
    ]
    return replace(midday, problem=replace(midday.problem, jobs=tuple(jobs)))


def _problem(places: Sequence[Point], people: Sequence[Technician], jobs: Sequence[Job]) -> Problem:
    return Problem(
        ORIGIN,
        travel_matrix(places, "mixed"),
        tuple(people),
        tuple(jobs),
        now=MIDDAY,
        stability=Stability(WEIGHTS.move_cost, WEIGHTS.tolerance_seconds),
    )


def _place(draw: Random) -> Point:
    lat, lon = (draw.gauss(0, SPREAD_DEGREES) for _ in range(2))
    return Point(CENTRE.lat + lat, CENTRE.lon + lon)


def _technician(draw: Random, index: int) -> Technician:
    begins = draw.choice((HOUR, HOUR, 2 * HOUR, 3 * HOUR))
    skills = {"electric": draw.randint(1, 2)}
    if draw.random() < RESCUERS:
        skills["rescue"] = 1
    return Technician(
        f"t{index}",
        start=index,
        end=index,
        shift=(begins, begins + SHIFT_SECONDS),
        overtime_max=HOUR,
        overtime_cost=WEIGHTS.overtime_cost,
        break_=Break(MIDDAY, MIDDAY + 2 * HOUR, 45 * 60),
        skills=skills,
    )


def _job(draw: Random, place: int, severity: Severity, reported: int, minutes: range) -> Job:
    weights = WEIGHTS.of(severity)
    return Job(
        f"j{place}",
        location=place,
        duration=draw.choice(minutes) * 60,
        priority=weights.priority,
        drop_cost=weights.drop_cost,
        skills=_needed(draw, severity),
        release=max(0, reported),
        due=reported + _aim(severity),
        late_cost=weights.late_cost,
        late_fixed=weights.late_fixed,
    )


def _aim(severity: Severity) -> int:
    return WEIGHTS.of(severity).aim_seconds or NO_AIM_SECONDS


def _needed(draw: Random, severity: Severity) -> dict[str, int]:
    if severity is Severity.ENTRAPMENT:
        return {"rescue": 1}
    return {"electric": 2} if draw.random() < NEED_ELECTRICIAN else {}


def _told(jobs: Sequence[Job], plan: Plan) -> list[Job]:
    """The jobs with what their customers were told: who comes, and when."""
    visits = {
        stop.job: Announced(route.technician, stop.start)
        for route in plan.routes
        for stop in route.stops
    }
    return [replace(job, announced=visits.get(job.id)) for job in jobs]
