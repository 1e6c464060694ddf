"""What is done about improvements by itself, once a night."""

from datetime import datetime, timedelta

from server.breaches.duties import last_night, once_since
from server.improvements.effects import measure_effects
from server.improvements.ratchets import propose_ratchets
from server.improvements.rules import open_by_rule
from server.kit.database import Database
from server.kit.runner import Duty

IMPROVEMENTS, RATCHETS = "improvements", "ratchets"
LOOKED_AT_EVERY = timedelta(minutes=1)


def improving(database: Database) -> Duty:
    return Duty(IMPROVEMENTS, LOOKED_AT_EVERY, lambda now: nightly_improvements(database, now))


async def nightly_improvements(database: Database, now: datetime) -> bool:
    """Open what the rules ask for, measure what is due; whether it was done now.

    Whole months are looked at in the first night after them.
    """
    month_began = last_night(now).replace(day=1)

    async def look_at_months() -> int:
        return await propose_ratchets(database, now)

    await once_since(database, RATCHETS, month_began, now, act=look_at_months)

    async def act() -> int:
        return await open_by_rule(database, now) + await measure_effects(database, now)

    return await once_since(database, IMPROVEMENTS, last_night(now), now, act=act)
