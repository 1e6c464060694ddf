"""A past instant of the board: exactly what it showed then, from what was told since."""

from datetime import datetime

import pytest

from server.interventions import board, replay, replay_steps
from server.interventions.board_schemas import BoardOut, BoardVisitOut
from server.interventions.schemas import InterventionOut
from server.kit.problems import Invalid
from server.roster import actions as roster
from server.roster.absences import record_absence, remove_absence
from server.roster.schemas import AbsenceBody, ShiftBody, ShiftChangeBody
from tests.server.interventions.town import Town, minutes

Shown = tuple[list[object], list[object]]


def _bar(bar: BoardVisitOut) -> object:
    visit, clock = bar.visit, bar.clock
    return (
        visit.id,
        visit.technician_id,
        visit.status,
        visit.starts_at,
        visit.ends_at,
        visit.travel_seconds,
        visit.late_by_seconds,
        visit.is_technician_locked,
        visit.announced_at is None,
        visit.accepted_at,
        visit.en_route_at,
        visit.arrived_at,
        visit.finished_at,
        bar.number,
        bar.severity,
        clock and (clock.kind, clock.state, clock.due_at, clock.stopped_at),
    )


def _waiting(one: InterventionOut) -> object:
    clocks = [(each.kind, each.state, each.due_at, each.stopped_at) for each in one.clocks]
    return one.id, one.status, one.severity, one.waiting_reason, clocks


def _shown(seen: BoardOut) -> Shown:
    """What a dispatcher sees of it: every bar in its row, the queue in its order."""
    bars = [(row.id, _bar(bar)) for row in seen.technicians for bar in row.visits]
    return list(bars), [_waiting(one) for one in seen.queue]


async def _now(town: Town) -> Shown:
    async with town.read() as session:
        return _shown(
            await board.board(
                session, town.office, region_id=town.valley.id, day=None, now=town.now
            )
        )


async def _then(town: Town, at: datetime) -> BoardOut:
    async with town.read() as session:
        return await replay.board_at(session, town.office, replay.Then(town.valley.id, None, 1, at))


async def test_every_instant_of_a_day_is_shown_again_as_it_was_shown_then(town: Town) -> None:
    recorded: dict[datetime, Shown] = {}

    async def looks() -> None:
        town.passes(minutes(3))
        recorded[town.now] = await _now(town)
        town.passes(minutes(4))

    first = await town.report("S2")
    await looks()
    second = await town.assign(await town.report("S3"), after=minutes(150))
    await looks()
    sent = await town.assign(first)
    await looks()
    await town.lead(sent, "accept", "start_travel")
    await looks()
    await town.move(second, after=minutes(180))
    await looks()
    await town.lead(sent, "arrive", "start_work")
    await looks()
    await town.decide(await town.report("S4"), "hold", "awaiting_parts")
    await looks()
    await town.lead(second, "decline")
    await looks()
    third = await town.report("S1")
    await town.decide(third, "cancel", "mistake")
    await town.lead(sent, "complete")
    await looks()
    town.passes(minutes(600))
    for at, shown in recorded.items():
        assert _shown(await _then(town, at)) == shown


async def test_nothing_can_be_done_about_what_was(town: Town) -> None:
    await town.visit()
    await town.report("S3")
    town.passes(minutes(5))
    seen = await _then(town, town.now)
    assert [len(row.visits) for row in seen.technicians] == [1, 0]
    assert [one.allowed for one in seen.queue] == [[]]
    with pytest.raises(Invalid):
        replay.past(town.now + minutes(1), town.now)


async def test_a_day_is_told_step_by_step_until_now(town: Town) -> None:
    visit = await town.visit()
    town.passes(minutes(5))
    await town.lead(visit, "accept")
    town.passes(minutes(5))
    async with town.read() as session:
        told = await replay_steps.steps(
            session, town.office, region_id=town.valley.id, day=None, now=town.now
        )
    kinds = [each.kind for each in told.steps]
    assert kinds == ["intervention_reported", "visit_dispatched", "visit_accepted"]
    assert [each.visit_id for each in told.steps][-1] == visit.id
    assert told.steps[0].at < told.steps[-1].at < town.now


async def test_an_absence_is_shown_while_it_was_known(
    town: Town,
) -> None:
    before = town.now
    town.passes(minutes(5))
    sick = AbsenceBody(
        technician_id=town.aina.id, kind="sick", starts_at=before, ends_at=before + minutes(300)
    )
    async with town.write() as session:
        written = await record_absence(session, town.office, sick, town.now)
    away = town.now
    assert await _absences(town, before) == []
    assert await _absences(town, away) == ["sick"]
    town.passes(minutes(5))
    async with town.write() as session:
        expected = written.version
        await remove_absence(session, town.office, written.id, expected=expected, now=town.now)
    # What was taken back since is shown where it stood; why is not told any more.
    assert await _absences(town, away) == [None]
    assert await _absences(town, town.now) == []


async def test_shifts_are_shown_as_the_roster_had_them(town: Town) -> None:
    empty, office = town.now, town.office
    starts, ends = town.now, town.now + minutes(240)
    town.passes(minutes(5))
    async with town.write() as session:
        body = ShiftBody(
            technician_id=town.aina.id,
            kind="shift",
            starts_at=starts,
            ends_at=ends,
            overtime_max_seconds=0,
        )
        shift = await roster.create_shift(session, office, body, town.now)
    early = town.now
    town.passes(minutes(5))
    later = ShiftChangeBody(ends_at=ends + minutes(60))
    async with town.write() as session:
        changed = await roster.change_shift(
            session, office, shift.id, later, expected=shift.version, now=town.now
        )
    late = town.now
    town.passes(minutes(5))
    async with town.write() as session:
        await roster.delete_shift(session, office, shift.id, expected=changed.version, now=town.now)
    assert await _ends(town, empty) == []
    assert await _ends(town, early) == [ends]
    assert await _ends(town, late) == [ends + minutes(60)]
    assert await _ends(town, town.now) == []


async def _ends(town: Town, at: datetime) -> list[datetime]:
    (row,) = [row for row in (await _then(town, at)).technicians if row.id == town.aina.id]
    return [each.ends_at for each in row.shifts]


async def _absences(town: Town, at: datetime) -> list[str | None]:
    (row,) = [row for row in (await _then(town, at)).technicians if row.id == town.aina.id]
    return [each.kind for each in row.absences]
