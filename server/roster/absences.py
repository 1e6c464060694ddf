"""Absences: reading, recording and taking them back.

What is left of a day once they are out is `dispatch.roster.available`.
"""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import AnySession, Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.paging import page
from server.kit.problems import AlreadyDecided, Invalid, NotFound
from server.kit.wire import Page
from server.kit.work import require_version
from server.roster import queries
from server.roster.hours import EARLIEST, LATEST
from server.roster.queries import WantedShifts
from server.roster.schemas import (
    AbsenceBody,
    AbsenceDecisionBody,
    AbsenceOut,
    AbsenceRequestBody,
)
from server.roster.snapshot import SICK
from server.roster.tables import APPROVED, REFUSED, REQUESTED, Absence, Technician


def shown_absence(row: Absence) -> AbsenceOut:
    return AbsenceOut(
        id=row.id,
        technician_id=row.technician_id,
        kind=row.kind,  # type: ignore[arg-type]
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        note=row.note,
        state=row.state,  # type: ignore[arg-type]
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        answer=row.answer,
        version=row.version,
    )


async def absences(
    session: AnySession,
    scope: Scope,
    wanted: WantedShifts,
    *,
    limit: int | None,
    cursor: str | None,
    state: str | None = None,
) -> Page[AbsenceOut]:
    """Absences of the caller's technicians in the order they start."""
    query = queries.within(
        select(Absence).join(Technician, Technician.id == Absence.technician_id), scope
    )
    if state is not None:
        query = query.where(Absence.state == state)
    if wanted.technician_id is not None:
        query = query.where(Absence.technician_id == wanted.technician_id)
    if wanted.since is not None:
        query = query.where(Absence.ends_at > wanted.since)
    if wanted.until is not None:
        query = query.where(Absence.starts_at < wanted.until)
    rows, following = await page(
        session, query, by=(Absence.starts_at, Absence.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_absence(row) for row in rows], next_cursor=following)


async def record_absence(
    session: Session, scope: Scope, data: AbsenceBody, now: datetime
) -> AbsenceOut:
    """Write down that a technician is away. Visits in that time stay until somebody moves them."""
    try:
        technician = await queries.technician_row(session, scope, data.technician_id)
    except NotFound as error:
        fault = Fault("technician_id", "unknown", "There is nothing with this id for you to use.")
        raise Invalid([fault]) from error
    row = await _written(session, scope, technician, data, now)
    await tell(session, scope.actor, technician, row, kind="absence_recorded", now=now)
    return shown_absence(row)


async def request_absence(
    session: Session, scope: Scope, data: AbsenceRequestBody, now: datetime
) -> AbsenceOut:
    """A technician asks to be away; nothing changes before the office says yes."""
    if scope.technician_id is None:
        raise NotFound
    technician = await queries.technician_row(session, scope, scope.technician_id)
    row = await _written(session, scope, technician, data, now, state=REQUESTED)
    await tell(session, scope.actor, technician, row, kind="absence_requested", now=now)
    return shown_absence(row)


async def decide_absence(
    session: Session, scope: Scope, absence_id: UUID, data: AbsenceDecisionBody, now: datetime
) -> AbsenceOut:
    """Say yes or no to what a technician asked for, once."""
    row = await session.get(Absence, absence_id, with_for_update=True)
    if row is None:
        raise NotFound
    technician = await queries.technician_row(session, scope, row.technician_id)
    if row.state != REQUESTED:
        raise AlreadyDecided
    if data.decision == REFUSED and not data.answer:
        raise Invalid([Fault("answer", "missing", "Say why it cannot be.")])
    row.state, row.answer = data.decision, data.answer
    row.decided_by, row.decided_at = scope.name, now
    await session.flush()
    kind = "absence_recorded" if row.state == APPROVED else "absence_refused"
    await tell(session, scope.actor, technician, row, kind=kind, now=now)
    return shown_absence(row)


async def _written(
    session: Session,
    scope: Scope,
    technician: Technician,
    data: AbsenceBody | AbsenceRequestBody,
    now: datetime,
    *,
    state: str = APPROVED,
) -> Absence:
    require_sound(data)
    row = Absence(
        technician_id=technician.id,
        kind=data.kind,
        starts_at=data.starts_at.astimezone(UTC),
        ends_at=data.ends_at.astimezone(UTC),
        note=data.note,
        state=state,
        recorded_by=scope.name,
        recorded_at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def remove_absence(
    session: Session, scope: Scope, absence_id: UUID, *, expected: int, now: datetime
) -> None:
    """Take an absence back: the technician is there after all; their own wish is theirs to drop."""
    row = await session.get(Absence, absence_id)
    if row is None:
        raise NotFound
    technician = await queries.technician_row(session, scope, row.technician_id)
    if scope.role is Role.TECHNICIAN and row.state != REQUESTED:
        raise AlreadyDecided
    require_version(row.version, expected)
    await session.delete(row)
    await session.flush()
    await tell(session, scope.actor, technician, row, kind="absence_removed", now=now)


async def end_sickness(
    session: Session, actor: Actor, technician: Technician, at: datetime, now: datetime
) -> None:
    """Somebody is fit again: of their being sick, what is left is taken back."""
    query = select(Absence).where(
        Absence.technician_id == technician.id,
        Absence.kind == SICK,
        Absence.state == APPROVED,
        Absence.starts_at <= at,
        Absence.ends_at > at,
    )
    for row in (await session.scalars(query)).all():
        await tell(session, actor, technician, row, kind="absence_removed", now=now)
        if row.starts_at == at:
            await session.delete(row)
        else:
            row.ends_at = at
    await session.flush()


async def tell(
    session: Session,
    actor: Actor,
    technician: Technician,
    row: Absence,
    *,
    kind: str,
    now: datetime,
) -> None:
    """Say that somebody is away, or not after all; not why, which is nobody else's business."""
    about = About(region_id=technician.region_id, technician_id=technician.id)
    facts = {
        "technician_first_name": technician.name.split()[0],
        "from_at": row.starts_at.isoformat(),
        "to_at": row.ends_at.isoformat(),
    }
    await announce(session, actor, now, Happening(kind, about, facts))


def require_sound(data: AbsenceBody | AbsenceRequestBody) -> None:
    """Refuse a time nobody can be away in, naming every fault."""
    faults = [
        Fault(path, "out_of_range", "Give an instant in 1950 to 2199.")
        for path, instant in (("starts_at", data.starts_at), ("ends_at", data.ends_at))
        if not EARLIEST <= instant < LATEST
    ]
    if not faults and data.ends_at <= data.starts_at:
        faults.append(Fault("ends_at", "ends_before_start", "The absence ends before it starts."))
    if faults:
        raise Invalid(faults)
