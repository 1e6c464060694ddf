"""What if: a day with somebody sick, calls pouring in, a road closed, or one technician more.

Gives another day; the real one is never touched. What comes of it is worked out like any day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from dispatch.agreements import Severity
from dispatch.day.closures import Closure
from dispatch.day.day import Day, Person, Work
from dispatch.geo import Point
from dispatch.interventions import VisitStatus
from dispatch.roster import Absence, Availability

INVENTED = "?"  # no real work or person is called so


@dataclass(frozen=True, slots=True)
class Sick:
    """A technician who goes home: nobody comes to their visits from then on."""

    technician: str
    from_at: datetime


@dataclass(frozen=True, slots=True)
class Extra:
    """One technician more, like one who is there: same shift, same skills, same home."""

    like: str


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call the region has had: where, how grave, how long it took, how soon it was promised."""

    at: Point
    severity: Severity
    duration_seconds: int
    skills: tuple[tuple[str, int], ...]
    promised_seconds: int | None


@dataclass(frozen=True, slots=True)
class Storm:
    """So many calls more between two instants, drawn from the region's own past by a seed."""

    calls: int
    past: Sequence[PastCall]
    from_at: datetime
    until: datetime
    seed: int = 0


Supposed = Sick | Extra | Storm | Closure


def supposing(day: Day, supposed: Sequence[Supposed]) -> Day:
    """The day as it would be if all of this were so.

    >>> from datetime import UTC
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> supposing(Day("VALLS", "urban", midnight, midnight), [Sick("ana", midnight)]).crew
    ()
    """
    for each in supposed:
        match each:
            case Sick():
                day = _without(day, each)
            case Extra():
                day = _with_another(day, each)
            case Storm():
                day = replace(day, work=(*day.work, *_calls(day, each)))
            case Closure():
                day = replace(day, closures=(*day.closures, each))
    return day


def is_invented(name: str) -> bool:
    """Whether a piece of work or a person is only supposed."""
    return name.startswith(INVENTED)


def _without(day: Day, sick: Sick) -> Day:
    """Whatever they had accepted is anybody's now; what they are at, they finish."""
    return replace(
        day,
        crew=tuple(
            _gone_from(each, sick.from_at) if each.technician.id == sick.technician else each
            for each in day.crew
        ),
        work=tuple(_freed(each, sick) for each in day.work),
    )


def _gone_from(person: Person, from_at: datetime) -> Person:
    left = (_until(each, from_at) for each in person.free if each.starts_at < from_at)
    ends = max((each.ends_at for each in person.free), default=from_at)
    away = Absence(person.technician.id, from_at, max(ends, from_at + timedelta(minutes=1)))
    return replace(person, free=tuple(left), away=(*person.away, away))


def _until(free: Availability, from_at: datetime) -> Availability:
    if free.ends_at <= from_at:
        return free
    return replace(free, ends_at=from_at, overtime_max_seconds=0)


def _freed(work: Work, sick: Sick) -> Work:
    visit = work.visit
    if visit is None or visit.technician != sick.technician or visit.starts_at < sick.from_at:
        return work
    loose = replace(
        visit,
        status=VisitStatus.DISPATCHED,
        is_technician_locked=False,
        is_start_locked=False,
    )
    return replace(work, visit=loose)


def _with_another(day: Day, extra: Extra) -> Day:
    model = next((each for each in day.crew if each.technician.id == extra.like), None)
    if model is None:
        return day
    count = sum(is_invented(each.technician.id) for each in day.crew) + 1
    technician = replace(model.technician, id=f"{INVENTED}{count}")
    return replace(day, crew=(*day.crew, replace(model, technician=technician, at=None)))


def _calls(day: Day, storm: Storm) -> Sequence[Work]:
    if not storm.past:
        return ()
    draw = Random(storm.seed)  # noqa: S311 - chance, not a secret
    seconds = max(0, int((storm.until - storm.from_at).total_seconds()))
    known = sum(is_invented(each.id) for each in day.work)
    found = []
    for number in range(known + 1, known + storm.calls + 1):
        call = draw.choice(storm.past)
        reported = storm.from_at + timedelta(seconds=draw.randint(0, seconds) // 60 * 60)
        promised = call.promised_seconds
        found.append(
            Work(
                f"{INVENTED}{number}",
                at=call.at,
                severity=call.severity,
                duration_seconds=call.duration_seconds,
                reported_at=reported,
                skills=dict(call.skills),
                due_at=None if promised is None else reported + timedelta(seconds=promised),
                window_from=reported,
            )
        )
    return found
