"""What a region's week will bring by the hour, from the calls before, and how sure that is."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from dispatch.measures.demand import HOURS, BackTest, Miss, at_most, back_test, forecast, weeks_of
from server.accounts.scope import Scope
from server.interventions.queries import day_bounds
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.measures.schemas import BackTestOut, DemandOut, ExpectedHourOut, MissOut
from server.regions.tables import Region

MOST_WEEKS = 52
BREAKDOWN = "repair"


async def demand(session: AnySession, scope: Scope, region_id: UUID, now: datetime) -> DemandOut:
    """Breakdowns foreseen for the local week that began on Monday.

    Counted are up to a year of whole weeks since the region's first call; a trouble reported twice
    counts once.
    """
    region = await session.get(Region, region_id) if scope.sees_region(region_id) else None
    if region is None:
        raise NotFound
    today = now.astimezone(ZoneInfo(region.zone)).date()
    monday = today - timedelta(days=today.weekday())
    end, _ = day_bounds(monday, region.zone)
    query = select(Intervention.reported_at).where(
        Intervention.region_id == region_id,
        Intervention.work_type == BREAKDOWN,
        Intervention.merged_into_id.is_(None),
        Intervention.reported_at >= end - timedelta(weeks=MOST_WEEKS),
        Intervention.reported_at < end,
    )
    calls = (await session.scalars(query)).all()
    first = min(calls, default=end).astimezone(ZoneInfo(region.zone)).date()
    weeks = weeks_of(calls, region.zone, monday, (monday - first).days // 7)
    means, tried = forecast(weeks), back_test(weeks)
    return DemandOut(
        region_id=region_id,
        monday=monday,
        weeks=len(weeks),
        calls=sum(map(sum, weeks)),
        hours=[
            ExpectedHourOut(*divmod(at, HOURS), expected=round(mean, 3), at_most=at_most(mean))
            for at, mean in enumerate(means or ())
        ],
        back_test=None if tried is None else _told(tried),
    )


def _told(tried: BackTest) -> BackTestOut:
    return BackTestOut(
        weeks=tried.weeks,
        calls=tried.calls,
        forecast=_shown(tried.forecast),
        usual=_shown(tried.usual),
        is_better=tried.is_better,
    )


def _shown(miss: Miss) -> MissOut:
    by_day = None if miss.by_day is None else round(100 * miss.by_day, 1)
    return MissOut(by_hour=round(miss.by_hour, 3), by_day_percent=by_day)
