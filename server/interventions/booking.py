"""The door planning uses: giving visits to technicians, moving them, taking them back.

Who should go and when is decided in planning; that nobody is in two places at once is seen to here
and by the schema itself.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from dispatch.errors import Fault
from dispatch.interventions import (
    PLANNED_STATUSES,
    VisitCommand,
    VisitStatus,
    move,
)
from server.accounts.scope import Scope
from server.interventions.consequences import settle
from server.interventions.dossier import (
    Dossier,
    all_dossiers,
    lock_interventions,
    locked_dossier,
    sees,
)
from server.interventions.events import tell
from server.interventions.problems import (
    AlreadyPlanned,
    InterventionEnded,
    TechnicianInactive,
    VisitFrozen,
)
from server.interventions.schemas import ReasonOut, VisitOut
from server.interventions.shown import shown_visit
from server.interventions.standing import ENDED, open_visits, part_of
from server.interventions.tables import Visit
from server.kit.database import Session
from server.kit.problems import Invalid, NotFound, Stale
from server.regions.queries import lending_to
from server.roster.tables import Technician

PLANNED = frozenset(status.value for status in PLANNED_STATUSES)


@dataclass(frozen=True, slots=True)
class Booking:
    """One technician's time for one intervention; `starts_at` is work on site, after travel."""

    technician_id: UUID
    starts_at: datetime
    ends_at: datetime
    travel_seconds: int
    why: ReasonOut | None = None
    is_technician_locked: bool = False
    is_start_locked: bool = False


@dataclass(frozen=True, slots=True)
class VisitChange:
    """Where a visit goes; `seen_version` refuses a change made on an older view of it."""

    visit_id: UUID
    technician_id: UUID
    starts_at: datetime
    ends_at: datetime
    travel_seconds: int
    why: ReasonOut | None = None
    seen_version: int | None = None


async def assign(
    session: Session,
    scope: Scope,
    intervention_id: UUID,
    booking: Booking,
    *,
    now: datetime,
    dispatch: bool = True,
    replaces: UUID | None = None,
) -> VisitOut:
    """Give an intervention to a technician, and tell them at once unless it is only proposed.

    Where somebody is planned already, name that visit in `replaces`: it is unassigned.
    """
    dossier = await locked_dossier(session, scope, intervention_id)
    if dossier.intervention.status in ENDED:
        raise InterventionEnded
    _require_replaced(dossier, replaces)
    dossier.technicians |= await _locked_technicians(session, scope, {booking.technician_id})
    taken = [v for v in open_visits(dossier) if v.id == replaces]
    for visit in taken:
        _unassign(visit)
    await session.flush()
    visit = await _new_visit(session, dossier, booking, is_announced=dispatch, now=now)
    settle(dossier, now)
    await session.flush()
    for gone in taken:
        await _tell(session, scope, dossier, gone, kind="visit_unassigned", now=now)
    kind = "visit_dispatched" if dispatch else "visit_proposed"
    await _tell(session, scope, dossier, visit, kind=kind, now=now)
    return shown_visit(dossier, visit, part_of(scope))


async def move_visits(
    session: Session,
    scope: Scope,
    changes: Sequence[VisitChange],
    *,
    now: datetime,
    overrules: bool = False,
) -> list[VisitOut]:
    """Move many visits at once: all of them or none.

    The visits are first taken out of the double-booking rule, so only the final state counts. A
    visit that changes hands is unassigned and made anew for the other technician. `overrules` is
    a dispatcher's own hand: it moves what is locked or accepted, never what is under way.
    """
    if len({change.visit_id for change in changes}) < len(changes):
        raise Invalid([Fault("changes", "visit_twice", "Each visit can be moved once at a time.")])
    of_visit = await _dossiers_of(session, scope, [change.visit_id for change in changes])
    technicians = await _locked_technicians(session, scope, {c.technician_id for c in changes})
    for change in changes:
        _require_movable(of_visit[change.visit_id], change, overrules=overrules)
    leaving = [
        change
        for change in changes
        if of_visit[change.visit_id].visit(change.visit_id).technician_id != change.technician_id
    ]
    for change in leaving:
        _unassign(of_visit[change.visit_id].visit(change.visit_id))
    await session.flush()
    staying = [change for change in changes if change not in leaving]
    await _reschedule(session, of_visit, staying)
    moved = {c.visit_id: of_visit[c.visit_id].visit(c.visit_id) for c in staying}
    for change in leaving:
        dossier = of_visit[change.visit_id]
        dossier.technicians[change.technician_id] = technicians[change.technician_id]
        moved[change.visit_id] = await _hand_over(session, dossier, change, now)
    for dossier in of_visit.values():
        settle(dossier, now)
    await session.flush()
    for change in changes:
        dossier, visit = of_visit[change.visit_id], moved[change.visit_id]
        await _tell_moved(session, scope, dossier, visit, was=change.visit_id, now=now)
    part = part_of(scope)
    return [shown_visit(of_visit[c.visit_id], moved[c.visit_id], part) for c in changes]


