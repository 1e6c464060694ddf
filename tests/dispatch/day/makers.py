"""A day for tests: one urban region on 2 June 2026, everyone on duty from 8 to 16 UTC."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dispatch.agreements import Severity
from dispatch.day import Day, Person, Visit, Work
from dispatch.geo import Point
from dispatch.interventions import VisitStatus
from dispatch.roster import Availability, Lunch, ShiftKind, Technician

MIDNIGHT = datetime(2026, 6, 2, tzinfo=UTC)
HOME = Point(42.506, 1.526)


def at(clock: str) -> datetime:
    """An instant of the day, "10:30" or past midnight "25:00"."""
    hours, minutes = clock.split(":")
    return MIDNIGHT + timedelta(hours=int(hours), minutes=int(minutes))


def east(kilometres: float) -> Point:
    """A place so far east of home."""
    return Point(HOME.lat, round(HOME.lon + kilometres / 81.98, 6))


def free(name: str, begins: str = "8:00", ends: str = "16:00", **given: object) -> Availability:
    plain = Availability(name, ShiftKind.SHIFT, at(begins), at(ends), 0, 0, None, {})
    return replace(plain, **given)  # type: ignore[arg-type]


def lunch(earliest: str = "12:00", latest: str = "13:00") -> Lunch:
    return Lunch(at(earliest), at(latest), 1800)


def person(
    name: str = "anna",
    *stretches: Availability,
    home: Point = HOME,
    place: Point | None = None,
    skills: dict[str, int] | None = None,
) -> Person:
    held = skills or {}
    stretches = stretches or (free(name),)
    return Person(
        Technician(name, "VALLEY", home, held),
        tuple(replace(each, skills=held) for each in stretches),
        place,
    )


def lent(name: str, *stretches: Availability, **given: object) -> Person:
    """Somebody of the mountain region, whom the valley may borrow."""
    theirs = person(name, *stretches, **given)  # type: ignore[arg-type]
    return replace(theirs, technician=replace(theirs.technician, region="MOUNTAIN"))


def work(name: str = "lift", **given: object) -> Work:
    """An hour's work on a lift out of service, two kilometres east, reported at 7."""
    plain = Work(name, east(2), Severity.OUT_OF_SERVICE, 3600, at("7:00"))
    return replace(plain, **given)  # type: ignore[arg-type]


def visit(name: str = "anna", starts: str = "10:00", **given: object) -> Visit:
    """A dispatched visit that its technician has been told of."""
    plain = Visit(name, VisitStatus.DISPATCHED, at(starts), is_announced=True)
    return replace(plain, **given)  # type: ignore[arg-type]


def day(
    crew: Sequence[Person] | None = None,
    jobs: Sequence[Work] | None = None,
    *,
    now: str = "9:00",
    **given: object,
) -> Day:
    plain = Day(
        "VALLEY",
        "urban",
        MIDNIGHT,
        at(now),
        crew=(person(),) if crew is None else tuple(crew),
        work=(work(),) if jobs is None else tuple(jobs),
    )
    return replace(plain, **given)  # type: ignore[arg-type]
