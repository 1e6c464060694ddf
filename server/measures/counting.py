"""Counting over days: little at once, much in a process of its own."""

from datetime import UTC, date, datetime, time

from sqlalchemy import func, select

from server.interventions.tables import Intervention
from server.kit.apart import P, Reading, T
from server.kit.database import AnySession
from server.kit.work import Work

MANY = 1000  # counted in the server, so many would hold up everybody else for half a second


async def counted(
    work: Work,
    from_day: date,
    to_day: date,
    reading: Reading[P, T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """What `reading` finds in what was reported from `from_day` until before `to_day`."""
    async with work.read() as session:
        if await _reported(session, from_day, to_day) < MANY:
            return await reading(session, *args, **kwargs)
    return await work.apart.read(reading, *args, **kwargs)


async def _reported(session: AnySession, from_day: date, to_day: date) -> int:
    """How many interventions, of all regions, near enough to tell few from many."""
    query = select(func.count(Intervention.id)).where(
        Intervention.reported_at >= datetime.combine(from_day, time(), UTC),
        Intervention.reported_at < datetime.combine(to_day, time(), UTC),
    )
    return await session.scalar(query) or 0
