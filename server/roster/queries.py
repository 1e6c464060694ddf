"""Reading technicians and shifts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import Invalid, NotFound
from server.kit.wire import Page, Position, money
from server.regions.tables import Region
from server.roster.hours import EARLIEST, LATEST
from server.roster.schemas import CertificateOut, LunchOut, ShiftOut, TechnicianOut, UsualDutyOut
from server.roster.tables import Shift, Technician

# What a technician may decide alone, in EUR; read with the technician and their region.
AUTHORITY = func.coalesce(Technician.authority_eur, Region.authority_eur)


def shown_technician(row: Technician) -> TechnicianOut:
    return TechnicianOut(
        id=row.id,
        code=row.code,
        region_id=row.region_id,
        name=row.name,
        phone=row.phone,
        home=Position(lat=row.home_lat, lon=row.home_lon),
        languages=row.languages,
        skills=row.skills,
        certificates=[
            CertificateOut(name=held["name"], valid_until=date.fromisoformat(held["valid_until"]))
            for held in row.certificates
        ],
        is_active=row.is_active,
        has_calendar_feed=row.feed_hash is not None,
        usual_week=msgspec.convert(row.usual_week, list[UsualDutyOut]),
        authority_eur=money(row.authority_eur),
        version=row.version,
    )


def shown_shift(row: Shift) -> ShiftOut:
    return ShiftOut(
        id=row.id,
        technician_id=row.technician_id,
        kind=row.kind,  # type: ignore[arg-type]
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        overtime_max_seconds=row.overtime_max_seconds,
        lunch=_shown_lunch(row),
        rank=row.rank,
        version=row.version,
    )


def _shown_lunch(row: Shift) -> LunchOut | None:
    match row.lunch_earliest_at, row.lunch_latest_at, row.lunch_duration_seconds:
        case datetime() as earliest_at, datetime() as latest_at, int(seconds):
            return LunchOut(earliest_at, latest_at, seconds)
    return None


def sees_technician(scope: Scope, row: Technician) -> bool:
    """Whether a technician works in the caller's regions; a technician sees only themselves."""
    if scope.role is Role.TECHNICIAN:
        return row.id == scope.technician_id
    return scope.sees_region(row.region_id)


async def technician_row(session: AnySession, scope: Scope, technician_id: UUID) -> Technician:
    """One technician of the caller's; any other looks unknown."""
    row = await session.get(Technician, technician_id)
    if row is None or not sees_technician(scope, row):
        raise NotFound
    return row


async def technician(session: AnySession, scope: Scope, technician_id: UUID) -> TechnicianOut:
    return shown_technician(await technician_row(session, scope, technician_id))


async def technicians(
    session: AnySession,
    scope: Scope,
    *,
    region_id: UUID | None = None,
    limit: int | None,
    cursor: str | None,
) -> Page[TechnicianOut]:
    """The caller's technicians by name, those who left included."""
    query = within(select(Technician), scope)
    if region_id is not None:
        query = query.where(Technician.region_id == region_id)
    rows, following = await page(
        session, query, by=(Technician.name, Technician.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_technician(row) for row in rows], next_cursor=following)


async def names_by_code(session: AnySession, codes: Iterable[str]) -> dict[str, str]:
    """Who stands behind these codes, in whatever region: plans name people by code.

    Asked by code and not by region, since a plan may have borrowed people, and people move.
    """
    query = select(Technician.code, Technician.name).where(Technician.code.in_(set(codes)))
    return {row.code: row.name for row in await session.execute(query)}


async def shift_row(session: AnySession, scope: Scope, shift_id: UUID) -> Shift:
    """One shift of one of the caller's technicians; any other looks unknown."""
    row = await session.get(Shift, shift_id)
    if row is None:
        raise NotFound
    await technician_row(session, scope, row.technician_id)
    return row


async def shift(session: AnySession, scope: Scope, shift_id: UUID) -> ShiftOut:
    return shown_shift(await shift_row(session, scope, shift_id))


@dataclass(frozen=True, slots=True)
class WantedShifts:
    """Which shifts a list asks for: those with any time in `[since, until)`."""

    technician_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None

    def __post_init__(self) -> None:
        faults = [*_instant_faults("from", self.since), *_instant_faults("to", self.until)]
        if faults:
            raise Invalid(faults)


def _instant_faults(name: str, instant: datetime | None) -> Iterator[Fault]:
    if instant is None:
        return
    if instant.tzinfo is None:
        yield Fault(name, "no_offset", "Say which offset this instant has: add Z or +02:00.")
    elif not EARLIEST <= instant < LATEST:
        yield Fault(name, "out_of_range", "Give an instant in 1950 to 2199.")


async def shifts(
    session: AnySession,
    scope: Scope,
    wanted: WantedShifts,
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[ShiftOut]:
    """Shifts of the caller's technicians in the order they start."""
    query = within(select(Shift).join(Technician, Technician.id == Shift.technician_id), scope)
    if wanted.technician_id is not None:
        query = query.where(Shift.technician_id == wanted.technician_id)
    if wanted.since is not None:
        query = query.where(Shift.ends_at > wanted.since)
    if wanted.until is not None:
        query = query.where(Shift.starts_at < wanted.until)
    rows, following = await page(
        session, query, by=(Shift.starts_at, Shift.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_shift(row) for row in rows], next_cursor=following)


def within(query: Select[Any], scope: Scope) -> Select[Any]:
    if scope.role is Role.TECHNICIAN:
        return query.where(Technician.id == scope.technician_id)
    if scope.region_ids is not None:
        return query.where(Technician.region_id.in_(scope.region_ids))
    return query
