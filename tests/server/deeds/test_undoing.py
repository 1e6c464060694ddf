"""Undo and redo: a day comes back as it was, row by row, and nothing of what others did is lost."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from server.accounts.scope import Scope
from server.deeds import actions, queries
from server.deeds.placement import Placement, placements
from server.deeds.problems import AlreadyUndone
from server.deeds.recording import record
from server.deeds.schemas import DeedOut, DeedResultOut
from server.interventions.booking import VisitChange, lock_visits, move_visits, return_to_queue
from server.interventions.schemas import InterventionOut, VisitOut
from tests.server.interventions.town import minutes
from tests.server.planning.office import Office

Standing = dict[UUID, Placement | None]


async def _deeds(office: Office) -> list[DeedOut]:
    async with office.town.read() as session:
        found = await queries.deeds(
            session, office.town.office, region_id=office.town.valley.id, now=office.now
        )
    return found.deeds


async def _undo(office: Office, deed: DeedOut, by: Scope | None = None) -> DeedResultOut:
    async with office.town.write() as session:
        return await actions.undo(session, by or office.town.office, deed.id, office.now)


async def _standing(office: Office, *work: InterventionOut) -> Standing:
    async with office.town.read() as session:
        return await placements(session, [each.id for each in work])


def _places(standing: Standing) -> list[object]:
    return [None if each is None else each.place for each in standing.values()]


async def _sent(office: Office, code: str, place: float) -> InterventionOut:
    call = await office.call(code, place, duration_seconds=1200)
    await office.send(call, await office.card(call, office.town.aina))
    return call


async def _move(office: Office, *moves: tuple[UUID, UUID, timedelta]) -> None:
    """A deed: these interventions to these technicians, so long after now."""
    async with office.town.write() as session:
        before = await placements(session, [each for each, _, _ in moves])
        changes = []
        for each, technician, after in moves:
            stands = before[each]
            assert stands is not None
            starts = office.now + after
            lasts = stands.ends_at - stands.starts_at
            changes.append(
                VisitChange(stands.visit_id, technician, starts, starts + lasts, travel_seconds=600)
            )
        await move_visits(session, office.town.office, changes, now=office.now, overrules=True)
        await record(session, office.town.office, "place", before, now=office.now)


async def _swapped(office: Office) -> tuple[InterventionOut, InterventionOut, Standing]:
    """Two visits of Aina's have changed places, as one deed."""
    first, second = await _sent(office, "FIRST", 1), await _sent(office, "SECOND", 2)
    before = await _standing(office, first, second)
    at = {each: stands.starts_at - office.now for each, stands in before.items() if stands}
    aina = office.town.aina.id
    await _move(office, (first.id, aina, at[second.id]), (second.id, aina, at[first.id]))
    return first, second, before


async def test_sending_somebody_is_undone_and_done_again(office: Office) -> None:
    call = await _sent(office, "LIFT", 1)
    sent = await _standing(office, call)
    (deed,) = await _deeds(office)
    assert (deed.kind, deed.row_count, deed.technician_name) == ("assign", 1, office.town.aina.name)
    undone = await _undo(office, deed)
    assert [row.outcome for row in undone.rows] == ["done"]
    assert await _standing(office, call) == {call.id: None}
    assert undone.deed is not None
    await _undo(office, undone.deed)
    assert _places(await _standing(office, call)) == _places(sent)
    assert [each.is_undo for each in await _deeds(office)] == [True, True, False]


async def test_two_visits_that_changed_places_change_back_although_each_stands_in_the_way(
    office: Office,
) -> None:
    first, second, before = await _swapped(office)
    undone = await _undo(office, (await _deeds(office))[0])
    assert [row.outcome for row in undone.rows] == ["done", "done"]
    assert _places(await _standing(office, first, second)) == _places(before)


async def test_what_was_undone_is_not_undone_twice(office: Office) -> None:
    await _sent(office, "LIFT", 1)
    (deed,) = await _deeds(office)
    await _undo(office, deed)
    with pytest.raises(AlreadyUndone):
        await _undo(office, deed)


Since = Callable[[Office, VisitOut], Awaitable[object]]


async def _set_out(office: Office, visit: VisitOut) -> None:
    await office.town.lead(visit, "accept", "start_travel")


async def _accept(office: Office, visit: VisitOut) -> None:
    await office.town.lead(visit, "accept")


