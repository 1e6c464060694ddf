"""How the working days of technicians stand, as they said and as the roster has it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from dispatch.roster import Absence, DutyLog, DutyStep, Shift, Told
from server.kit.database import AnySession
from server.presence.schemas import DutyOut
from server.presence.tables import DutyCommand
from server.roster.snapshot import absences_of, shift_value
from server.roster.tables import Shift as ShiftRow

# A step counts no longer than its shift and the overtime of it; a shift lasts a day at most.
BACK = timedelta(days=3)
AHEAD = timedelta(days=8)
T = TypeVar("T", Shift, Absence)


async def logs(
    session: AnySession,
    technician_ids: Collection[UUID],
    now: datetime,
    *,
    since: datetime | None = None,
) -> dict[UUID, DutyLog]:
    """What these technicians said lately, with their shifts and absences; from `since` on."""
    span = (min(now, since or now) - BACK, now + AHEAD)
    query = (
        select(DutyCommand.technician_id, DutyCommand.kind, DutyCommand.judged_at)
        .where(
            DutyCommand.technician_id.in_(technician_ids),
            DutyCommand.state.is_not(None),
            DutyCommand.judged_at > span[0],
        )
        .order_by(DutyCommand.judged_at, DutyCommand.received_at, DutyCommand.sequence)
    )
    said: dict[UUID, list[Told]] = defaultdict(list)
    for technician_id, kind, at in await session.execute(query):
        said[technician_id].append(Told(DutyStep(kind), at))
    shifts = _by_technician(await _shifts(session, technician_ids, span))
    away = _by_technician(await absences_of(session, technician_ids, span))
    return {each: DutyLog(said[each], shifts[each], away[each]) for each in technician_ids}


async def log_of(
    session: AnySession, technician_id: UUID, now: datetime, *, since: datetime | None = None
) -> DutyLog:
    """The same of one technician."""
    return (await logs(session, [technician_id], now, since=since))[technician_id]


async def duty_of(session: AnySession, technician_id: UUID, now: datetime) -> DutyOut:
    """How a technician's working day stands now."""
    log = await log_of(session, technician_id, now)
    return shown_duty(technician_id, log, await version_of(session, technician_id), now)


async def may_be_reached(session: AnySession, technician_id: UUID, at: datetime) -> bool:
    """Whether a message may reach a technician: in a shift they have not ended, or on call."""
    return (await log_of(session, technician_id, at)).may_be_reached(at)


async def version_of(session: AnySession, technician_id: UUID) -> int:
    """How often something was said that changed a working day."""
    query = select(func.count()).where(
        DutyCommand.technician_id == technician_id, DutyCommand.state.is_not(None)
    )
    return int(await session.scalar(query) or 0)


def shown_duty(technician_id: UUID, log: DutyLog, version: int, now: datetime) -> DutyOut:
    duty = log.at(now)
    return DutyOut(
        technician_id=technician_id,
        state=duty.state.value,
        since=duty.since,
        until=duty.until,
        version=version,
        allowed=[step.value for step in duty.allowed],
    )


async def _shifts(
    session: AnySession, technician_ids: Collection[UUID], span: tuple[datetime, datetime]
) -> list[Shift]:
    query = (
        select(ShiftRow)
        .where(
            ShiftRow.technician_id.in_(technician_ids),
            ShiftRow.ends_at > span[0],
            ShiftRow.starts_at < span[1],
        )
        .order_by(ShiftRow.starts_at)
    )
    return [shift_value(row) for row in await session.scalars(query)]


def _by_technician(values: Iterable[T]) -> dict[UUID, list[T]]:
    found: dict[UUID, list[T]] = defaultdict(list)
    for each in values:
        found[UUID(each.technician_id)].append(each)
    return found
