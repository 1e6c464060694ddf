"""Reports of customers nobody has looked at: raised once, after so many minutes of service hours.

Left on hold, people lose trust before anybody has done anything wrong.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import exists, select

from dispatch.hours import elapsed, read_calendar
from dispatch.interventions import InterventionStatus
from server.interventions.dossier import all_dossiers, lock_interventions
from server.interventions.events import tell
from server.interventions.tables import Intervention
from server.kit.database import AnySession, Database
from server.kit.events import Actor
from server.kit.tables import Event
from server.kit.turns import turn
from server.regions.queries import hours_as_json
from server.regions.tables import Calendar, Region

UNHEARD = "message_unanswered"
SYSTEM = Actor(None, "Palier")
FROM_CUSTOMERS = ("portal", "qr")
LOOKED_BACK = timedelta(days=14)


async def raise_unheard(database: Database, now: datetime) -> int:
    """Tell of each report that waits too long for anybody to look at it; how many those were."""
    async with turn(database, UNHEARD) as is_ours:
        if not is_ours:
            return 0
        async with database.read() as session:
            waiting = await _waiting(session, now)
        for row in waiting:
            async with database.write() as session:
                rows = await lock_interventions(session, [row.id])
                # Looked at while we looked.
                if rows[0].status == InterventionStatus.DRAFT.value:
                    (dossier,) = await all_dossiers(session, rows)
                    await tell(session, SYSTEM, now, kind=UNHEARD, dossier=dossier)
        return len(waiting)


async def _waiting(session: AnySession, now: datetime) -> Sequence[Intervention]:
    is_told = exists().where(Event.intervention_id == Intervention.id, Event.kind == UNHEARD)
    query = (
        select(Intervention, Region.unanswered_minutes, Calendar)
        .join(Region, Region.id == Intervention.region_id)
        .join(Calendar, Calendar.id == Region.calendar_id)
        .where(Intervention.status == InterventionStatus.DRAFT.value, ~is_told)
        .where(Intervention.source.in_(FROM_CUSTOMERS))
        .where(Intervention.reported_at > now - LOOKED_BACK, Region.unanswered_minutes > 0)
        .order_by(Intervention.id)
    )
    return [
        row
        for row, minutes, hours in await session.execute(query)
        if elapsed(read_calendar(hours_as_json(hours)), row.reported_at, now) >= minutes * 60
    ]
