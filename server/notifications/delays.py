"""Telling a customer before the due that it takes longer than promised: the new time, and why.

A technician who says so tells it themselves; this is for what the plan knows.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from dispatch.agreements import ClockKind
from server.breaches.tables import WatchRun
from server.interventions.arrival import COMING, expected
from server.interventions.clocks import clock_row
from server.interventions.dossier import Dossier, all_dossiers, lock_interventions
from server.interventions.events import tell
from server.interventions.tables import Visit
from server.kit.database import AnySession, Database, Session
from server.kit.events import Actor
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.kit.turns import turn

DELAYED = "arrival_delayed"
SYSTEM = Actor(None, "Palier")
# A plan is often better a moment later: nobody is alarmed for what was never going to happen.
PATIENCE = timedelta(minutes=3)
MOVED = "visit_moved"
LOOKED_AT = ("breach_predicted", "visit_dispatched", MOVED)


async def tell_delays(database: Database, now: datetime) -> int:
    """Tell of each arrival that is expected after its due, once; how many those were."""
    async with turn(database, DELAYED) as is_ours:
        if not is_ours:
            return 0
        async with database.read() as session:
            seen = await session.get(WatchRun, DELAYED)
            until = await _settled_by(session, now - PATIENCE, 0 if seen is None else seen.found)
            after = until if seen is None else seen.found
            touched = await _touched(session, after, until)
        told = 0
        for intervention_id, is_moved in touched.items():
            async with database.write() as session:
                told += await _look(session, intervention_id, now, is_moved=is_moved)
        if seen is None or until > seen.found:
            async with database.write() as session:
                await session.merge(WatchRun(duty=DELAYED, done_at=now, found=until))
        return told


async def _settled_by(session: AnySession, cut: datetime, after: int) -> int:
    """The last event that lies long enough back."""
    newest = await newest_settled(session)
    query = select(func.max(Event.seq)).where(
        Event.seq > after, Event.seq <= newest, Event.at <= cut
    )
    return int(await session.scalar(query) or after)


async def _touched(session: AnySession, after: int, until: int) -> Mapping[UUID, bool]:
    """What may have become later, and whether because a visit was moved."""
    query = (
        select(Event.intervention_id, Event.kind)
        .where(Event.seq > after, Event.seq <= until, Event.kind.in_(LOOKED_AT))
        .order_by(Event.seq)
    )
    found: dict[UUID, bool] = {}
    for intervention_id, kind in await session.execute(query):
        if intervention_id is not None:
            found[intervention_id] = found.get(intervention_id, False) or kind == MOVED
    return found


async def _look(session: Session, intervention_id: UUID, now: datetime, *, is_moved: bool) -> int:
    told_before = select(Event.seq).where(
        Event.intervention_id == intervention_id, Event.kind == DELAYED
    )
    if await session.scalar(told_before.limit(1)) is not None:
        return 0
    rows = await lock_interventions(session, [intervention_id])
    (dossier,) = await all_dossiers(session, rows)
    visit = _late_visit(dossier, now)
    if visit is None:
        return 0
    why = "moved" if is_moved else "nobody_sooner"
    await tell(session, SYSTEM, now, kind=DELAYED, dossier=dossier, visit=visit, more={"why": why})
    return 1


def _late_visit(dossier: Dossier, now: datetime) -> Visit | None:
    """Who comes first, and after the promise; none where the technician has said so already."""
    clock = clock_row(dossier, ClockKind.RESPONSE)
    if clock is None or clock.due_at is None or clock.stopped_at is not None or clock.due_at <= now:
        return None
    coming = [each for each in dossier.visits if each.status in COMING and each.announced_at]
    first = min(coming, key=lambda each: each.starts_at, default=None)
    if first is None or first.late_by_seconds:
        return None
    range_ = expected(first, now)
    return first if range_ is not None and range_[0] > clock.due_at else None