async def return_to_queue(
    session: Session,
    scope: Scope,
    visit_ids: Sequence[UUID],
    *,
    now: datetime,
    cancelled_for: str | None = None,
) -> None:
    """Take planned visits from their technicians: their interventions wait for somebody again.

    Where a reason is given they are told as cancelled, and why.
    """
    of_visit = await _dossiers_of(session, scope, visit_ids)
    for visit_id, dossier in of_visit.items():
        visit = dossier.visit(visit_id)
        if visit.status not in PLANNED:
            raise VisitFrozen(visit.id, visit.status)
        if cancelled_for is None:
            _unassign(visit)
        else:
            _cancel(visit, cancelled_for)
        settle(dossier, now)
    await session.flush()
    kind = "visit_unassigned" if cancelled_for is None else "visit_cancelled"
    for visit_id, dossier in of_visit.items():
        await _tell(session, scope, dossier, dossier.visit(visit_id), kind=kind, now=now)


async def lock_visits(
    session: Session, scope: Scope, locks: Mapping[UUID, tuple[bool, bool]], *, now: datetime
) -> None:
    """Fix the technician and the start of planned visits, or leave them to the planner again.

    By visit: whether its technician is fixed, whether its start is.
    """
    of_visit = await _dossiers_of(session, scope, list(locks))
    for visit_id, (technician, start) in locks.items():
        visit = of_visit[visit_id].visit(visit_id)
        if visit.status not in PLANNED:
            raise VisitFrozen(visit.id, visit.status)
        visit.is_technician_locked, visit.is_start_locked = technician, start
    await session.flush()
    for visit_id, dossier in of_visit.items():
        visit = dossier.visit(visit_id)
        await _tell(session, scope, dossier, visit, kind="visit_locks_changed", now=now)


def _require_replaced(dossier: Dossier, replaces: UUID | None) -> None:
    for visit in open_visits(dossier):
        if visit.id != replaces:
            raise AlreadyPlanned(visit.id, visit.status)
        if visit.status not in PLANNED:
            raise VisitFrozen(visit.id, visit.status)


def _require_movable(dossier: Dossier, change: VisitChange, *, overrules: bool) -> None:
    visit = dossier.visit(change.visit_id)
    if change.seen_version is not None and change.seen_version != visit.version:
        raise Stale(current_version=visit.version, visit_id=str(visit.id))
    changes_hands = change.technician_id != visit.technician_id
    keeps_technician = visit.is_technician_locked or visit.status == VisitStatus.ACCEPTED.value
    changes_start = change.starts_at != visit.starts_at
    is_held = (changes_hands and keeps_technician) or (changes_start and visit.is_start_locked)
    if visit.status not in PLANNED or (is_held and not overrules):
        raise VisitFrozen(visit.id, visit.status)


async def _dossiers_of(
    session: Session, scope: Scope, visit_ids: Sequence[UUID]
) -> dict[UUID, Dossier]:
    """The locked dossier of each visit; visits of one intervention share theirs."""
    query = select(Visit.id, Visit.intervention_id).where(Visit.id.in_(visit_ids))
    of_visit = {row.id: row.intervention_id for row in (await session.execute(query)).all()}
    rows = await lock_interventions(session, list(set(of_visit.values())))
    if len(of_visit) < len(set(visit_ids)) or not all(sees(scope, row) for row in rows):
        raise NotFound
    found = {made.intervention.id: made for made in await all_dossiers(session, rows)}
    return {visit_id: found[of_visit[visit_id]] for visit_id in visit_ids}


