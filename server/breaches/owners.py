"""Telling once that whoever looked after an agreement does not come in any more.

Who looks after it next is named in agreements.
"""

from datetime import datetime

from server.agreements.owners import owners_gone
from server.breaches.overturning import SYSTEM
from server.breaches.tables import WatchRun
from server.kit.database import Database
from server.kit.events import About, Happening, announce


async def tell_owners_gone(database: Database, now: datetime) -> int:
    """One event for each agreement and each owner who left; how many were told."""
    async with database.read() as session:
        rows = await owners_gone(session)
        duties = {f"owner {row.id} {account}": row for row, account in rows}
        known = {duty for duty in duties if await session.get(WatchRun, duty) is not None}
    for duty in duties.keys() - known:
        row = duties[duty]
        async with database.write() as session:
            session.add(WatchRun(duty=duty, done_at=now, found=1))
            facts = {"agreement_id": str(row.id), "number": row.number, "name": row.name}
            await announce(session, SYSTEM, now, Happening("agreement_owner_gone", About(), facts))
    return len(duties) - len(known)
