"""Each region's brief, made by itself when its day begins, kept, and told to its people."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import delete, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import AnySession, Database
from server.kit.events import About, Happening, announce
from server.kit.runner import Duty
from server.kit.turns import turn
from server.planning.brief import brief, brief_of
from server.planning.brief_schemas import BriefOut
from server.planning.brief_tables import MorningBrief
from server.planning.snapshot import local_day
from server.regions.queries import region_row
from server.regions.tables import Region

MORNINGS = "morning briefs"
LOOKED_AT_EVERY = timedelta(minutes=1)
BEGINS_AT_HOUR = 7
KEPT_FOR = timedelta(days=400)  # what people said in it is not kept for good
SYSTEM = Scope(UUID(int=0), "Palier", Role.ADMIN)


def briefing(database: Database) -> Duty:
    """Look every minute where a day has begun."""
    return Duty(MORNINGS, LOOKED_AT_EVERY, lambda now: make_briefs(database, now))


async def make_briefs(database: Database, now: datetime) -> int:
    """Make what is due: for each region once a local day, from seven in the morning on."""
    async with turn(database, MORNINGS) as is_ours:
        if not is_ours:
            return 0
        async with database.read() as session:
            due = await _due(session, now)
        for region_id, day in due:
            await _make(database, region_id, day, now)
        return len(due)


async def _due(session: AnySession, now: datetime) -> list[tuple[UUID, date]]:
    """Regions whose day has begun and who have no brief of it yet."""
    found = []
    kept = select(MorningBrief.region_id, MorningBrief.day).where(
        MorningBrief.day >= (now - timedelta(days=2)).date()
    )
    made = {(region_id, day) for region_id, day in (await session.execute(kept)).all()}
    for region in await session.scalars(select(Region).order_by(Region.id)):
        local = now.astimezone(ZoneInfo(region.zone))
        if local.hour >= BEGINS_AT_HOUR and (region.id, local.date()) not in made:
            found.append((region.id, local.date()))
    return found


async def _make(database: Database, region_id: UUID, day: date, now: datetime) -> None:
    async with database.write() as session:
        region = await session.get_one(Region, region_id)
        made = await brief_of(session, SYSTEM, region, day, now)
        session.add(
            MorningBrief(
                region_id=region_id, day=day, made_at=now, content=msgspec.to_builtins(made)
            )
        )
        await session.execute(delete(MorningBrief).where(MorningBrief.made_at < now - KEPT_FOR))
        facts = {
            "region_name": region.name,
            "day": day.isoformat(),
            "watermelons": len(made.watermelons),
            "irritations": len(made.irritations),
            "low_scores": len(made.low_scores),
            "at_risk": len({each.site_name for each in made.at_risk}),
        }
        what = Happening("brief_made", About(region_id=region_id), facts)
        await announce(session, SYSTEM.actor, now, what)


async def read_brief(
    session: AnySession,
    scope: Scope,
    which: tuple[UUID, date | None],
    now: datetime,
    *,
    fresh: bool = False,
) -> BriefOut:
    """The kept brief of a region and a day, today unless told; as of now where none was made."""
    region = await region_row(session, scope, which[0])
    day = which[1] or local_day(region, now)
    kept = None if fresh else await kept_brief(session, region.id, day)
    return kept or await brief(session, scope, region.id, day, now)


async def kept_brief(session: AnySession, region_id: UUID, day: date) -> BriefOut | None:
    """The brief as it was made that morning."""
    query = select(MorningBrief).where(MorningBrief.region_id == region_id, MorningBrief.day == day)
    row = await session.scalar(query)
    if row is None:
        return None
    found = msgspec.convert(row.content, BriefOut)
    found.made_at = row.made_at
    return found
