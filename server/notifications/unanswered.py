"""Urgent visits that nobody answered: the office is told, so that somebody picks up the phone.

A push may never arrive: a phone without signal, notifications switched off, a dead battery.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from dispatch.interventions import VisitStatus
from server.interventions.dossier import all_dossiers, lock_interventions
from server.interventions.events import tell
from server.interventions.not_answered import NOT_ANSWERED
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession, Database
from server.kit.events import Actor
from server.kit.tables import Event
from server.kit.turns import turn
from server.notifications.push_words import URGENT
from server.notifications.reach import spells

SYSTEM = Actor(None, "Palier")
# Whoever is off and needed this soon has to be called, hours of work or not.
SOON = timedelta(hours=2)


async def escalate(database: Database, after: timedelta, now: datetime) -> int:
    """Tell of each urgent visit that was not answered in time, once; how many those were."""
    if not after:
        return 0
    async with turn(database, NOT_ANSWERED) as is_ours:
        if not is_ours:
            return 0
        async with database.read() as session:
            late = await _late(session, after, now)
        for visit in late:
            async with database.write() as session:
                rows = await lock_interventions(session, [visit.intervention_id])
                (dossier,) = await all_dossiers(session, rows)
                told = dossier.visit(visit.id)
                # Answered while we looked.
                if told.status == VisitStatus.DISPATCHED.value:
                    await tell(session, SYSTEM, now, kind=NOT_ANSWERED, dossier=dossier, visit=told)
        return len(late)


async def _late(session: AnySession, after: timedelta, now: datetime) -> Sequence[Visit]:
    """Urgent visits nobody answered: minutes count while somebody may be disturbed."""
    is_told = exists().where(
        Event.intervention_id == Visit.intervention_id,
        Event.visit_id == Visit.id,
        Event.kind == NOT_ANSWERED,
    )
    query = (
        select(Visit)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .where(Visit.status == VisitStatus.DISPATCHED.value, Intervention.severity.in_(URGENT))
        .where(Visit.announced_at <= now - after, ~is_told)
        .order_by(Visit.id)
    )
    rows = (await session.scalars(query)).all()
    hours = await spells(session, {row.technician_id for row in rows}, now)

    def is_late(row: Visit) -> bool:
        spell = hours.get(row.technician_id)
        if spell is None:
            return row.starts_at - timedelta(seconds=row.travel_seconds) <= now + SOON
        return spell.since <= now - after

    return [row for row in rows if is_late(row)]
