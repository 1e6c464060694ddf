"""The watch: telling, once and soon, what clocks have to say, and taking back what was wrong.

A clock is looked at when one of its instants has come, and whenever something happened to its
intervention. What is told about one intervention is in `telling`.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select

from server.breaches.recurring import RECURRING, tell_recurring
from server.breaches.tables import WatchRun
from server.breaches.telling import TOLD, catch_up
from server.interventions.clocks import looked_at, marks_due
from server.interventions.survivors import merged_into
from server.kit.database import AnySession, Database
from server.kit.settled import newest_settled
from server.kit.tables import Event
from server.kit.turns import turn

log: structlog.stdlib.BoundLogger = structlog.get_logger()
WATCH = "watch"


async def watch(database: Database, now: datetime) -> int:
    """Tell everything that has not been told by now; how many things that were.

    Of several processes one does it at a time: the others find nothing left to do.
    """
    async with turn(database, WATCH) as is_ours:
        if not is_ours:
            return 0
        return await _instants_reached(database, now) + await _things_happened(database, now)


async def _instants_reached(database: Database, now: datetime) -> int:
    async with database.read() as session:
        ids = await marks_due(session, now)
    return sum([await _tell(database, intervention_id, now) for intervention_id in ids])


async def _things_happened(database: Database, now: datetime) -> int:
    """Look again at whatever has an event since the last look.

    Evidence that comes late overturns, a plan that moves predicts.
    """
    async with database.read() as session:
        newest, seen = await newest_settled(session), await _seen(session)
        ids = await _touched(session, seen, newest) if newest > seen else []
        # What was missed here is not counted there: how this one stands decides.
        ids = [*ids, *await merged_into(session, ids)]
    told = sum([await _tell(database, intervention_id, now) for intervention_id in ids])
    if newest > seen:
        async with database.write() as session:
            await session.merge(WatchRun(duty=WATCH, done_at=now, found=newest))
    return told


async def _tell(database: Database, intervention_id: UUID, now: datetime) -> int:
    """Tell of one intervention; one that cannot be told of keeps no other waiting."""
    try:
        async with database.write() as session:
            dossier = await looked_at(session, intervention_id, now)
            told = await catch_up(session, dossier, now)
            return told + await tell_recurring(session, dossier, now)
    except Exception:
        log.exception("watch_failed", intervention=str(intervention_id))
        return 0


async def _seen(session: AnySession) -> int:
    """The number of the last event the watch has looked at."""
    row = await session.get(WatchRun, WATCH)
    return 0 if row is None else row.found


async def _touched(session: AnySession, after: int, until: int) -> Sequence[UUID]:
    query = (
        select(Event.intervention_id)
        .where(Event.seq > after, Event.seq <= until)
        .where(Event.intervention_id.is_not(None), Event.kind.not_in({*TOLD, RECURRING}))
        .distinct()
        .order_by(Event.intervention_id)
    )
    return [found for found in await session.scalars(query) if found is not None]
