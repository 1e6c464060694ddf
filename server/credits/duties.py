"""The recurring duties of a server, each with how often it looks whether there is something to do.

They are run by `server.kit.runner`; this is the highest domain that has one.
"""

from datetime import UTC, datetime, timedelta

from server.breaches.duties import RECOMPUTE, last_night, once_since
from server.breaches.overturning import SYSTEM
from server.breaches.owners import tell_owners_gone
from server.breaches.recompute import recompute
from server.breaches.reviews import tell_overdue_reviews
from server.breaches.watch import watch
from server.credits.months import month_at
from server.credits.problems import MonthNotOver
from server.credits.proposing import propose
from server.interventions.arrival_records import forget_arrivals
from server.kit.database import Database
from server.kit.runner import Duty

CREDITS, REVIEWS, ARRIVALS = "nightly credits", "reviews", "old arrivals"
LOOKED_AT_EVERY = timedelta(minutes=1)
REVIEWS_EVERY = timedelta(hours=1)


def recurring(database: Database, watch_seconds: int) -> list[Duty]:
    """What this process does by itself; nothing where the watch is switched off."""
    if not watch_seconds:
        return []
    return [
        Duty("watch", timedelta(seconds=watch_seconds), lambda now: watch(database, now)),
        Duty(RECOMPUTE, LOOKED_AT_EVERY, lambda now: nightly_recomputation(database, now)),
        Duty(CREDITS, LOOKED_AT_EVERY, lambda now: nightly_credits(database, now)),
        Duty(REVIEWS, LOOKED_AT_EVERY, lambda now: hourly_reviews(database, now)),
        Duty(ARRIVALS, LOOKED_AT_EVERY, lambda now: nightly_forgetting(database, now)),
    ]


async def nightly_recomputation(database: Database, now: datetime) -> bool:
    """Compare every open clock with its events, once a night; whether it was done now."""

    async def act() -> int:
        return (await recompute(database, now)).differences

    return await once_since(database, RECOMPUTE, last_night(now), now, act=act)


async def nightly_credits(database: Database, now: datetime) -> bool:
    """Propose what the month before owes, once a night; whether it was done now."""

    async def act() -> int:
        try:
            async with database.write() as session:
                return len(await propose(session, SYSTEM, month_at(now, "UTC").before, now))
        except MonthNotOver:
            # West of Greenwich the month ends some hours later: the next night is soon enough.
            return 0

    return await once_since(database, CREDITS, last_night(now), now, act=act)


async def hourly_reviews(database: Database, now: datetime) -> bool:
    """Tell of overdue reviews and of owners who left; whether it was looked at now."""
    since = now.astimezone(UTC) - REVIEWS_EVERY

    async def act() -> int:
        reviews = await tell_overdue_reviews(database, now)
        return reviews + await tell_owners_gone(database, now)

    return await once_since(database, REVIEWS, since, now, act=act)


async def nightly_forgetting(database: Database, now: datetime) -> bool:
    """Forget where people arrived long ago, once a night; whether it was done now."""

    async def act() -> int:
        return await forget_arrivals(database, now)

    return await once_since(database, ARRIVALS, last_night(now), now, act=act)
