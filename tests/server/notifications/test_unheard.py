"""A customer's report nobody looked at: raised once, after its minutes of service hours."""

from datetime import UTC, datetime

from server.interventions import portal_actions
from server.interventions.portal_schemas import PortalReportBody
from server.notifications.unheard import UNHEARD, raise_unheard
from server.regions.tables import Region
from tests.server.interventions.town import Town, minutes


async def reported(town: Town, kind: str = "degraded") -> None:
    body = PortalReportBody(asset_id=town.hotel.lift.id, kind=kind)  # type: ignore[arg-type]
    async with town.write() as session:
        await portal_actions.portal_report(session, town.manager(), body, town.now)


async def raised(town: Town, *, after: int) -> int:
    town.passes(minutes(after))
    return await raise_unheard(town.database, town.now)


async def test_a_report_nobody_looks_at_is_raised_once_in_service_hours(town: Town) -> None:
    await reported(town)
    assert await raised(town, after=29) == 0
    assert await raised(town, after=1) == 1
    assert await raised(town, after=60) == 0
    assert (await town.kinds()).count(UNHEARD) == 1


async def test_the_night_does_not_count(town: Town) -> None:
    town.now = datetime(2026, 6, 2, 22, tzinfo=UTC)
    await reported(town)
    assert await raised(town, after=6 * 60) == 0
    assert await raised(town, after=6 * 60) == 1


async def test_a_region_may_wait_for_ever_and_a_colleague_s_call_is_not_a_customer_s(
    town: Town,
) -> None:
    await town.report("S3")
    async with town.write() as session:
        region = await session.get_one(Region, town.valley.id)
        region.unanswered_minutes = 0
    await reported(town)
    assert await raised(town, after=600) == 0
