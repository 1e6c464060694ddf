"""Every night: every open clock computed anew; one that differs from what is stored is an incident.

The stored answer is corrected at once. An incident is resolved once a later night finds the clock
as it should be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy import func, select, update

from server.breaches.tables import Incident
from server.interventions.clocks import recomputed, refresh
from server.interventions.dossier import all_dossiers, lock_interventions
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention
from server.kit.database import Database, Session

log: structlog.stdlib.BoundLogger = structlog.get_logger()
AT_A_TIME = 50
INCIDENTS = Counter("palier_clock_incidents", "Stored clocks that differed from their events")
UNRESOLVED = Gauge("palier_clock_incidents_unresolved", "Incidents no later night has cleared")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many open interventions were computed anew, and how many clocks differed."""

    interventions: int
    differences: int


async def recompute(database: Database, now: datetime) -> Recomputed:
    """Compare every open intervention with its events and correct what differs."""
    async with database.read() as session:
        query = select(Intervention.id).where(Intervention.status.not_in(ENDED))
        ids = (await session.scalars(query.order_by(Intervention.id))).all()
    differences = 0
    for start in range(0, len(ids), AT_A_TIME):
        async with database.write() as session:
            differences += await _compare(session, ids[start : start + AT_A_TIME], now)
    async with database.write() as session:
        cleared = update(Incident).where(Incident.resolved_at.is_(None), Incident.found_at < now)
        await session.execute(cleared.values(resolved_at=now))
        unresolved = await session.scalar(
            select(func.count()).select_from(Incident).where(Incident.resolved_at.is_(None))
        )
    INCIDENTS.inc(differences)
    UNRESOLVED.set(unresolved or 0)
    return Recomputed(len(ids), differences)


async def _compare(session: Session, ids: Sequence[UUID], now: datetime) -> int:
    found = 0
    for dossier in await all_dossiers(session, await lock_interventions(session, ids)):
        differences = recomputed(dossier, now)
        for each in differences:
            session.add(
                Incident(
                    intervention_id=dossier.intervention.id,
                    party=each.party,
                    clock=each.kind,
                    round=each.round,
                    found_at=now,
                    stored=each.stored,
                    recomputed=each.recomputed,
                )
            )
            log.error("clock_incident", intervention=dossier.intervention.number, clock=each.kind)
        if differences:
            refresh(dossier, now)
        found += len(differences)
    return found
