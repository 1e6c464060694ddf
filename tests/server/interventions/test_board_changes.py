"""What is told of a board to somebody who knows how it stood."""

from datetime import date

from server.interventions import board, board_changes
from server.interventions.board_changes import Since
from server.interventions.board_schemas import BoardChangesOut
from server.roster import actions as roster
from server.roster.schemas import ShiftBody
from tests.server.interventions.town import FOUNDER, TUESDAY, Town, minutes


async def _read(town: Town, days: board.Days = 1) -> Since:
    async with town.read() as session:
        found = await board.board(
            session, town.office, region_id=town.valley.id, day=None, days=days, now=town.now
        )
    return Since(found.region_id, found.day, days, found.cursor)


async def _since(town: Town, since: Since) -> BoardChangesOut:
    async with town.read() as session:
        return await board_changes.changes(session, town.office, since, now=town.now)


async def test_where_nothing_happened_nothing_is_told(town: Town) -> None:
    await town.visit()
    told = await _since(town, await _read(town))
    assert (told.is_whole, told.interventions, told.technicians, told.queue) == (False, [], [], [])


async def test_a_call_stands_in_the_queue_until_somebody_is_sent(town: Town) -> None:
    before = await _read(town)
    call = await town.report()
    waiting = await _since(town, before)
    assert [each.id for each in waiting.queue] == [call.id]
    await town.assign(call)
    sent = await _since(town, before)
    assert (sent.interventions, sent.queue) == ([call.id], [])


async def test_a_sent_technicians_row_is_told_whole_and_nobody_elses(town: Town) -> None:
    before = await _read(town)
    visit = await town.visit()
    told = await _since(town, before)
    assert told.interventions == [visit.intervention_id]
    assert [[bar.visit.id for bar in row.visits] for row in told.technicians] == [[visit.id]]
    assert (told.queue, told.cursor > before.cursor) == ([], True)


async def test_a_declined_visit_is_gone_from_its_row_and_back_in_the_queue(town: Town) -> None:
    visit = await town.visit()
    before = await _read(town)
    await town.lead(visit, "decline")
    told = await _since(town, before)
    assert [row.visits for row in told.technicians] == [[]]
    assert [each.id for each in told.queue] == [visit.intervention_id]


async def test_a_new_shift_brings_its_row_and_nothing_else(town: Town) -> None:
    before = await _read(town)
    async with town.write() as session:
        body = ShiftBody(
            technician_id=town.aina.id, starts_at=TUESDAY, ends_at=TUESDAY + minutes(60)
        )
        await roster.create_shift(session, FOUNDER, body, TUESDAY)
    told = await _since(town, before)
    assert [(row.name, len(row.shifts)) for row in told.technicians] == [(town.aina.name, 1)]
    assert (told.interventions, told.is_whole) == ([], False)


async def test_several_days_follow_one_another_in_the_regions_zone(town: Town) -> None:
    async with town.read() as session:
        found = await board.board(
            session, town.office, region_id=town.valley.id, day=None, days=3, now=town.now
        )
    assert [each.day for each in found.days] == [date(2026, 6, day) for day in (2, 3, 4)]
    assert found.days[0].ends_at == found.days[1].starts_at
    assert (found.day_starts_at, found.day_ends_at) == (
        found.days[0].starts_at,
        found.days[-1].ends_at,
    )
