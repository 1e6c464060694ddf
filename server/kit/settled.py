"""Reading the event log so that nobody's "after" ever skips an event.

On PostgreSQL a number can be drawn before an earlier one is committed; only events older than
every running transaction are settled.
"""

from typing import Any

from sqlalchemy import Select, func, select, text

from server.kit.database import AnySession
from server.kit.tables import Event

SETTLED = "event.xid < pg_snapshot_xmin(pg_current_snapshot())"


def settled(session: AnySession, query: Select[Any]) -> Select[Any]:
    """The same query of events, without those a running transaction may still precede."""
    if session.get_bind().dialect.name == "sqlite":
        return query
    return query.where(text(SETTLED))


async def newest_settled(session: AnySession) -> int:
    """The number of the last settled event, 0 before the first."""
    return int(await session.scalar(settled(session, select(func.max(Event.seq)))) or 0)
