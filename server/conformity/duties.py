"""What is looked at by itself, once a night."""

from datetime import datetime, timedelta

from server.breaches.duties import last_night, once_since
from server.conformity.nightly import check_all
from server.conformity.queries import RUN
from server.kit.database import Database
from server.kit.runner import Duty

LOOKED_AT_EVERY = timedelta(minutes=1)


def conforming(database: Database) -> Duty:
    return Duty(RUN, LOOKED_AT_EVERY, lambda now: nightly_conformity(database, now))


async def nightly_conformity(database: Database, now: datetime) -> bool:
    """Hold every agreement against those who are to keep it; whether it was done now."""

    async def act() -> int:
        return await check_all(database, now)

    return await once_since(database, RUN, last_night(now), now, act=act)
