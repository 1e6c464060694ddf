"""One region's day at a moment as `dispatch.day` sees it, from the rows read about it.

Technicians are called by their code and work by its number, so that an exported problem reads well.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.agreements import Severity
from dispatch.day import Day, Person, UnderWay, free_again
from dispatch.day import Visit as DayVisit
from dispatch.day import Work as DayWork
from dispatch.geo import Point
from dispatch.interventions import VisitStatus
from server.interventions.tables import Visit
from server.kit.database import AnySession
from server.planning.access import opening_of
from server.planning.day_reading import read_rows
from server.planning.day_rows import DayRows, Subject
from server.regions.tables import Region
from server.roster.tables import Technician

PLANNED = frozenset({"proposed", "dispatched", "accepted"})


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The day as values, and the rows behind them by the names the values use."""

    region: Region
    date: date
    day: Day
    subjects: Mapping[str, Subject]
    technicians: Mapping[str, Technician]


def local_day(region: Region, now: datetime) -> date:
    """The day it is in the region."""
    return now.astimezone(ZoneInfo(region.zone)).date()


async def read_day(
    session: AnySession, region: Region, day: date, now: datetime, *, asked: UUID | None = None
) -> Snapshot:
    """Read a region's day: crew, planned and running visits, work that waits.

    `asked` is an intervention to have in it wherever it stands.
    """
    return snapshot_of(await read_rows(session, region, day, now, asked=asked), now)


def snapshot_of(rows: DayRows, now: datetime, before: Snapshot | None = None) -> Snapshot:
    """The day at this moment; of an earlier one of the same rows what has not changed is kept."""
    # Whole seconds: a card's basis names the second it was read at, and must be met again.
    second = now.astimezone(UTC).replace(microsecond=0)
    known = {} if before is None else {work.id: work for work in before.day.work}
    then = {} if before is None else before.subjects
    waiting = [each for each in rows.subjects.values() if _waits(each)]
    busy = [each for each in rows.subjects.values() if not _waits(each)]
    day = Day(
        region=rows.region.code,
        profile=rows.profile,
        starts_at=rows.span.start,
        now=second,
        crew=tuple(_people(rows, second)),
        work=tuple(
            known[number]
            if then.get(number := each.intervention.number) is each
            and number in known
            and not each.site.access_hours
            else _work(each, rows, second)
            for each in waiting
        ),
        under_way=tuple(_under_way(each, rows.crew, second) for each in busy),
        borrow_cost=rows.region.borrow_cost,
        weights=rows.weights,
    )
    return Snapshot(
        region=rows.region,
        date=rows.date,
        day=day,
        subjects={each.intervention.number: each for each in rows.subjects.values()},
        technicians={row.code: row for row in rows.crew.values()},
    )


def works_of(snapshot: Snapshot, ids: Iterable[UUID]) -> set[str]:
    """The work of these interventions; what is over or under way is none of the day's."""
    wanted = set(ids)
    return {
        work for work, subject in snapshot.subjects.items() if subject.intervention.id in wanted
    }


def _people(rows: DayRows, now: datetime) -> Iterator[Person]:
    """Everybody who may be sent, where they arrived last."""
    places = {each.technician: each.place for each in rows.arrivals if each.at <= now}
    for technician in rows.roster.technicians:
        identity = UUID(technician.id)
        row = rows.crew[identity]
        named = replace(technician, id=row.code, region=rows.regions[row.region_id])
        away = tuple(each for each in rows.roster.absences if each.technician_id == technician.id)
        yield Person(named, rows.free[technician.id], places.get(identity), away)


def _waits(subject: Subject) -> bool:
    return subject.visit is None or subject.visit.status in PLANNED


def _work(subject: Subject, rows: DayRows, now: datetime) -> DayWork:
    row = subject.intervention
    access = opening_of(subject, rows.date, now)
    return DayWork(
        row.number,
        at=Point(subject.site.lat, subject.site.lon),
        severity=Severity(row.severity),
        duration_seconds=row.duration_seconds,
        reported_at=row.reported_at,
        skills=row.skills,
        due_at=subject.due_at,
        internal_due_at=subject.internal_due_at,
        window_from=row.window_from if access is None else access.starts_at.astimezone(UTC),
        window_to=row.window_to if access is None else access.ends_at.astimezone(UTC),
        visit=None if subject.visit is None else _visit(subject.visit, rows.crew),
        is_elsewhere=row.region_id != rows.region.id,
    )


def _visit(row: Visit, crew: Mapping[UUID, Technician]) -> DayVisit:
    technician = crew.get(row.technician_id)
    return DayVisit(
        technician=str(row.technician_id) if technician is None else technician.code,
        status=VisitStatus(row.status),
        starts_at=row.starts_at,
        is_announced=row.announced_at is not None,
        is_technician_locked=row.is_technician_locked,
        is_start_locked=row.is_start_locked,
    )


def _under_way(subject: Subject, crew: Mapping[UUID, Technician], now: datetime) -> UnderWay:
    """Where a technician is busy and until when: as long as the work, and as the slot it holds."""
    visit = subject.visit
    assert visit is not None
    there = (visit.en_route_at or now) + timedelta(seconds=visit.travel_seconds)
    begun = visit.work_started_at or visit.arrived_at or there
    duration = subject.intervention.duration_seconds
    expected = free_again(VisitStatus(visit.status), begun, duration=duration, now=now)
    technician = crew.get(visit.technician_id)
    return UnderWay(
        technician=str(visit.technician_id) if technician is None else technician.code,
        at=Point(subject.site.lat, subject.site.lon),
        free_at=max(expected, visit.ends_at),
    )
