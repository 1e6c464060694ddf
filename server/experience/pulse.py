"""How a day was for a technician: kept once, without a name.

What it comes to for a region is worked out in `server.measures`.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.experience.pulse_schemas import PulseBody, PulseOut
from server.experience.tables import Pulse, PulseGiven
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.regions.tables import Region
from server.roster.tables import Technician

OPEN_FOR = timedelta(days=7)
SOMEBODY = Actor(None, "technician")


async def give_pulse(session: Session, scope: Scope, data: PulseBody, now: datetime) -> PulseOut:
    """Say how a day of the last week was; said again, also from another phone, the first counts."""
    technician = await session.get(Technician, scope.technician_id, with_for_update=True)
    if technician is None:
        raise NotFound
    region = await session.get_one(Region, technician.region_id)
    today = now.astimezone(ZoneInfo(region.zone)).date()
    if not today - OPEN_FOR < data.day <= today:
        raise Invalid([Fault("day", "out_of_range", "Only the last seven days can be told of.")])
    if await session.get(PulseGiven, (technician.id, data.day)) is not None:
        return PulseOut(day=data.day, is_counted=False)
    session.add(PulseGiven(technician_id=technician.id, day=data.day))
    session.add(Pulse(region_id=region.id, day=data.day, score=data.score, weighs=data.weighs))
    await session.flush()
    # Neither who nor what: only that somebody has.
    await announce(session, SOMEBODY, now, Happening("pulse_given", About(region_id=region.id)))
    return PulseOut(day=data.day, is_counted=True)
