"""Demand: the calls a region had, counted on its own clock, and the week they foresee."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.problems import NotFound
from server.measures.demand import demand
from server.measures.schemas import DemandOut
from tests.server.interventions.merged import merged
from tests.server.interventions.town import Town

WEEK = timedelta(weeks=1)
TUESDAY, NINE = 1, 9
AUDITOR = Scope(account_id=UUID(int=31), name="Uma", role=Role.AUDITOR)


async def told(town: Town, scope: Scope = AUDITOR) -> DemandOut:
    async with town.read() as session:
        return await demand(session, scope, town.hotel.site.region_id, town.now)


async def calls_of_weeks(town: Town, count: int) -> None:
    """One breakdown every Tuesday at a quarter past nine, and a request that is none."""
    for _ in range(count):
        await town.report("S2")
        await town.report("S4", work_type="request")
        town.passes(WEEK)


async def test_a_call_every_tuesday_at_nine_is_foreseen_for_this_tuesday_at_nine(
    town: Town,
) -> None:
    await calls_of_weeks(town, 7)
    found = await told(town)
    assert (found.weeks, found.calls, found.monday) == (6, 6, date(2026, 7, 20))
    likeliest = max(found.hours, key=lambda each: each.expected)
    assert (likeliest.weekday, likeliest.hour) == (TUESDAY, NINE)
    assert likeliest.expected == pytest.approx(1.0, abs=0.05)
    assert likeliest.at_most >= 1
    assert len(found.hours) == 7 * 24
    assert found.back_test is not None
    assert (found.back_test.weeks, found.back_test.calls) == (2, 2)


async def test_a_trouble_reported_twice_is_one_call(town: Town) -> None:
    await town.report("S2")  # the week of a first call is not whole, and not counted
    town.passes(WEEK)
    kept, double = await town.report("S2"), await town.report("S2")
    await merged(town, double, kept)
    town.passes(6 * WEEK)
    assert (await told(town)).calls == 1


async def test_too_few_weeks_foresee_nothing(town: Town) -> None:
    await calls_of_weeks(town, 3)
    found = await told(town)
    assert (found.hours, found.back_test) == ([], None)


async def test_a_foreign_region_looks_unknown(town: Town) -> None:
    elsewhere = Scope(
        account_id=UUID(int=32), name="Dina", role=Role.DISPATCHER, region_ids=frozenset({uuid4()})
    )
    with pytest.raises(NotFound):
        await told(town, elsewhere)
