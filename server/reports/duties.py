"""What reports tell by themselves: that work outgrows the hours there are for it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from server.breaches.duties import last_night, once_since
from server.breaches.overturning import SYSTEM
from server.kit.database import Database
from server.kit.events import About, Happening, announce
from server.kit.runner import Duty
from server.measures.capacity import capacity
from server.regions.tables import Region

CAPACITY = "capacity"
LOOKED_AT_EVERY = timedelta(minutes=10)


def warning(database: Database) -> Duty:
    """Look once a week, in the night after Sunday."""
    return Duty(CAPACITY, LOOKED_AT_EVERY, lambda now: warn_of_capacity(database, now))


async def warn_of_capacity(database: Database, now: datetime) -> bool:
    """Tell of each region and skill whose load climbs too fast; whether it was looked at now."""
    night = last_night(now)

    async def act() -> int:
        told = 0
        async with database.write() as session:
            for region in await session.scalars(select(Region).order_by(Region.id)):
                today = now.astimezone(ZoneInfo(region.zone)).date()
                found = await capacity(session, region, today - timedelta(days=today.weekday()))
                for each in (one for one in found.skills if one.is_alert):
                    facts = {
                        "region_name": region.name,
                        "skill": each.skill,
                        "load": each.weeks[-1].load,
                        "rise_points": each.rise_points,
                    }
                    what = Happening("capacity_short", About(region_id=region.id), facts)
                    await announce(session, SYSTEM, now, what)
                    told += 1
        return told

    return await once_since(
        database, CAPACITY, night - timedelta(days=night.weekday()), now, act=act
    )
