"""Taking a deed back; a deed that took one back is taken back likewise, which does it again.

What stands in a row's way is found in `rows`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.deeds.placement import Placement, placement, placements
from server.deeds.problems import AlreadyUndone
from server.deeds.queries import names_of, shown_deeds
from server.deeds.recording import record
from server.deeds.rows import DONE, REBASED, Result, Way, as_many_as_can, refusal, way_back
from server.deeds.schemas import DeedKind, DeedResultOut
from server.deeds.tables import Deed, DeedRow
from server.interventions.booking import (
    Booking,
    VisitChange,
    assign,
    lock_visits,
    move_visits,
    return_to_queue,
)
from server.interventions.dossier import lock_interventions
from server.interventions.schemas import ReasonOut
from server.kit.database import Session
from server.kit.problems import NotFound
from server.kit.tables import Event

Before = Mapping[UUID, Placement | None]


async def undo(session: Session, scope: Scope, deed_id: UUID, now: datetime) -> DeedResultOut:
    """Put every row back that nothing stands in the way of; tell of each what became of it."""
    deed = await session.scalar(select(Deed).where(Deed.id == deed_id).with_for_update())
    if deed is None or not scope.sees_region(deed.region_id):
        raise NotFound
    if deed.undone_by_id is not None:
        raise await _undone(session, deed.undone_by_id)
    query = select(DeedRow).where(DeedRow.deed_id == deed.id).order_by(DeedRow.intervention_id)
    rows = {row.intervention_id: row for row in await session.scalars(query)}
    await lock_interventions(session, list(rows))
    present = await placements(session, rows)
    since = await _since(session, deed, list(rows))
    ways = {
        each: way_back(
            placement(row.before), placement(row.after), present[each], since.get(each, {}), now
        )
        for each, row in rows.items()
    }
    results = await carry_out(session, scope, ways, now)
    made = await record(session, scope, _kind(deed), present, now=now, undoes=deed.id)
    if made is not None:
        deed.undone_by_id = made.id
        await session.flush()
    return await told(session, scope, made, results)


async def told(
    session: Session, scope: Scope, deed: Deed | None, results: Mapping[UUID, Result]
) -> DeedResultOut:
    """The answer to a deed: itself, where anything was done, and each row's result."""
    names = await names_of(session, results)
    shown = [] if deed is None else await shown_deeds(session, scope, [deed])
    rows = [result.told(each, names[each]) for each, result in results.items() if each in names]
    return DeedResultOut(shown[0] if shown else None, rows)


async def carry_out(
    session: Session, scope: Scope, ways: Mapping[UUID, Way | Result], now: datetime
) -> dict[UUID, Result]:
    """Do what can be done, all of it at once where that holds, and say what became of each."""
    going = {each: way for each, way in ways.items() if isinstance(way, Way)}

    async def act(rows: Sequence[UUID]) -> None:
        await _place(session, scope, {each: going[each] for each in rows}, now)

    failed = await as_many_as_can(session, list(going), act) if going else {}
    return {each: _result(way, failed.get(each)) for each, way in ways.items()}


def _result(way: Way | Result, failed: Any) -> Result:
    if isinstance(way, Result):
        return way
    if failed is not None:
        return refusal(failed)
    return REBASED if way.is_rebased else DONE


async def _place(session: Session, scope: Scope, ways: Mapping[UUID, Way], now: datetime) -> None:
    """Take back, move, give and fix, in the order in which technicians become free."""
    leaving = [way.present.visit_id for way in ways.values() if way.present and not way.wanted]
    if leaving:
        await return_to_queue(session, scope, leaving, now=now)
    moves = [
        _change(way.present, way.wanted)
        for way in ways.values()
        if way.present and way.wanted and way.present.place != way.wanted.place
    ]
    if moves:
        await move_visits(session, scope, moves, now=now, overrules=True)
    for each, way in ways.items():
        if way.present is None and way.wanted is not None:
            tells = way.wanted.is_announced
            booking = _booking(way.wanted)
            await assign(session, scope, each, booking, now=now, dispatch=tells)
    await _fix(session, scope, ways, now)


async def _fix(session: Session, scope: Scope, ways: Mapping[UUID, Way], now: datetime) -> None:
    """A visit that changed hands is another one by now, without the locks of the first."""
    await session.flush()
    standing = await placements(session, ways)
    locks = {
        stands.visit_id: way.wanted.locks
        for each, way in ways.items()
        if (stands := standing[each]) is not None
        and way.wanted is not None
        and stands.locks != way.wanted.locks
    }
    if locks:
        await lock_visits(session, scope, locks, now=now)


def _change(present: Placement, wanted: Placement) -> VisitChange:
    return VisitChange(
        present.visit_id,
        wanted.technician_id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        travel_seconds=wanted.travel_seconds,
        why=_why(wanted),
    )


def _booking(wanted: Placement) -> Booking:
    return Booking(
        wanted.technician_id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        travel_seconds=wanted.travel_seconds,
        why=_why(wanted),
        is_technician_locked=wanted.is_technician_locked,
        is_start_locked=wanted.is_start_locked,
    )


def _why(wanted: Placement) -> ReasonOut | None:
    return None if wanted.why is None else ReasonOut(**wanted.why)


async def _since(
    session: Session, deed: Deed, interventions: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """Who did something to these last, after the deed."""
    query = (
        select(Event.intervention_id, Event.actor_name, Event.at, Event.kind)
        .where(
            Event.intervention_id.in_(interventions),
            Event.seq > deed.newest_event,
            Event.kind.startswith("visit_"),
        )
        .order_by(Event.seq)
    )
    found: dict[UUID, dict[str, Any]] = {}
    for intervention, by, at, kind in (await session.execute(query)).all():
        if intervention is not None:
            found[intervention] = {"by": by, "at": at.isoformat(), "kind": kind}
    return found


async def _undone(session: Session, by: UUID) -> AlreadyUndone:
    deed = await session.get(Deed, by)
    assert deed is not None
    return AlreadyUndone(deed.author_name, deed.at)


def _kind(deed: Deed) -> DeedKind:
    return deed.kind  # type: ignore[return-value]
