"""Who looks at a region's board, and at which intervention: told by the open pages themselves.

It locks nothing and is no record: a page that closes, or says nothing for a minute, is gone.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from server.accounts.scope import Scope
from server.interventions.tables import Intervention
from server.kit.database import Session
from server.live.schemas import LookBody, LookerOut, LooksOut
from server.live.tables import Look
from server.regions.queries import region_row

GONE_AFTER = timedelta(minutes=1)


async def look(session: Session, scope: Scope, data: LookBody, now: datetime) -> LooksOut:
    """Note what this page shows, or that it closes; say who else looks at that board."""
    await region_row(session, scope, data.region_id)
    await session.execute(delete(Look).where(Look.seen_at <= now - GONE_AFTER))
    mine = await session.get(Look, (scope.account_id, data.page))
    if data.is_leaving:
        if mine is not None:
            await session.delete(mine)
    else:
        if mine is None:
            mine = Look(account_id=scope.account_id, page=data.page)
            session.add(mine)
        mine.region_id, mine.seen_at, mine.name = data.region_id, now, scope.name
        mine.intervention_id = await _open_there(session, data)
    await session.flush()
    return LooksOut(others=await _others(session, scope, data.region_id))


async def _open_there(session: Session, data: LookBody) -> UUID | None:
    """The intervention that is open, if it is this region's work."""
    if data.intervention_id is None:
        return None
    row = await session.get(Intervention, data.intervention_id)
    return row.id if row is not None and row.region_id == data.region_id else None


async def _others(session: Session, scope: Scope, region_id: UUID) -> list[LookerOut]:
    """Everybody else once, with all that they have open, by name."""
    query = (
        select(Look)
        .where(Look.region_id == region_id, Look.account_id != scope.account_id)
        .order_by(Look.name, Look.account_id, Look.page)
    )
    found: dict[UUID, LookerOut] = {}
    for row in await session.scalars(query):
        looker = found.setdefault(row.account_id, LookerOut(row.account_id, row.name, []))
        if row.intervention_id is not None and row.intervention_id not in looker.intervention_ids:
            looker.intervention_ids.append(row.intervention_id)
    return list(found.values())
