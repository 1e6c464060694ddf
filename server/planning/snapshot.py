"""One region's day read in a handful of statements, as `dispatch.day` sees it.

Technicians are called by their code and work by its number, so that an exported problem reads well.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from dispatch.agreements import ClockKind, Severity
from dispatch.clocks import ClockState
from dispatch.day import Day, Person, UnderWay, free_again
from dispatch.day import Visit as DayVisit
from dispatch.day import Work as DayWork
from dispatch.geo import Point
from dispatch.interventions import InterventionStatus, VisitStatus
from dispatch.roster import Availability, available
from server.interventions.clocks import CUSTOMER
from server.interventions.queries import day_bounds
from server.interventions.standing import OPEN
from server.interventions.tables import Intervention, StoredClock, Visit
from server.kit.database import AnySession
from server.regions.queries import lenders
from server.regions.tables import Region
from server.roster.snapshot import Roster, roster_of
from server.roster.tables import Technician
from server.sites.tables import Site

PLANNED = frozenset({"proposed", "dispatched", "accepted"})
NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subject:
    """What screens say about one piece of work, and its open visit if it has one."""

    intervention: Intervention
    site: Site
    visit: Visit | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The day as values, and the rows behind them by the names the values use."""

    region: Region
    date: date
    day: Day
    subjects: Mapping[str, Subject]
    technicians: Mapping[str, Technician]


@dataclass(frozen=True, slots=True)
class _Span:
    """A local day; today also holds what earlier days left open."""

    start: datetime
    end: datetime
    now: datetime

    @property
    def is_today(self) -> bool:
        return self.start <= self.now


def local_day(region: Region, now: datetime) -> date:
    """The day it is in the region."""
    return now.astimezone(ZoneInfo(region.zone)).date()


async def read_day(
    session: AnySession, region: Region, day: date, now: datetime, *, asked: UUID | None = None
) -> Snapshot:
    """Read a region's day: crew, planned and running visits, work that waits.

    `asked` is an intervention to have in it wherever it stands.
    """
    start, end = day_bounds(day, region.zone)
    # Whole seconds: a card's basis names the second it was read at, and must be met again.
    second = now.astimezone(UTC).replace(microsecond=0)
    span = _Span(start.astimezone(UTC), end.astimezone(UTC), second)
    codes = await _regions(session, region)
    crew = await _crew(session, codes)
    roster = await roster_of(session, codes, day, ZoneInfo(region.zone))
    free = _free(roster, day, span, region)
    horizon = max([span.end, *(each.ends_at for spans in free.values() for each in spans)])
    visited = await _visited(session, region, crew, replace(span, end=horizon))
    waiting = await _waiting(session, region, span, asked)
    subjects = await _subjects(session, [*visited, *waiting])
    places = await _last_places(session, crew, span) if span.is_today else {}
    names = {row.id: (row.code, codes[row.region_id]) for row in crew.values()}
    return Snapshot(
        region=region,
        date=day,
        subjects=subjects,
        technicians={row.code: row for row in crew.values()},
        day=Day(
            region=region.code,
            profile=region.profile,
            starts_at=span.start,
            now=span.now,
            crew=tuple(_people(roster, names, free, places)),
            work=tuple(_work(each, region, crew) for each in subjects.values() if _waits(each)),
            under_way=tuple(
                _under_way(each, crew, span.now) for each in subjects.values() if not _waits(each)
            ),
            borrow_cost=region.borrow_cost,
        ),
    )


async def _regions(session: AnySession, region: Region) -> dict[UUID, str]:
    """The codes of the region and of those whose technicians it may borrow."""
    lending = await session.scalars(select(Region).where(Region.id.in_(lenders(region))))
    return {region.id: region.code, **{each.id: each.code for each in lending}}


async def _crew(session: AnySession, regions: Collection[UUID]) -> dict[UUID, Technician]:
    query = (
        select(Technician)
        .where(Technician.region_id.in_(regions), Technician.is_active.is_(True))
        .order_by(Technician.code)
    )
    return {row.id: row for row in await session.scalars(query)}


def _free(
    roster: Roster, day: date, span: _Span, region: Region
) -> dict[str, tuple[Availability, ...]]:
    """When each can be sent out, with what is left of the night before."""
    zone = ZoneInfo(region.zone)
    found = {}
    for technician in roster.technicians:
        spans = [
            free
            for each in (day - NEXT_DAY, day)
            for free in available(technician, roster.shifts, day=each, zone=zone)
        ]
        found[technician.id] = tuple(free for free in spans if free.ends_at > span.start)
    return found


