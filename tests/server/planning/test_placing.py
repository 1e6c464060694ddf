"""Placing by hand: what is shown of a start is what is done, one visit or many, row by row."""

import asyncio
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event

from server.accounts.schemas import Role
from server.deeds import actions as deeds
from server.deeds.placement import Placement, placements
from server.deeds.rows import refused
from server.deeds.schemas import DeedResultOut
from server.interventions.booking import return_to_queue
from server.interventions.problems import NotPlanned
from server.interventions.schemas import InterventionOut
from server.kit.clock import Clock
from server.planning.deed_days import DeedDays
from server.planning.placing import place
from server.planning.placing_schemas import (
    PlacementKind,
    PlacementRowBody,
    PlacementsBody,
    VerdictOut,
    VerdictsOut,
)
from server.planning.queries import candidate_rows
from server.planning.snapshot import local_day
from server.planning.standing_days import StandingDays
from server.planning.verdicts import verdicts
from server.roster.schemas import TechnicianOut
from tests.server.interventions.town import minutes
from tests.server.planning.office import Office, give_shift
from tests.server.planning.test_over_http import Client, client, settings, sign_in

__all__ = ["client", "settings"]

HALF_AN_HOUR = 1800


@pytest.fixture
def days(office: Office) -> StandingDays:
    return StandingDays(office.town.database, Clock())


async def _verdicts(
    office: Office, days: StandingDays, call: InterventionOut, of: TechnicianOut | None = None
) -> VerdictsOut:
    async with office.town.read() as session:
        return await verdicts(
            session,
            office.town.office,
            call.id,
            day=None,
            now=office.now,
            days=days,
            technician_ids=None if of is None else [of.id],
        )


async def _place(
    office: Office,
    kind: PlacementKind,
    *rows: PlacementRowBody,
    days: StandingDays | None = None,
    **more: Any,
) -> DeedResultOut:
    data = PlacementsBody(kind=kind, rows=list(rows), **more)
    async with office.town.write() as session:
        return await place(session, office.town.office, data, office.now, days=days)


async def _stands(office: Office, call: InterventionOut) -> Placement | None:
    async with office.town.read() as session:
        return (await placements(session, [call.id]))[call.id]


async def _row(office: Office, call: InterventionOut, **more: Any) -> PlacementRowBody:
    """A row as the board sees it now."""
    stands = await _stands(office, call)
    if stands is not None:
        more |= {"visit_id": stands.visit_id, "base_version": stands.version}
    return PlacementRowBody(intervention_id=call.id, **more)


async def _call(office: Office, code: str, place: float, lasts: int = 1200) -> InterventionOut:
    return await office.call(code, place, duration_seconds=lasts)


async def _sent(
    office: Office, code: str, place: float, after: int, who: TechnicianOut | None = None
) -> InterventionOut:
    """Somebody goes there so many minutes from now."""
    call = await _call(office, code, place)
    await office.town.assign(call, who, after=minutes(after), lasts=minutes(20))
    return call


def _of(found: VerdictsOut, who: TechnicianOut) -> list[VerdictOut]:
    (row,) = [each for each in found.rows if each.technician_id == who.id]
    return row.verdicts


def _at(found: VerdictsOut, who: TechnicianOut, starts_at: Any) -> VerdictOut:
    return next(each for each in _of(found, who) if each.from_at <= starts_at <= each.to_at)


async def test_of_one_technician_the_same_is_told_as_of_everybody(
    office: Office, days: StandingDays
) -> None:
    call = await _call(office, "LIFT", 2)
    everybody = await _verdicts(office, days, call)
    alone = await _verdicts(office, days, call, office.town.aina)
    assert len(everybody.rows) > 1
    assert alone.rows == [row for row in everybody.rows if row.technician_id == office.town.aina.id]


async def test_a_call_is_dropped_exactly_where_it_was_shown_to_fit(
    office: Office, days: StandingDays
) -> None:
    call = await _call(office, "LIFT", 2)
    fitting = next(
        v for v in _of(await _verdicts(office, days, call), office.town.aina) if v.level == "fits"
    )
    given = {"technician_id": office.town.aina.id, "starts_at": fitting.to_at}
    result = await _place(office, "place", await _row(office, call), days=days, **given)
    assert [row.outcome for row in result.rows] == ["done"]
    stands = await _stands(office, call)
    assert stands is not None
    assert (stands.technician_id, stands.starts_at) == (office.town.aina.id, fitting.to_at)
    assert stands.travel_seconds > 0
    assert stands.locks == (False, False)


