"""Making and changing regions and calendars."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from dispatch.errors import Fault
from dispatch.errors import Invalid as CoreInvalid
from dispatch.hours import Calendar as CalendarValue
from dispatch.hours import read_calendar, require_service_hours
from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.regions import queries
from server.regions.response import own_minutes
from server.regions.schemas import (
    CalendarBody,
    CalendarChangeBody,
    CalendarOut,
    RegionBody,
    RegionChangeBody,
    RegionOut,
)
from server.regions.speeds import require_speeds
from server.regions.tables import Calendar, CalendarRevision, Region


async def create_calendar(
    session: Session, scope: Scope, data: CalendarBody, now: datetime
) -> CalendarOut:
    """A new calendar, once the core finds it has hours that can be counted."""
    plain = data.model_dump(mode="json", exclude={"code", "name", "zone"})
    require_service_hours(_read({"tz": data.zone, **plain}), now)
    row = Calendar(code=data.code, name=data.name, zone=data.zone, **plain)
    session.add(row)
    await session.flush()
    session.add(_revision(row, number=1, reason="", made_by=scope.name, made_at=now))
    await announce(session, scope.actor, now, Happening("calendar_created", About()))
    return queries.shown_calendar(row)


async def change_calendar(
    session: Session,
    scope: Scope,
    calendar_id: UUID,
    data: CalendarChangeBody,
    *,
    expected: int,
    now: datetime,
) -> CalendarOut:
    """Change what is named and keep how it was; whether it may change is asked before."""
    row = await queries.calendar_row(session, calendar_id)
    require_version(row.version, expected)
    changes(data)
    named = data.model_dump(mode="json", exclude_unset=True, exclude={"reason"})
    for name, value in named.items():
        setattr(row, name, value)
    require_service_hours(_read(queries.hours_as_json(row)), now)
    await session.flush()
    number = await session.scalar(
        select(func.max(CalendarRevision.number)).where(CalendarRevision.calendar_id == row.id)
    )
    following = (number or 0) + 1
    session.add(
        _revision(row, number=following, reason=data.reason, made_by=scope.name, made_at=now)
    )
    about = {"calendar_id": str(row.id), "reason": data.reason}
    await announce(session, scope.actor, now, Happening("calendar_changed", About(), about))
    return queries.shown_calendar(row)


def _read(hours: dict[str, object]) -> CalendarValue:
    """Let the core judge hours; the zone it calls tz is named as the wire names it."""
    try:
        return read_calendar(hours)
    except CoreInvalid as invalid:
        raise Invalid(
            [
                Fault("zone" if fault.path == "tz" else fault.path, fault.code, fault.sentence)
                for fault in invalid.faults
            ]
        ) from invalid


async def create_region(
    session: Session, scope: Scope, data: RegionBody, now: datetime
) -> RegionOut:
    """A new region; its zone must be one the calendar rules know."""
    _read({"tz": data.zone, "always_open": True})
    await queries.calendar_row(session, data.calendar_id)
    row = Region(**_plain(data.model_dump()))
    await _require_neighbours(session, row)
    session.add(row)
    await session.flush()
    await announce(session, scope.actor, now, Happening("region_created", About(region_id=row.id)))
    return queries.shown_region(row)


async def change_region(
    session: Session,
    scope: Scope,
    region_id: UUID,
    data: RegionChangeBody,
    *,
    expected: int,
    now: datetime,
) -> RegionOut:
    """Change what is named, on the version the caller saw."""
    row = await queries.region_row(session, scope, region_id)
    require_version(row.version, expected)
    for name, value in _plain(changes(data, may_be_empty=("outline", "authority_eur"))).items():
        setattr(row, name, value)
    await _require_neighbours(session, row)
    if data.calendar_id is not None:
        await queries.calendar_row(session, data.calendar_id)
    await session.flush()
    await announce(session, scope.actor, now, Happening("region_changed", About(region_id=row.id)))
    return queries.shown_region(row)


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are stored: ids in a list as text, and of times only what is its own."""
    if "borrows_from" in values:
        named = (str(each) for each in values["borrows_from"])
        values["borrows_from"] = list(dict.fromkeys(named))
    if "response_minutes" in values:
        values["response_minutes"] = own_minutes(values["response_minutes"])
    if "speeds" in values:
        require_speeds(values["speeds"])
    return values


async def _require_neighbours(session: Session, row: Region) -> None:
    """A region borrows from others that exist, never from itself."""
    asked = queries.lenders(row)
    with session.no_autoflush:
        known = set(await session.scalars(select(Region.id).where(Region.id.in_(asked))))
    faults = [
        Fault(f"borrows_from.{place}", "unknown", "There is no other region with this id.")
        for place, each in enumerate(asked)
        if each not in known or each == row.id
    ]
    if faults:
        raise Invalid(faults)


def _revision(
    row: Calendar, *, number: int, reason: str, made_by: str, made_at: datetime
) -> CalendarRevision:
    return CalendarRevision(
        calendar_id=row.id,
        number=number,
        hours=queries.hours_as_json(row),
        reason=reason,
        made_by=made_by,
        made_at=made_at,
    )
