"""The brief of a morning: made by itself once a region and day, kept, and told to its people."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from server.accounts.schemas import Role
from server.kit.tables import Event
from server.notifications.codes import codes_of
from server.planning.brief import brief
from server.planning.brief_schemas import BriefOut
from server.planning.mornings import make_briefs, read_brief
from tests.server.breaches.missed import look
from tests.server.interventions.town import Town, minutes
from tests.server.planning.test_brief import said

SEVEN = datetime(2026, 6, 3, 5, tzinfo=UTC)
"""Wednesday 3 June 2026, seven in the morning in Paris."""


async def read(town: Town, day: date | None = None, *, fresh: bool = False) -> BriefOut:
    async with town.read() as session:
        return await read_brief(session, town.office, (town.valley.id, day), town.now, fresh=fresh)


async def told(town: Town) -> list[Event]:
    async with town.read() as session:
        query = select(Event).where(Event.kind == "brief_made").order_by(Event.seq)
        return list(await session.scalars(query))


async def test_it_is_made_at_seven_of_the_region_and_once_a_day(town: Town) -> None:
    assert await make_briefs(town.database, SEVEN - timedelta(minutes=1)) == 0
    assert await make_briefs(town.database, SEVEN) == 2
    assert await make_briefs(town.database, SEVEN + timedelta(hours=5)) == 0
    town.now = SEVEN + timedelta(hours=5)
    assert (await read(town)).made_at == SEVEN
    assert await make_briefs(town.database, SEVEN + timedelta(days=1)) == 2


async def test_a_server_that_was_down_at_seven_makes_it_when_it_is_back(town: Town) -> None:
    late = SEVEN + timedelta(hours=3)
    assert await make_briefs(town.database, late) == 2
    town.now = late
    assert (await read(town)).made_at == late


async def test_it_says_what_the_queries_say_at_that_minute(town: Town) -> None:
    await said(town, csat=2)
    await said(town, csat=5, is_irritated=True)
    await town.report("S1")
    await look(town, after=minutes(180))
    town.now = SEVEN
    await town.report("S2")
    async with town.read() as session:
        asked = await brief(session, town.office, town.valley.id, None, SEVEN)
    await make_briefs(town.database, SEVEN)
    kept = await read(town)
    assert kept.made_at == SEVEN
    kept.made_at = None
    assert kept == asked
    assert [len(part) for part in (kept.watermelons, kept.irritations, kept.low_scores)] == [
        2,
        1,
        1,
    ]
    assert {each.clock for each in kept.at_risk} == {"response", "resolution"}


async def test_the_kept_one_stays_while_the_day_goes_on(town: Town) -> None:
    await make_briefs(town.database, SEVEN)
    town.now = SEVEN + timedelta(hours=1)
    await town.report("S2")
    assert (await read(town)).at_risk == []
    now = await read(town, fresh=True)
    assert (now.made_at, len(now.at_risk)) == (None, 2)


async def test_a_day_nobody_made_one_for_is_worked_out(town: Town) -> None:
    assert (await read(town, date(2026, 5, 4))).made_at is None


async def test_a_low_score_is_told_though_a_promise_was_missed(town: Town) -> None:
    visit = await town.visit("S2")
    town.passes(minutes(180))
    await said(town, csat=1, of=visit)
    town.now = SEVEN
    found = await read(town)
    assert (found.watermelons, [each.csat for each in found.low_scores]) == ([], [1])


async def test_the_people_of_the_region_are_told_that_it_is_there(town: Town) -> None:
    await said(town, csat=1)
    await make_briefs(town.database, SEVEN)
    by_region = {event.region_id: event.data for event in await told(town)}
    assert set(by_region) == {town.valley.id, town.mountain.id}
    assert by_region[town.valley.id]["watermelons"] == 1
    assert by_region[town.valley.id]["day"] == "2026-06-03"
    assert codes_of(Role.DISPATCHER)["brief_made"] == codes_of(Role.EXPERIENCE)["brief_made"]
    for outside in (Role.MANAGER, Role.TECHNICIAN):
        assert "brief_made" not in codes_of(outside)