async def test_a_start_that_pushes_another_visit_says_so_and_is_carried_out_as_it_was_said(
    office: Office, days: StandingDays
) -> None:
    there = await _sent(office, "THERE", 1, 60)
    stood = await _stands(office, there)
    assert stood is not None
    call = await _call(office, "LIFT", 2)
    starts_at = stood.starts_at - minutes(10)
    shown = _at(await _verdicts(office, days, call), office.town.aina, starts_at)
    assert (shown.level, [each.number for each in shown.pushed]) == ("costs", [there.number])
    given = {"technician_id": office.town.aina.id, "starts_at": starts_at}
    unseen = await _place(office, "place", await _row(office, call), days=days, **given)
    assert [(row.outcome, row.code) for row in unseen.rows] == [("refused", "candidate_changed")]
    assert unseen.rows[0].facts["works"] == [there.number]
    assert unseen.deed is None
    row = await _row(office, call, pushes=[there.id])
    done = await _place(office, "place", row, days=days, **given)
    assert done.deed is not None
    assert done.deed.row_count == 2
    pushed = await _stands(office, there)
    assert pushed is not None
    assert pushed.starts_at > stood.starts_at
    async with office.town.write() as session:
        await deeds.undo(session, office.town.office, done.deed.id, office.now)
    back = await _stands(office, there)
    assert back is not None
    assert back.place == stood.place
    assert await _stands(office, call) is None


async def test_a_start_nobody_can_keep_is_refused_with_its_reason(
    office: Office, days: StandingDays
) -> None:
    call = await _call(office, "FAR", 20)
    soon = office.now + minutes(5)
    given = {"technician_id": office.town.aina.id, "starts_at": soon}
    result = await _place(office, "place", await _row(office, call), days=days, **given)
    assert result.rows[0].code == "not_a_candidate"
    assert result.rows[0].facts["blocked"]["code"] == "not_there_yet"


async def test_one_technicians_skill_is_told_for_the_whole_row(
    office: Office, days: StandingDays
) -> None:
    call = await office.call("LIFT", 2, skills={"rescue": 3})
    found = await _verdicts(office, days, call)
    codes = {row.reason.code for row in found.rows if row.reason is not None}
    assert codes == {"skill_missing"}


async def test_many_are_taken_back_and_the_one_under_way_says_why_not(office: Office) -> None:
    calls = [await _sent(office, f"HOUSE-{each}", each, 60 * each) for each in (1, 2, 3)]
    visits = await office.visits()
    await office.town.lead(visits[calls[0].number], "accept", "start_travel")
    rows = [await _row(office, call) for call in calls]
    result = await _place(office, "unassign", *rows)
    assert [(row.outcome, row.code) for row in result.rows] == [
        ("refused", "visit_frozen"),
        ("done", None),
        ("done", None),
    ]
    assert result.deed is not None
    assert result.deed.row_count == 2


async def test_a_visit_cancelled_for_a_reason_is_given_back_by_undoing_it(office: Office) -> None:
    call = await _sent(office, "LIFT", 1, 60)
    stood = await _stands(office, call)
    cancelled = await _place(office, "cancel", await _row(office, call), reason="Nobody at home")
    assert await _stands(office, call) is None
    (visit,) = (await office.town.look(call)).visits
    assert (visit.status, visit.reason) == ("cancelled", "Nobody at home")
    assert cancelled.deed is not None
    assert cancelled.deed.kind == "cancel"
    async with office.town.write() as session:
        await deeds.undo(session, office.town.office, cancelled.deed.id, office.now)
    again = await _stands(office, call)
    assert stood is not None
    assert again is not None
    assert again.place == stood.place


async def test_visits_moved_later_together_do_not_stand_in_each_others_way(office: Office) -> None:
    calls = [await _sent(office, f"HOUSE-{each}", 1, 30 + 20 * each) for each in (1, 2, 3)]
    stood = [await _stands(office, call) for call in calls]
    rows = [await _row(office, call) for call in calls]
    result = await _place(office, "shift", *rows, move_by_seconds=HALF_AN_HOUR)
    assert [row.outcome for row in result.rows] == ["done"] * 3
    for before, call in zip(stood, calls, strict=True):
        after = await _stands(office, call)
        assert before is not None
        assert after is not None
        assert after.starts_at - before.starts_at == timedelta(seconds=HALF_AN_HOUR)


async def test_what_is_locked_is_given_to_nobody_else_by_the_dozen(office: Office) -> None:
    first, second = await _sent(office, "FIRST", 1, 60), await _sent(office, "SECOND", 2, 120)
    row = await _row(office, first)
    await _place(office, "lock", row, is_technician_locked=True, is_start_locked=False)
    rows = [await _row(office, call) for call in (first, second)]
    result = await _place(office, "assign", *rows, technician_id=office.town.bruno.id)
    assert [(row.outcome, row.code) for row in result.rows] == [
        ("refused", "visit_locked"),
        ("done", None),
    ]
    best = await _place(office, "replan", await _row(office, second))
    assert [row.outcome for row in best.rows] == ["done"]


