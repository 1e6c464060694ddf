"""Duties done once in a while; when each was last done is stored, so a restart forgets none.

What runs at which interval is put together in `server.app`.
"""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from server.breaches.tables import Incident, WatchRun
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention
from server.kit.database import AnySession, Database
from server.kit.turns import turn

RECOMPUTE = "recompute"
NIGHT_HOUR = 3  # UTC: few calls, and local midnight has passed everywhere we serve
ONE_DAY = timedelta(days=1)


def last_night(now: datetime) -> datetime:
    """When the night's work was last to be begun.

    >>> last_night(datetime(2026, 6, 2, 2, tzinfo=UTC)).isoformat()
    '2026-06-01T03:00:00+00:00'
    """
    utc = now.astimezone(UTC)
    tonight = utc.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight <= utc else tonight - ONE_DAY


async def once_since(
    database: Database,
    duty: str,
    due_at: datetime,
    now: datetime,
    *,
    act: Callable[[], Awaitable[int]],
) -> bool:
    """Do a duty unless it was done since it fell due, or another process is at it."""
    if await _is_done(database, duty, due_at):
        return False
    async with turn(database, duty) as is_ours:
        # Whoever had the turn before us may just have finished.
        if not is_ours or await _is_done(database, duty, due_at):
            return False
        found = await act()
        async with database.write() as session:
            await session.merge(WatchRun(duty=duty, done_at=now, found=found))
    return True


async def _is_done(database: Database, duty: str, due_at: datetime) -> bool:
    async with database.read() as session:
        row = await session.get(WatchRun, duty)
    return row is not None and row.done_at >= due_at


async def clocks_standing(session: AnySession) -> dict[str, object]:
    """When clocks were last computed anew, how many interventions are open, what differed."""
    row = await session.get(WatchRun, RECOMPUTE)
    is_open = Intervention.status.not_in(ENDED)
    is_unresolved = Incident.resolved_at.is_(None)
    return {
        "last_recomputed_at": None if row is None else row.done_at.isoformat(),
        "interventions": await session.scalar(select(func.count(Intervention.id)).where(is_open)),
        "differences": await session.scalar(select(func.count(Incident.id)).where(is_unresolved)),
    }
