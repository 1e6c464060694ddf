"""Reading the work of one region's day: visits, what waits, promises, and who arrived where."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true

from dispatch.agreements import ClockKind
from dispatch.clocks import ClockState
from dispatch.geo import Point
from dispatch.interventions import InterventionStatus
from server.interventions.clocks import CUSTOMER
from server.interventions.standing import OPEN
from server.interventions.tables import Intervention, StoredClock, Visit
from server.kit.database import AnySession
from server.planning.day_rows import Arrival, DayRows, Subject
from server.roster.tables import Technician
from server.sites.tables import Site

FIRST = datetime.min.replace(tzinfo=UTC)

Rows = tuple[Intervention, Site, Visit | None]
# The customer's due, and our own aim.
Dues = tuple[datetime | None, datetime | None]
NEITHER: Dues = (None, None)


async def read_work(
    session: AnySession,
    rows: DayRows,
    only: Collection[UUID] | None,
    asked: UUID | None,
) -> None:
    """Add all work of the day, or what is left of these interventions, in its order."""
    found = await _visited(session, rows, only) + await _waiting(session, rows, only, asked)
    rows.subjects |= await _subjects(session, found)
    rows.subjects = dict(sorted(rows.subjects.items(), key=lambda each: _order(each[1])))
    if rows.span.is_today:
        rows.arrivals += await _arrivals(session, rows, only)
        rows.arrivals.sort(key=lambda each: each.at)


def _order(subject: Subject) -> tuple[bool, datetime, str]:
    """Visits by their start, then what waits by its number."""
    visit = subject.visit
    if visit is None:
        return True, FIRST, subject.intervention.number
    return False, visit.starts_at, visit.id.hex


async def _visited(session: AnySession, rows: DayRows, only: Collection[UUID] | None) -> list[Rows]:
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
            Visit.starts_at < rows.span.horizon,
            or_(
                Visit.technician_id.in_(rows.crew),
                (Intervention.region_id == rows.region.id) & Technician.is_active.is_(False),
            ),
        )
        .order_by(Visit.starts_at, Visit.id)
    )
    if not rows.span.is_today:
        query = query.where(Visit.ends_at > rows.span.start)
    found = await session.execute(query.where(_among(only)))
    return [(row[0], row[1], row[2]) for row in found.all()]


async def _waiting(
    session: AnySession, rows: DayRows, only: Collection[UUID] | None, asked: UUID | None
) -> list[Rows]:
    """Work that waits for somebody and may be done that day."""
    waits = (
        (Intervention.region_id == rows.region.id)
        & (Intervention.status == InterventionStatus.QUALIFIED.value)
        & or_(Intervention.window_from.is_(None), Intervention.window_from < rows.span.end)
    )
    query = (
        select(Intervention, Site)
        .join(Site, Site.id == Intervention.site_id)
        .where(waits if asked is None else or_(waits, Intervention.id == asked))
    )
    return [
        (row[0], row[1], None) for row in (await session.execute(query.where(_among(only)))).all()
    ]


def _among(only: Collection[UUID] | None) -> ColumnElement[bool]:
    return true() if only is None else Intervention.id.in_(only)


async def _subjects(session: AnySession, found: Iterable[Rows]) -> dict[UUID, Subject]:
    """Each piece of work once, with the latest start that keeps its promise, and our own aim."""
    known: dict[UUID, Rows] = {}
    for row in found:
        known.setdefault(row[0].id, row)
    clock = StoredClock
    query = select(clock.intervention_id, clock.kind, clock.due_at, clock.internal_due_at).where(
        StoredClock.intervention_id.in_(known),
        StoredClock.party == CUSTOMER,
        StoredClock.stopped_at.is_(None),
        StoredClock.state != ClockState.ENDED.value,
        StoredClock.due_at.is_not(None),
    )
    clocks: defaultdict[UUID, dict[str, Dues]] = defaultdict(dict)
    for intervention, kind, due_at, internal_due_at in (await session.execute(query)).all():
        clocks[intervention][kind] = due_at, internal_due_at
    return {
        each: Subject(row, site, visit, *_dues(row, clocks[each]))
        for each, (row, site, visit) in known.items()
    }


def _dues(row: Intervention, clocks: Mapping[str, Dues]) -> Dues:
    """The response dues; once somebody has been there, what the repair leaves."""
    response = clocks.get(ClockKind.RESPONSE.value)
    if response is not None:
        return response
    work = timedelta(seconds=row.duration_seconds)
    due_at, internal_due_at = clocks.get(ClockKind.RESOLUTION.value, NEITHER)
    return (
        None if due_at is None else due_at - work,
        None if internal_due_at is None else internal_due_at - work,
    )


async def _arrivals(
    session: AnySession, rows: DayRows, only: Collection[UUID] | None
) -> list[Arrival]:
    """Where technicians of the region arrived that day."""
    query = (
        select(Visit.technician_id, Visit.arrived_at, Site.lat, Site.lon, Intervention.id)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Site, Site.id == Intervention.site_id)
        .where(Visit.technician_id.in_(rows.crew), Visit.arrived_at >= rows.span.start)
        .order_by(Visit.arrived_at)
    )
    found = (await session.execute(query.where(_among(only)))).all()
    return [
        Arrival(who, at, Point(lat, lon), intervention)
        for who, at, lat, lon, intervention in found
        if at is not None
    ]
