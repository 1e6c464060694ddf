"""Usual weeks and on-call rotas written out into shifts.

What a wall time means on a day is `dispatch.roster.shifts_from_pattern`; shifts that are there
already stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.errors import Fault
from dispatch.roster import (
    InvalidShiftError,
    PatternLunch,
    PatternShift,
    ShiftKind,
    shifts_from_pattern,
)
from dispatch.roster import Shift as RosterShift
from server.accounts.scope import Scope
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.regions.tables import Region
from server.roster import queries
from server.roster.as_known import shift_facts
from server.roster.tables import Shift, Technician
from server.roster.writing_schemas import (
    RotaBody,
    UsualDutyBody,
    WeekBody,
    WrittenOut,
    WrittenShiftOut,
)

WEEKEND = frozenset({5, 6})
MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Duty:
    """One shift to be written, and who on call is asked first."""

    technician: Technician
    shift: RosterShift
    rank: int | None


async def write_week(
    session: Session, scope: Scope, technician_id: UUID, data: WeekBody, now: datetime
) -> WrittenOut:
    """Write a technician's usual week out from one day to another, both included."""
    technician = await queries.technician_row(session, scope, technician_id)
    days = days_between(data.first_day, data.last_day)
    zone = await zone_of(session, technician)
    try:
        duties = [
            Duty(technician, shift, usual.rank)
            for usual in data.duties
            for shift in shifts_from_pattern(
                [_pattern(usual)],
                technician_id=str(technician.id),
                first_day=data.first_day,
                days=days,
                zone=zone,
            )
        ]
    except InvalidShiftError as error:
        # A lunch in the hour the clocks skip.
        sentence = "On one of these days the clocks leave no room for this lunch."
        raise Invalid([Fault("duties", "outside_shift", sentence)]) from error
    if data.is_kept and not data.is_preview:
        technician.usual_week = [usual.model_dump(mode="json") for usual in data.duties]
        await session.flush()
        about = About(region_id=technician.region_id, technician_id=technician.id)
        await announce(session, scope.actor, now, Happening("technician_changed", about))
    return await write_duties(session, scope, duties, now, is_preview=data.is_preview)


async def write_rota(session: Session, scope: Scope, data: RotaBody, now: datetime) -> WrittenOut:
    """Put technicians on call in turn: nights on weekdays, whole days at the weekend."""
    crew = [await _member(session, scope, at, each) for at, each in enumerate(data.technician_ids)]
    night = PatternShift(
        frozenset(range(7)) - WEEKEND, data.starts, data.ends, kind=ShiftKind.ON_CALL
    )
    handover = data.ends if data.is_whole_weekend else data.starts
    weekend = PatternShift(WEEKEND, handover, data.ends, kind=ShiftKind.ON_CALL)
    duties: list[Duty] = []
    for number in range(days_between(data.first_day, data.last_day)):
        technician = crew[number // data.turn_days % len(crew)]
        written = shifts_from_pattern(
            [night, weekend],
            technician_id=str(technician.id),
            first_day=data.first_day + timedelta(days=number),
            days=1,
            zone=await zone_of(session, technician),
        )
        duties += [Duty(technician, shift, data.rank) for shift in written]
    return await write_duties(session, scope, duties, now, is_preview=data.is_preview)


def days_between(first: date, last: date) -> int:
    days = (last - first).days + 1
    if days < 1:
        raise Invalid([Fault("last_day", "ends_before_start", "The last day is before the first.")])
    if days > MOST_DAYS:
        sentence = f"Write out {MOST_DAYS} days at a time at most."
        raise Invalid([Fault("last_day", "too_long", sentence)])
    return days


def _pattern(usual: UsualDutyBody) -> PatternShift:
    lunch = usual.lunch
    return PatternShift(
        frozenset(usual.weekdays),
        usual.starts,
        usual.ends,
        kind=ShiftKind(usual.kind),
        overtime_max_seconds=usual.overtime_max_seconds,
        lunch=None
        if lunch is None
        else PatternLunch(lunch.earliest, lunch.latest, lunch.duration_seconds),
    )


async def _member(session: Session, scope: Scope, at: int, technician_id: UUID) -> Technician:
    try:
        return await queries.technician_row(session, scope, technician_id)
    except NotFound as error:
        sentence = "There is nothing with this id that you may use here."
        raise Invalid([Fault(f"technician_ids.{at}", "unknown", sentence)]) from error


async def zone_of(session: AnySession, technician: Technician) -> ZoneInfo:
    return ZoneInfo((await session.get_one(Region, technician.region_id)).zone)


async def write_duties(
    session: Session, scope: Scope, duties: Sequence[Duty], now: datetime, *, is_preview: bool
) -> WrittenOut:
    """Write what stands in no other shift's way; tell what does."""
    ordered = sorted(duties, key=lambda duty: (duty.shift.starts_at, str(duty.technician.id)))
    taken = await _taken(session, ordered)
    written: list[WrittenShiftOut] = []
    rows: list[Shift] = []
    in_the_way: list[WrittenShiftOut] = []
    for duty in ordered:
        others = taken[duty.technician.id]
        span = (duty.shift.starts_at, duty.shift.ends_at)
        shown = WrittenShiftOut(duty.technician.id, *span)
        if any(starts < span[1] and span[0] < ends for starts, ends in others):
            in_the_way.append(shown)
            continue
        others.append(span)
        written.append(shown)
        rows.append(_row(duty))
    if rows and not is_preview:
        session.add_all(rows)
        await session.flush()
        await _tell(session, scope, ordered, rows, now)
    return WrittenOut(written, in_the_way)


async def _taken(
    session: Session, duties: Sequence[Duty]
) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """The hours these technicians have already; nobody else gives them any meanwhile."""
    taken: dict[UUID, list[tuple[datetime, datetime]]] = {duty.technician.id: [] for duty in duties}
    if not duties:
        return taken
    await session.execute(
        select(Technician.id)
        .where(Technician.id.in_(taken))
        .order_by(Technician.id)
        .with_for_update(key_share=True)
    )
    query = select(Shift.technician_id, Shift.starts_at, Shift.ends_at).where(
        Shift.technician_id.in_(taken),
        Shift.ends_at > min(duty.shift.starts_at for duty in duties),
        Shift.starts_at < max(duty.shift.ends_at for duty in duties),
    )
    for row in await session.execute(query):
        taken[row.technician_id].append((row.starts_at, row.ends_at))
    return taken


def _row(duty: Duty) -> Shift:
    shift, lunch = duty.shift, duty.shift.lunch
    return Shift(
        technician_id=duty.technician.id,
        kind=shift.kind.value,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        overtime_max_seconds=shift.overtime_max_seconds,
        lunch_earliest_at=lunch and lunch.earliest_at,
        lunch_latest_at=lunch and lunch.latest_at,
        lunch_duration_seconds=lunch and lunch.duration_seconds,
        rank=duty.rank,
    )


async def _tell(
    session: Session, scope: Scope, duties: Sequence[Duty], rows: Sequence[Shift], now: datetime
) -> None:
    for technician in {duty.technician.id: duty.technician for duty in duties}.values():
        about = About(region_id=technician.region_id, technician_id=technician.id)
        facts = shift_facts(made=[row for row in rows if row.technician_id == technician.id])
        await announce(session, scope.actor, now, Happening("shifts_written", about, facts))
