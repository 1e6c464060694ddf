"""What planning does by itself: forgetting the files of plans nobody will replay any more."""

from datetime import datetime, timedelta

from server.breaches.duties import last_night, once_since
from server.kit.database import Database
from server.kit.runner import Duty
from server.planning.keeping import forget_files

FORGET = "old plan files"
LOOKED_AT_EVERY = timedelta(minutes=10)


def forgetting(database: Database, days: int) -> Duty:
    """Forget old files once a night; 0 days keeps them all."""
    return Duty(FORGET, LOOKED_AT_EVERY, lambda now: nightly_forgetting(database, days, now))


async def nightly_forgetting(database: Database, days: int, now: datetime) -> bool:
    """Forget the files of plans older than so many days, once a night; whether it was done now."""

    async def act() -> int:
        return await forget_files(database, days, now)

    return await once_since(database, FORGET, last_night(now), now, act=act)
