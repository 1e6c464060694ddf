"""What the server forgets by itself: positions nobody may keep any longer."""

from datetime import datetime, timedelta

from server.kit.database import Database
from server.kit.runner import Duty
from server.presence.location import Keeping, forget

# As often as a position may be too old: nothing waits for the night.
EVERY = timedelta(minutes=15)


def forgetting_positions(database: Database, keeping: Keeping) -> Duty:
    """Delete positions past their days, again and again."""
    return Duty("old positions", EVERY, lambda now: forget_positions(database, keeping, now))


async def forget_positions(database: Database, keeping: Keeping, now: datetime) -> int:
    """Delete positions past their days; how many they were."""
    async with database.write() as session:
        return await forget(session, keeping, now)
