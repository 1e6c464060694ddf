"""Making and changing technicians and their shifts."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.kit.work import require_version
from server.regions.tables import Region
from server.roster import queries
from server.roster.as_known import shift_facts, stood
from server.roster.hours import Hours, require_sound
from server.roster.problems import ShiftOverlaps
from server.roster.schemas import (
    CertificateBody,
    LunchBody,
    ShiftBody,
    ShiftChangeBody,
    ShiftOut,
    TechnicianBody,
    TechnicianChangeBody,
    TechnicianOut,
)
from server.roster.tables import Shift, Technician


async def create_technician(
    session: Session, scope: Scope, data: TechnicianBody, now: datetime
) -> TechnicianOut:
    """A new technician in one of the caller's regions."""
    await _require_region(session, scope, data.region_id)
    row = Technician(
        **data.model_dump(exclude={"home", "certificates"}),
        home_lat=data.home.lat,
        home_lon=data.home.lon,
        certificates=_stored(data.certificates),
    )
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, kind="technician_created", now=now)
    return queries.shown_technician(row)


async def change_technician(
    session: Session,
    scope: Scope,
    technician_id: UUID,
    data: TechnicianChangeBody,
    *,
    expected: int,
    now: datetime,
) -> TechnicianOut:
    """Change what is named, on the version the caller saw; visits stay whoever's they are."""
    row = await queries.technician_row(session, scope, technician_id)
    require_version(row.version, expected)
    if data.region_id is not None:
        await _require_region(session, scope, data.region_id)
    for name, value in changes(data, may_be_empty=("authority_eur",)).items():
        if name not in {"home", "certificates"}:
            setattr(row, name, value)
    if data.home is not None:
        row.home_lat, row.home_lon = data.home.lat, data.home.lon
    if data.certificates is not None:
        row.certificates = _stored(data.certificates)
    await session.flush()
    await _tell(session, scope, row, kind="technician_changed", now=now)
    return queries.shown_technician(row)


async def _require_region(session: Session, scope: Scope, region_id: UUID) -> None:
    region = await session.get(Region, region_id)
    if region is None or not scope.sees_region(region.id):
        raise Invalid([_unknown("region_id")])


async def create_shift(session: Session, scope: Scope, data: ShiftBody, now: datetime) -> ShiftOut:
    """A new shift, where the technician has none yet."""
    try:
        technician = await queries.technician_row(session, scope, data.technician_id)
    except NotFound as error:
        raise Invalid([_unknown("technician_id")]) from error
    hours = Hours(data.starts_at, data.ends_at, data.lunch)
    row = Shift(
        technician_id=technician.id,
        kind=data.kind,
        overtime_max_seconds=data.overtime_max_seconds,
        rank=data.rank,
    )
    await _give_hours(session, row, technician, hours)
    session.add(row)
    await session.flush()
    facts = shift_facts(made=[row])
    await _tell(session, scope, technician, kind="shift_created", now=now, facts=facts)
    return queries.shown_shift(row)


async def change_shift(
    session: Session,
    scope: Scope,
    shift_id: UUID,
    data: ShiftChangeBody,
    *,
    expected: int,
    now: datetime,
) -> ShiftOut:
    """Change what is named, on the version the caller saw; lunch may be taken away."""
    row = await queries.shift_row(session, scope, shift_id)
    require_version(row.version, expected)
    named = changes(data, may_be_empty=("lunch", "rank"))
    before = stood(row)
    technician = await queries.technician_row(session, scope, row.technician_id)
    hours = Hours(
        data.starts_at or row.starts_at,
        data.ends_at or row.ends_at,
        data.lunch if "lunch" in named else _lunch_of(row),
    )
    await _give_hours(session, row, technician, hours)
    row.overtime_max_seconds = named.get("overtime_max_seconds", row.overtime_max_seconds)
    row.rank = named.get("rank", row.rank)
    await session.flush()
    facts = shift_facts(made=[row], before=[before])
    await _tell(session, scope, technician, kind="shift_changed", now=now, facts=facts)
    return queries.shown_shift(row)


async def delete_shift(
    session: Session, scope: Scope, shift_id: UUID, *, expected: int, now: datetime
) -> None:
    """Take a shift out of the roster."""
    row = await queries.shift_row(session, scope, shift_id)
    require_version(row.version, expected)
    technician = await queries.technician_row(session, scope, row.technician_id)
    facts = shift_facts(before=[stood(row)])
    await session.delete(row)
    await session.flush()
    await _tell(session, scope, technician, kind="shift_deleted", now=now, facts=facts)


async def _give_hours(session: Session, row: Shift, technician: Technician, hours: Hours) -> None:
    region = await session.get_one(Region, technician.region_id)
    require_sound(hours, ZoneInfo(region.zone))
    await _require_free(session, row, hours)
    row.starts_at, row.ends_at = hours.starts_at.astimezone(UTC), hours.ends_at.astimezone(UTC)
    _give_lunch(row, hours.lunch)


def _give_lunch(row: Shift, lunch: LunchBody | None) -> None:
    if lunch is None:
        row.lunch_earliest_at = row.lunch_latest_at = row.lunch_duration_seconds = None
        return
    row.lunch_earliest_at = lunch.earliest_at.astimezone(UTC)
    row.lunch_latest_at = lunch.latest_at.astimezone(UTC)
    row.lunch_duration_seconds = lunch.duration_seconds


async def _require_free(session: Session, row: Shift, hours: Hours) -> None:
    with session.no_autoflush:
        # Whoever else gives this technician hours waits here, so that both see the other's.
        await session.execute(
            select(Technician.id)
            .where(Technician.id == row.technician_id)
            .with_for_update(key_share=True)
        )
        other = await session.scalar(
            select(Shift)
            .where(
                Shift.technician_id == row.technician_id,
                Shift.starts_at < hours.ends_at,
                Shift.ends_at > hours.starts_at,
                Shift.id.is_distinct_from(row.id),
            )
            .order_by(Shift.starts_at)
            .limit(1)
        )
    if other is not None:
        raise ShiftOverlaps(
            shift_id=str(other.id),
            starts_at=other.starts_at.isoformat(),
            ends_at=other.ends_at.isoformat(),
        )


def _lunch_of(row: Shift) -> LunchBody | None:
    shown = queries.shown_shift(row).lunch
    if shown is None:
        return None
    return LunchBody(
        earliest_at=shown.earliest_at,
        latest_at=shown.latest_at,
        duration_seconds=shown.duration_seconds,
    )


def _stored(certificates: list[CertificateBody]) -> list[dict[str, Any]]:
    return [certificate.model_dump(mode="json") for certificate in certificates]


def _unknown(path: str) -> Fault:
    return Fault(path, "unknown", "There is nothing with this id that you may use here.")


async def _tell(
    session: Session,
    scope: Scope,
    technician: Technician,
    *,
    kind: str,
    now: datetime,
    facts: dict[str, Any] | None = None,
) -> None:
    about = About(region_id=technician.region_id, technician_id=technician.id)
    await announce(session, scope.actor, now, Happening(kind, about, facts or {}))