async def _locked_technicians(
    session: Session, scope: Scope, technician_ids: AbstractSet[UUID]
) -> dict[UUID, Technician]:
    """Whoever gives work to the same technician waits for us, always in the same order."""
    query = (
        select(Technician)
        .where(Technician.id.in_(technician_ids))
        .order_by(Technician.id)
        .with_for_update(key_share=True)
    )
    found = {row.id: row for row in await session.scalars(query)}
    lent = await lending_to(session, scope)
    if len(found) < len(technician_ids) or not all(
        scope.sees_region(technician.region_id) or technician.region_id in lent
        for technician in found.values()
    ):
        raise NotFound
    if not all(technician.is_active for technician in found.values()):
        raise TechnicianInactive
    return found


async def _reschedule(
    session: Session, of_visit: dict[UUID, Dossier], changes: Sequence[VisitChange]
) -> None:
    visits = {
        change.visit_id: of_visit[change.visit_id].visit(change.visit_id) for change in changes
    }
    aside = update(Visit).where(Visit.id.in_(visits)).values(is_moving=True)
    await session.execute(aside, execution_options={"synchronize_session": "evaluate"})
    for change in changes:
        visit = visits[change.visit_id]
        visit.starts_at, visit.ends_at = change.starts_at, change.ends_at
        visit.travel_seconds = change.travel_seconds
        visit.late_by_seconds = 0
        visit.why = _plain(change.why) or visit.why
        visit.is_moving = False
    await session.flush()


async def _hand_over(
    session: Session, dossier: Dossier, change: VisitChange, now: datetime
) -> Visit:
    left = dossier.visit(change.visit_id)
    booking = Booking(
        technician_id=change.technician_id,
        starts_at=change.starts_at,
        ends_at=change.ends_at,
        travel_seconds=change.travel_seconds,
        why=change.why,
        is_start_locked=left.is_start_locked,
    )
    is_announced = left.announced_at is not None
    return await _new_visit(session, dossier, booking, is_announced=is_announced, now=now)


async def _new_visit(
    session: Session, dossier: Dossier, booking: Booking, *, is_announced: bool, now: datetime
) -> Visit:
    if booking.ends_at <= booking.starts_at:
        raise Invalid([Fault("ends_at", "not_after_start", "The visit ends before it begins.")])
    at = now.replace(microsecond=0)
    status = move(None, VisitCommand.PROPOSE)
    if is_announced:
        status = move(status, VisitCommand.DISPATCH)
    visit = Visit(
        intervention_id=dossier.intervention.id,
        technician_id=booking.technician_id,
        status=status.value,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        travel_seconds=booking.travel_seconds,
        is_technician_locked=booking.is_technician_locked,
        is_start_locked=booking.is_start_locked,
        created_at=now,
        announced_at=at if is_announced else None,
        why=_plain(booking.why),
    )
    session.add(visit)
    await session.flush()
    dossier.visits.append(visit)
    return visit


def _unassign(visit: Visit) -> None:
    visit.status = move(VisitStatus(visit.status), VisitCommand.REASSIGN).value
    visit.office_version = visit.version + 1


def _cancel(visit: Visit, reason: str) -> None:
    visit.status = move(VisitStatus(visit.status), VisitCommand.CANCEL).value
    visit.reason, visit.office_version = reason, visit.version + 1


def _plain(why: ReasonOut | None) -> dict[str, object] | None:
    return None if why is None else {"code": why.code, "facts": why.facts}


async def _tell_moved(
    session: Session, scope: Scope, dossier: Dossier, visit: Visit, *, was: UUID, now: datetime
) -> None:
    if visit.id == was:
        await _tell(session, scope, dossier, visit, kind="visit_moved", now=now)
        return
    left = dossier.visit(was)
    await _tell(session, scope, dossier, left, kind="visit_unassigned", now=now)
    kind = "visit_proposed" if visit.announced_at is None else "visit_dispatched"
    await _tell(session, scope, dossier, visit, kind=kind, now=now)


async def _tell(
    session: Session, scope: Scope, dossier: Dossier, visit: Visit, *, kind: str, now: datetime
) -> None:
    await tell(session, scope.actor, now, kind=kind, dossier=dossier, visit=visit)
