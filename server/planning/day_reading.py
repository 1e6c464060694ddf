"""Reading one region's day in a handful of statements, and again what has changed of it.

The work of the day is read in `work_reading`.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.day import with_aims
from dispatch.geo import SpeedProfile
from dispatch.geo.busy_hours import MINUTES_PER_DAY
from dispatch.roster import Availability, available
from server.agreements.snapshot import calendar_values
from server.interventions.queries import day_bounds
from server.kit.database import AnySession
from server.planning.day_rows import DayRows, Span
from server.planning.policy import weights_for
from server.planning.work_reading import read_work
from server.regions.queries import lenders
from server.regions.response import aims_of
from server.regions.speeds import busy_hours, day_speeds
from server.regions.tables import Region
from server.roster.snapshot import Roster, roster_of
from server.roster.tables import Technician

NEXT_DAY = timedelta(days=1)


async def read_rows(
    session: AnySession, region: Region, day: date, now: datetime, *, asked: UUID | None = None
) -> DayRows:
    """Read a region's day: crew, planned and running visits, work that waits.

    `asked` is an intervention to have in it wherever it stands.
    """
    start, end = (each.astimezone(UTC) for each in day_bounds(day, region.zone))
    regions = await _regions(session, region)
    crew = await _crew(session, regions)
    roster = await roster_of(session, regions, day, ZoneInfo(region.zone))
    free = _free(roster, day, start, region)
    horizon = max([end, *(each.ends_at for spans in free.values() for each in spans)])
    span = Span(start, end, horizon, is_today=start <= now)
    weights = with_aims(await weights_for(session, region.id), aims_of(region))
    profile = await _profile(session, region, day)
    rows = DayRows(region, regions, day, span, crew, roster, free, weights, profile)
    await read_work(session, rows, None, asked)
    return rows


async def reread(session: AnySession, rows: DayRows, interventions: Collection[UUID]) -> None:
    """Read again what is known about these interventions; the rest stays as it was read."""
    for each in interventions:
        rows.subjects.pop(each, None)
    rows.arrivals = [each for each in rows.arrivals if each.intervention not in interventions]
    await read_work(session, rows, interventions, None)


async def _regions(session: AnySession, region: Region) -> dict[UUID, str]:
    lending = await session.scalars(select(Region).where(Region.id.in_(lenders(region))))
    return {region.id: region.code, **{each.id: each.code for each in lending}}


async def _crew(session: AnySession, regions: Collection[UUID]) -> dict[UUID, Technician]:
    query = (
        select(Technician)
        .where(Technician.region_id.in_(regions), Technician.is_active.is_(True))
        .order_by(Technician.code)
    )
    return {row.id: row for row in await session.scalars(query)}


async def _profile(session: AnySession, region: Region, day: date) -> str | SpeedProfile:
    """How fast the roads are that day, busy hours by their share of the region's usual hours."""
    if not busy_hours(region):
        return day_speeds(region, ())
    hours = (await calendar_values(session, [region.calendar_id]))[region.calendar_id]
    windows = [(each.opens, min(each.ends, MINUTES_PER_DAY)) for each in hours.windows_on(day)]
    return day_speeds(region, windows)


def _free(
    roster: Roster, day: date, start: datetime, region: Region
) -> dict[str, tuple[Availability, ...]]:
    """When each can be sent out, with what is left of the night before."""
    zone = ZoneInfo(region.zone)
    found = {}
    for technician in roster.technicians:
        spans = [
            free
            for each in (day - NEXT_DAY, day)
            for free in available(
                technician, roster.shifts, absences=roster.absences, day=each, zone=zone
            )
        ]
        found[technician.id] = tuple(free for free in spans if free.ends_at > start)
    return found