async def _tell_delay(office: Office, visit: VisitOut) -> None:
    result = await office.town.tell(visit, "running_late", payload={"minutes": 20})
    assert result.outcome == "applied", result


async def _give_away(office: Office, visit: VisitOut) -> None:
    await office.town.move(visit, office.town.bruno, after=minutes(300))


async def _take_back(office: Office, visit: VisitOut) -> None:
    async with office.town.write() as session:
        await return_to_queue(session, office.town.office, [visit.id], now=office.now)


async def _lock(office: Office, visit: VisitOut) -> None:
    async with office.town.write() as session:
        locks = {visit.id: (False, True)}
        await lock_visits(session, office.town.office, locks, now=office.now)


async def _wait(office: Office, _: VisitOut) -> None:
    office.town.passes(timedelta(hours=9))


MEANWHILE: dict[str, tuple[Since, str]] = {
    "set out": (_set_out, "under_way"),
    "accepted": (_accept, "accepted_since"),
    "told to come later": (_tell_delay, "told_customer"),
    "given to somebody else": (_give_away, "moved_since"),
    "taken back": (_take_back, "taken_back_since"),
    "fixed": (_lock, "locked_since"),
    "over": (_wait, "time_is_over"),
}


@pytest.mark.parametrize("what", MEANWHILE)
async def test_what_happened_meanwhile_stays_and_the_other_row_goes_back(
    office: Office, what: str
) -> None:
    first, second, before = await _swapped(office)
    since, code = MEANWHILE[what]
    deed = (await _deeds(office))[0]
    visits = await office.visits()
    await _move(office, (second.id, office.town.bruno.id, minutes(120)))
    later = (await _deeds(office))[0]
    moved = await _standing(office, first)
    await since(office, visits[first.number])
    undone = {row.intervention_id: row for row in (await _undo(office, deed)).rows}
    assert (undone[first.id].outcome, undone[first.id].code) == ("refused", code)
    assert undone[second.id].code == ("time_is_over" if what == "over" else "moved_since")
    if what not in {"given to somebody else", "taken back"}:
        assert _places(await _standing(office, first)) == _places(moved)
    if what != "over":
        assert undone[second.id].facts["by"] == office.town.office.name
        again = await _undo(office, later)
        assert [row.outcome for row in again.rows] == ["done"]
    del before


async def test_a_move_is_undone_around_a_lock_that_it_was_made_under(office: Office) -> None:
    call = await _sent(office, "LIFT", 1)
    aina, visit = office.town.aina.id, (await office.visits())[call.number]
    async with office.town.write() as session:
        before = await placements(session, [call.id])
        await lock_visits(session, office.town.office, {visit.id: (True, False)}, now=office.now)
        await record(session, office.town.office, "lock", before, now=office.now)
    (locking, _) = await _deeds(office)
    await _move(office, (call.id, aina, minutes(200)))
    moved = await _standing(office, call)
    undone = await _undo(office, locking)
    assert [row.outcome for row in undone.rows] == ["rebased"]
    after = await _standing(office, call)
    assert _places(after) == _places(moved)
    assert [stands.locks for stands in after.values() if stands] == [(False, False)]


async def test_a_row_whose_time_was_given_to_another_visit_is_refused_alone(office: Office) -> None:
    first, second = await _sent(office, "FIRST", 1), await _sent(office, "SECOND", 2)
    before = await _standing(office, first, second)
    bruno = office.town.bruno.id
    await _move(office, (first.id, bruno, minutes(200)), (second.id, bruno, minutes(260)))
    deed = (await _deeds(office))[0]
    taken = before[first.id]
    assert taken is not None
    third = await office.call("THIRD", 3, duration_seconds=600)
    await office.town.assign(third, after=taken.starts_at - office.now, lasts=minutes(10))
    undone = {row.intervention_id: row for row in (await _undo(office, deed)).rows}
    assert undone[first.id].code == "double_booked"
    assert undone[second.id].outcome == "done"


async def test_a_published_plan_is_undone_whole(office: Office) -> None:
    calls = [await office.call(f"HOUSE-{place}", place, duration_seconds=1200) for place in (1, 5)]
    await office.plan_now()
    (deed,) = await _deeds(office)
    assert (deed.kind, deed.row_count) == ("publish", 2)
    undone = await _undo(office, deed)
    assert [row.outcome for row in undone.rows] == ["done", "done"]
    assert _places(await _standing(office, *calls)) == [None, None]