async def test_many_are_given_on_one_reading_of_the_day_each_after_the_last(
    office: Office,
) -> None:
    async def readings(count: int) -> int:
        rows = [await _row(office, await _call(office, f"L{count}-{n}", n)) for n in range(count)]
        read = 0

        def reads(*said: Any) -> None:
            nonlocal read
            read += "FROM shift" in said[2]

        engine = office.town.database._writers.sync_engine
        event.listen(engine, "before_cursor_execute", reads)
        result = await _place(office, "assign", *rows, technician_id=office.town.bruno.id)
        event.remove(engine, "before_cursor_execute", reads)
        assert {row.outcome for row in result.rows} == {"done"}
        return read

    assert await readings(5) == await readings(2)
    visits = (await office.visits()).values()
    spans = sorted((each.starts_at, each.ends_at) for each in visits)
    assert all(ends <= starts for (_, ends), (starts, _) in pairwise(spans))


async def test_what_was_undone_is_not_believed_by_the_next_row(office: Office) -> None:
    first = await _sent(office, "FIRST", 1, 30, office.town.aina)
    call = await _call(office, "SECOND", 1)
    stands = await _stands(office, first)
    assert stands is not None
    days = DeedDays(office.town.aina.id)
    async with office.town.write() as session:

        async def asked() -> list[Any]:
            row, region = await candidate_rows(session, office.town.office, call.id)
            day = local_day(region, office.now)
            ranking = await days.ranking_on(session, row, region, day=day, now=office.now)
            return [(each.technician_id, each.starts_at, each.delta) for each in ranking.cards()]

        async def act() -> None:
            await return_to_queue(session, office.town.office, [stands.visit_id], now=office.now)
            assert await asked() != before
            raise NotPlanned

        before = await asked()
        assert isinstance(await refused(session, act), NotPlanned)
        days.forget()
        assert await asked() == before


async def test_a_visit_that_somebody_changed_meanwhile_is_refused(office: Office) -> None:
    call = await _sent(office, "LIFT", 1, 60)
    seen = await _row(office, call)
    await office.town.move((await office.visits())[call.number], after=minutes(90))
    result = await _place(office, "unassign", seen)
    assert [(row.outcome, row.code) for row in result.rows] == [("refused", "stale")]


async def test_two_dispatchers_at_once_book_nobody_twice_and_lose_no_edit(
    client: Client, office: Office
) -> None:
    member = await sign_in(client, Role.DISPATCHER)
    calls = [await _call(office, f"HOUSE-{each}", 1 + each / 10) for each in range(4)]
    starts_at = (office.now + minutes(120)).isoformat()
    bodies = [
        {
            "kind": "place",
            "technician_id": str(office.town.aina.id),
            "starts_at": starts_at,
            "rows": [{"intervention_id": str(call.id)}],
        }
        for call in calls
    ]
    answers = await asyncio.gather(*(member.post("/api/placements", body) for body in bodies))
    told = [answer.json()["rows"][0] for answer in answers]
    assert sorted(row["outcome"] for row in told) == ["done", "refused", "refused", "refused"]
    codes = {row["code"] for row in told if row["code"]}
    assert codes <= {"candidate_changed", "not_a_candidate", "double_booked"}
    (done,) = [call for call, row in zip(calls, told, strict=True) if row["outcome"] == "done"]
    stands = await _stands(office, done)
    assert stands is not None
    seen = {"visit_id": str(stands.visit_id), "base_version": stands.version}
    rows = [{"intervention_id": str(done.id), **seen}]
    moves = [
        {"kind": "shift", "move_by_seconds": by, "rows": rows} for by in (900, 1800, 2700, 3600)
    ]
    answers = await asyncio.gather(*(member.post("/api/placements", body) for body in moves))
    told = [answer.json()["rows"][0] for answer in answers]
    assert sorted(row["outcome"] for row in told) == ["done", "refused", "refused", "refused"]
    assert {row["code"] for row in told if row["code"]} == {"stale"}
    spans = sorted(
        (visit.starts_at, visit.ends_at)
        for visit in (await office.visits()).values()
        if visit.technician_id == office.town.aina.id
    )
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


async def test_who_is_asked_too_late_for_its_window_is_refused_though_free_tomorrow(
    office: Office,
) -> None:
    bruno = office.town.bruno
    await give_shift(office, bruno, office.now + timedelta(days=1))
    soon = {"window_from": office.now, "window_to": office.now + minutes(2)}
    call = await office.call("SOON", 30, **soon)
    told = await _place(office, "assign", await _row(office, call), technician_id=bruno.id)
    assert [each.outcome for each in told.rows] == ["refused"]
    assert [each.code for each in told.rows] == ["not_a_candidate"]
