"""How available a lift was in the hours agreed for it."""

from datetime import date, timedelta

import pytest

from server.kit.problems import NotFound
from server.measures import queries
from server.measures.schemas import AssetAvailabilityOut
from tests.server.breaches.missed import EVA
from tests.server.interventions.town import HOUR, Town, minutes

DAY = (date(2026, 6, 2), date(2026, 6, 3))
OFFICE_DAY = 9 * HOUR


async def available(town: Town) -> AssetAvailabilityOut:
    async with town.read() as session:
        return await queries.asset_availability(
            session, EVA, town.hotel.lift.id, *DAY, now=town.now
        )


async def test_a_lift_nobody_called_about_was_there_all_day(town: Town) -> None:
    town.passes(timedelta(days=1))
    found = await available(town)
    assert (found.agreed_seconds, found.downtime_seconds, found.percent) == (OFFICE_DAY, 0, "100")


async def test_a_stopped_lift_is_down_until_it_is_back_in_service(town: Town) -> None:
    visit = await town.assign(await town.report("S2"))
    visit = await town.lead(visit, "accept", "start_travel", "arrive", "start_work")
    town.passes(minutes(54))
    await town.lead(visit, "back_in_service")
    town.passes(timedelta(days=1))
    found = await available(town)
    assert (found.downtime_seconds, found.percent) == (54 * 60, "90")


async def test_a_lift_that_only_makes_a_noise_is_not_down(town: Town) -> None:
    await town.report("S3")
    town.passes(timedelta(days=1))
    assert (await available(town)).downtime_seconds == 0


async def test_planned_maintenance_is_agreed_and_takes_nothing_away(town: Town) -> None:
    report = await town.report("S4", work_type="maintenance")
    visit = await town.lead(await town.assign(report), "accept", "start_travel", "arrive")
    town.passes(minutes(30))
    await town.lead(visit, "start_work", "cannot_complete")
    town.passes(timedelta(days=1))
    found = await available(town)
    assert (found.agreed_seconds, found.downtime_seconds) == (OFFICE_DAY - 30 * 60, 0)


async def test_only_what_has_passed_is_counted(town: Town) -> None:
    found = await available(town)
    assert found.agreed_seconds == 75 * 60


async def test_a_lift_elsewhere_looks_unknown(town: Town) -> None:
    scope = type(EVA)(EVA.account_id, "Dora", EVA.role, frozenset({town.mountain.id}))
    async with town.read() as session:
        with pytest.raises(NotFound):
            await queries.asset_availability(session, scope, town.hotel.lift.id, *DAY, now=town.now)
