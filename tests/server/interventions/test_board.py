"""One region's day as the dispatcher sees it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event

from server.interventions import board, queries
from server.interventions.board_schemas import BoardOut
from server.interventions.queries import WantedInterventions, WantedVisits
from server.kit.problems import NotFound
from server.roster import actions as roster
from server.roster.schemas import ShiftBody
from tests.server.interventions.town import FOUNDER, TUESDAY, Town, minutes


async def _board(town: Town, *, region_id: UUID | None = None, day: date | None = None) -> BoardOut:
    async with town.read() as session:
        return await board.board(
            session, town.office, region_id=region_id or town.valley.id, day=day, now=town.now
        )


async def test_the_queue_shows_first_whose_promise_breaks_first(town: Town) -> None:
    wish = await town.report("S4", work_type="request")
    degraded = await town.report("S3")
    stopped = await town.report("S2")
    trapped = await town.report("S1")
    uncovered = await town.report("S1", town.rivals_house)
    queue = [each.number for each in (await _board(town)).queue]
    expected = [trapped, stopped, degraded, uncovered, wish]
    assert queue == [each.number for each in expected]


async def test_only_what_still_needs_somebody_waits_in_the_queue(town: Town) -> None:
    waiting = await town.report()
    draft = await town.report("S3", source="portal")
    await town.visit()
    await town.decide(await town.report(), "hold", "awaiting_parts")
    await town.decide(await town.report(), "close")
    await town.report(building=town.chalet)
    await town.report("S4", work_type="maintenance", window_from=TUESDAY + timedelta(days=1))
    assert [each.id for each in (await _board(town)).queue] == [waiting.id, draft.id]


async def test_a_declined_visit_brings_its_intervention_back_and_its_bar_goes(town: Town) -> None:
    visit = await town.visit()
    before = await _board(town)
    await town.lead(visit, "decline")
    after = await _board(town)
    assert [bar.visit.id for bar in before.technicians[0].visits] == [visit.id]
    assert (after.technicians[0].visits, len(after.queue)) == ([], 1)


async def test_a_technician_is_where_they_last_arrived_else_at_home(town: Town) -> None:
    at_home = (await _board(town)).technicians[0].position
    await town.lead(await town.visit(), "accept", "arrive")
    on_site = (await _board(town)).technicians[0].position
    assert (at_home.lat, on_site.lat) == (42.5, 42.55)


async def test_the_day_is_the_regions_own_with_its_shifts_and_the_promise_that_presses(
    town: Town,
) -> None:
    async with town.write() as session:
        body = ShiftBody(
            technician_id=town.aina.id,
            starts_at=TUESDAY - minutes(75),
            ends_at=TUESDAY + timedelta(hours=7),
        )
        await roster.create_shift(session, FOUNDER, body, TUESDAY)
    await town.lead(await town.visit("S2"), "accept", "arrive")
    seen = await _board(town)
    aina, bruno = seen.technicians
    assert (seen.day, seen.zone, seen.day_starts_at) == (
        date(2026, 6, 2),
        "Europe/Paris",
        datetime(2026, 6, 1, 22, tzinfo=UTC),
    )
    assert (len(aina.shifts), aina.name, bruno.shifts) == (1, "Aina Ribera", [])
    assert [bar.clock and bar.clock.kind for bar in aina.visits] == ["resolution"]


async def test_another_day_has_other_bars(town: Town) -> None:
    await town.visit()
    tomorrow = await _board(town, day=date(2026, 6, 3))
    assert tomorrow.technicians[0].visits == []


async def test_what_nobody_ended_yesterday_is_on_the_board_today(town: Town) -> None:
    forgotten = await town.visit()
    await town.lead(
        await town.assign(await town.report(), after=minutes(120)),
        "accept",
        "arrive",
        "start_work",
        "complete",
    )
    town.passes(timedelta(days=1))
    today = await _board(town)
    assert [bar.visit.id for bar in today.technicians[0].visits] == [forgotten.id]


async def test_the_day_the_clocks_change_has_its_own_length(town: Town) -> None:
    spring = await _board(town, day=date(2026, 3, 29))
    assert spring.day_ends_at - spring.day_starts_at == timedelta(hours=23)


async def test_a_foreign_region_has_no_board(town: Town) -> None:
    with pytest.raises(NotFound):
        await _board(town, region_id=UUID(int=9))


async def test_the_cursor_is_the_last_thing_the_board_knows(town: Town) -> None:
    before = await _board(town)
    await town.report()
    after = await _board(town)
    assert after.cursor == before.cursor + 1


async def test_a_fuller_day_takes_no_more_statements(town: Town) -> None:
    async def statements() -> int:
        seen: list[str] = []

        def note(*given: object) -> None:
            seen.append(str(given[2]))

        engine = town.database._readers.sync_engine
        event.listen(engine, "before_cursor_execute", note)
        await _board(town)
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    await town.visit()
    await town.report()
    few = await statements()
    for _ in range(5):
        town.passes(timedelta(hours=1))
        await town.visit()
        await town.report()
    assert await statements() == few <= 29


async def test_interventions_are_found_by_number_words_and_place(town: Town) -> None:
    at_hotel = await town.report(summary="Porte bloquée")
    at_chalet = await town.report("S3", town.chalet)

    async def found(**wanted: str) -> list[UUID]:
        async with town.read() as session:
            page = await queries.interventions(
                session,
                town.office,
                WantedInterventions(**wanted),  # type: ignore[arg-type]
                now=town.now,
                limit=None,
                cursor=None,
            )
        return [each.id for each in page.items]

    assert await found() == [at_chalet.id, at_hotel.id]
    assert await found(words="chalet meritxell") == [at_chalet.id]
    assert await found(words="000001") == [at_hotel.id]
    assert await found(words="porte") == [at_hotel.id]
    assert await found(words="%") == []
    assert await found(severity="S3", status="qualified") == [at_chalet.id]


async def test_a_list_goes_on_where_its_last_page_ended(town: Town) -> None:
    numbers = [(await town.report()).number for _ in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        async with town.read() as session:
            page = await queries.interventions(
                session, town.office, WantedInterventions(), now=town.now, limit=2, cursor=cursor
            )
        seen += [each.number for each in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen == numbers[::-1]


async def test_visits_are_listed_by_local_day_and_only_ones_own(town: Town) -> None:
    town.now = datetime(2026, 6, 2, 21, 45, tzinfo=UTC)
    after_midnight = await town.visit()  # starts 00:15 on the third in Paris
    async with town.read() as session:
        for scope, day, count in (
            (town.office, date(2026, 6, 3), 1),
            (town.office, date(2026, 6, 2), 0),
            (town.of(town.aina), date(2026, 6, 3), 1),
            (town.of(town.bruno), None, 0),
        ):
            wanted = WantedVisits(day=day)
            page = await queries.visits(
                session, scope, wanted, now=town.now, limit=None, cursor=None
            )
            assert len(page.items) == count, (scope.name, day)
        with pytest.raises(NotFound):
            await queries.visit(session, town.of(town.bruno), after_midnight.id, town.now)
