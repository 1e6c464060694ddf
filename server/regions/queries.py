"""Reading regions and calendars."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from dispatch.geo.speeds import PROFILES
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page, money
from server.regions.response import response_minutes
from server.regions.schemas import (
    BusyHoursOut,
    CalendarOut,
    CalendarRevisionOut,
    CalendarRevisionsOut,
    RegionOut,
    SpeedBandOut,
    SpeedsOut,
    TravelProfileOut,
)
from server.regions.tables import Calendar, CalendarRevision, Region


def shown_region(row: Region) -> RegionOut:
    return RegionOut(
        id=row.id,
        code=row.code,
        name=row.name,
        zone=row.zone,
        profile=row.profile,  # type: ignore[arg-type]
        calendar_id=row.calendar_id,
        outline=row.outline,
        borrows_from=lenders(row),
        borrow_cost=row.borrow_cost,
        arrival_by=row.arrival_by,  # type: ignore[arg-type]
        arrival_radius_m=row.arrival_radius_m,
        dispatch_phone=row.dispatch_phone,
        unanswered_minutes=row.unanswered_minutes,
        response_minutes=response_minutes(row),
        authority_eur=money(row.authority_eur),
        speeds=SpeedsOut(
            [SpeedBandOut(**each) for each in row.speeds.get("bands", ())],
            [BusyHoursOut(**each) for each in row.speeds.get("busy", ())],
        ),
        version=row.version,
    )


def shown_calendar(row: Calendar) -> CalendarOut:
    return CalendarOut(
        id=row.id,
        code=row.code,
        name=row.name,
        zone=row.zone,
        always_open=row.always_open,
        weekly=row.weekly,
        special=row.special,
        holidays=[date.fromisoformat(day) for day in row.holidays],
        version=row.version,
    )


def hours_as_json(row: Calendar) -> dict[str, Any]:
    """A calendar in the shape `dispatch.hours` reads."""
    return {
        "tz": row.zone,
        "always_open": row.always_open,
        "weekly": row.weekly,
        "special": row.special,
        "holidays": row.holidays,
    }


async def region_row(session: AnySession, scope: Scope, region_id: UUID) -> Region:
    """One region of the caller's; any other looks unknown."""
    row = await session.get(Region, region_id)
    if row is None or not scope.sees_region(row.id):
        raise NotFound
    return row


def lenders(row: Region) -> list[UUID]:
    """The regions whose technicians may be sent to this one's work."""
    return [UUID(each) for each in row.borrows_from]


async def lending_to(session: AnySession, scope: Scope) -> set[UUID]:
    """The regions whose technicians may be sent to work of the caller's."""
    query = select(Region)
    if scope.region_ids is not None:
        query = query.where(Region.id.in_(scope.region_ids))
    return {lender for row in await session.scalars(query) for lender in lenders(row)}


async def region(session: AnySession, scope: Scope, region_id: UUID) -> RegionOut:
    return shown_region(await region_row(session, scope, region_id))


async def regions(
    session: AnySession, scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[RegionOut]:
    """The caller's regions by name."""
    query = select(Region)
    if scope.region_ids is not None:
        query = query.where(Region.id.in_(scope.region_ids))
    rows, following = await page(
        session, query, by=(Region.name, Region.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_region(row) for row in rows], next_cursor=following)


def travel_profiles() -> list[TravelProfileOut]:
    """The speeds each kind of region is reckoned with."""
    return [
        TravelProfileOut(
            profile.name,  # type: ignore[arg-type]
            [SpeedBandOut(band.up_to_metres, band.kilometres_per_hour) for band in profile.bands],
        )
        for profile in PROFILES.values()
    ]


async def calendar_row(session: AnySession, calendar_id: UUID) -> Calendar:
    row = await session.get(Calendar, calendar_id)
    if row is None:
        raise NotFound
    return row


async def calendar(session: AnySession, _scope: Scope, calendar_id: UUID) -> CalendarOut:
    """One calendar; service hours are no secret among staff."""
    return shown_calendar(await calendar_row(session, calendar_id))


async def calendar_revisions(
    session: AnySession, _scope: Scope, calendar_id: UUID
) -> CalendarRevisionsOut:
    """How a calendar was before, and who changed it why."""
    row = await calendar_row(session, calendar_id)
    query = (
        select(CalendarRevision)
        .where(CalendarRevision.calendar_id == row.id)
        .order_by(CalendarRevision.number.desc())
    )
    return CalendarRevisionsOut([_shown_revision(each) for each in await session.scalars(query)])


def _shown_revision(row: CalendarRevision) -> CalendarRevisionOut:
    hours = row.hours
    return CalendarRevisionOut(
        id=row.id,
        number=row.number,
        zone=hours["tz"],
        always_open=hours["always_open"],
        weekly=hours["weekly"],
        special=hours["special"],
        holidays=[date.fromisoformat(day) for day in hours["holidays"]],
        reason=row.reason,
        made_by=row.made_by,
        made_at=row.made_at,
    )


async def calendars(
    session: AnySession, _scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[CalendarOut]:
    """All calendars by name."""
    rows, following = await page(
        session, select(Calendar), by=(Calendar.name, Calendar.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_calendar(row) for row in rows], next_cursor=following)


async def revision_ids(session: AnySession, calendar_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The newest revision of each of these calendars."""
    query = (
        select(CalendarRevision.calendar_id, CalendarRevision.id)
        .where(CalendarRevision.calendar_id.in_(set(calendar_ids)))
        .order_by(CalendarRevision.number)
    )
    return dict((await session.execute(query)).all())