def _people(
    roster: Roster,
    names: Mapping[UUID, tuple[str, str]],
    free: Mapping[str, tuple[Availability, ...]],
    places: Mapping[UUID, Point],
) -> Iterable[Person]:
    for technician in roster.technicians:
        identity = UUID(technician.id)
        code, region = names[identity]
        named = replace(technician, id=code, region=region)
        yield Person(named, free[technician.id], places.get(identity))


Rows = tuple[Intervention, Site, Visit | None]


async def _visited(
    session: AnySession, region: Region, crew: Mapping[UUID, Technician], span: _Span
) -> list[Rows]:
    """Open visits of the region's work and of its technicians, wherever their work is.

    Visits of another region's technicians are planned with that region.
    """
    query = (
        select(Intervention, Site, Visit)
        .join(Visit, Visit.intervention_id == Intervention.id)
        .join(Site, Site.id == Intervention.site_id)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(
            Visit.status.in_(OPEN),
            Visit.starts_at < span.end,
            or_(
                Visit.technician_id.in_(crew),
                (Intervention.region_id == region.id) & Technician.is_active.is_(False),
            ),
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    if not span.is_today:
        query = query.where(Visit.ends_at > span.start)
    return [(row[0], row[1], row[2]) for row in (await session.execute(query)).all()]


async def _waiting(
    session: AnySession, region: Region, span: _Span, asked: UUID | None
) -> list[Rows]:
    """Work that waits for somebody and may be done that day."""
    waits = (
        (Intervention.region_id == region.id)
        & (Intervention.status == InterventionStatus.QUALIFIED.value)
        & or_(Intervention.window_from.is_(None), Intervention.window_from < span.end)
    )
    query = (
        select(Intervention, Site)
        .join(Site, Site.id == Intervention.site_id)
        .where(waits if asked is None else or_(waits, Intervention.id == asked))
        .order_by(Intervention.number)
    )
    return [(row[0], row[1], None) for row in (await session.execute(query)).all()]


async def _subjects(session: AnySession, rows: Sequence[Rows]) -> dict[str, Subject]:
    """Each piece of work once, with the latest start of work that keeps its promise."""
    known: dict[UUID, Rows] = {}
    for row in rows:
        known.setdefault(row[0].id, row)
    query = select(StoredClock).where(
        StoredClock.intervention_id.in_(known),
        StoredClock.party == CUSTOMER,
        StoredClock.stopped_at.is_(None),
        StoredClock.state != ClockState.ENDED.value,
        StoredClock.due_at.is_not(None),
    )
    clocks = (await session.scalars(query)).all()
    return {
        row.number: Subject(row, site, visit, _due(row, clocks))
        for row, site, visit in known.values()
    }


def _due(row: Intervention, clocks: Sequence[StoredClock]) -> datetime | None:
    """The response due; once somebody has been there, what the repair leaves."""
    own = {clock.kind: clock.due_at for clock in clocks if clock.intervention_id == row.id}
    response, resolution = own.get(ClockKind.RESPONSE.value), own.get(ClockKind.RESOLUTION.value)
    if response is not None or resolution is None:
        return response
    return resolution - timedelta(seconds=row.duration_seconds)


async def _last_places(
    session: AnySession, crew: Mapping[UUID, Technician], span: _Span
) -> dict[UUID, Point]:
    """Where each technician arrived last that day."""
    query = (
        select(Visit.technician_id, Site.lat, Site.lon)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Site, Site.id == Intervention.site_id)
        .where(
            Visit.technician_id.in_(crew),
            Visit.arrived_at >= span.start,
            Visit.arrived_at <= span.now,
        )
        .order_by(Visit.arrived_at)
    )
    return {who: Point(lat, lon) for who, lat, lon in (await session.execute(query)).all()}


def _waits(subject: Subject) -> bool:
    return subject.visit is None or subject.visit.status in PLANNED


def _work(subject: Subject, region: Region, crew: Mapping[UUID, Technician]) -> DayWork:
    row = subject.intervention
    return DayWork(
        row.number,
        at=Point(subject.site.lat, subject.site.lon),
        severity=Severity(row.severity),
        duration_seconds=row.duration_seconds,
        reported_at=row.reported_at,
        skills=row.skills,
        due_at=subject.due_at,
        window_from=row.window_from,
        window_to=row.window_to,
        visit=None if subject.visit is None else _visit(subject.visit, crew),
        is_elsewhere=row.region_id != region.id,
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
