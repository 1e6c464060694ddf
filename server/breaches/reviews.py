"""Telling once that a look back at an agreement is overdue.

Holding the review, and when the next one is, belongs to agreements.
"""

from datetime import UTC, datetime

from sqlalchemy import select

from server.agreements.tables import Agreement
from server.breaches.overturning import SYSTEM
from server.breaches.tables import WatchRun
from server.kit.database import Database
from server.kit.events import About, Happening, announce


async def tell_overdue_reviews(database: Database, now: datetime) -> int:
    """One event for each agreement and each day its review was due; how many were told."""
    query = select(Agreement).where(Agreement.next_review_on < now.astimezone(UTC).date())
    async with database.read() as session:
        rows = (await session.scalars(query.order_by(Agreement.number))).all()
        known = set(await session.scalars(select(WatchRun.duty)))
    told = 0
    for row in rows:
        duty = f"review {row.id} {row.next_review_on}"
        if duty in known:
            continue
        async with database.write() as session:
            session.add(WatchRun(duty=duty, done_at=now, found=1))
            facts = {
                "agreement_id": str(row.id),
                "number": row.number,
                "name": row.name,
                "due_on": str(row.next_review_on),
            }
            what = Happening("agreement_review_overdue", About(), facts)
            await announce(session, SYSTEM, now, what)
        told += 1
    return told
