"""What a call is promised, by whom, and how what is stored follows from what happened."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.clocks import Clock
from server.agreements.schemas import Severity
from server.interventions import queries
from server.interventions.clocks import core_clocks, key_of, looked_at, marks_due, recomputed
from server.interventions.dossier import Dossier, one_dossier
from server.interventions.schemas import InterventionOut
from server.interventions.tables import Promise, StoredClock
from server.kit.problems import Invalid
from tests.server.interventions.town import (
    HOUR,
    MINUTE,
    TUESDAY,
    Town,
    clock,
    faults,
    minutes,
    repair,
)


async def _dossier(town: Town, about: InterventionOut) -> Dossier:
    async with town.read() as session:
        return await one_dossier(session, town.office, about.id)


async def test_a_call_keeps_its_service_its_exclusions_and_the_version_it_is_covered_by(
    town: Town,
) -> None:
    call = await town.report()
    assert (call.service, call.is_covered, call.checklist) == ("REPAIR", True, [])
    assert (await _dossier(town, call)).intervention.exclusions == ["Vandalism"]


async def test_a_service_can_be_named_and_an_unknown_one_is_refused(town: Town) -> None:
    assert (await town.report(service="REQUEST")).service == "REQUEST"
    with pytest.raises(Invalid) as refused:
        await town.report(service="PAINTING")
    assert faults(refused.value) == [("service", "unknown")]


async def test_a_repeat_is_of_an_intervention_at_the_same_site(town: Town) -> None:
    first, up = await town.report(), await town.report(building=town.chalet)
    assert (await town.report(repeat_of_id=first.id)).repeat_of_id == first.id
    for wrong, code in ((up.id, "elsewhere"), (UUID(int=9), "unknown")):
        with pytest.raises(Invalid) as refused:
            await town.report(repeat_of_id=wrong)
        assert faults(refused.value) == [("repeat_of_id", code)]


async def test_our_own_promises_run_beside_the_customers_and_come_after_them(town: Town) -> None:
    await town.also_promises("internal", repair("S2", "response", HOUR, town.always))
    await town.also_promises("supplier", repair("S2", "resolution", 6 * HOUR, town.always))
    call = await town.report()
    assert [(each.party, each.kind, each.target_seconds) for each in call.clocks] == [
        ("customer", "response", 2 * HOUR),
        ("customer", "resolution", 8 * HOUR),
        ("internal", "response", HOUR),
        ("supplier", "resolution", 6 * HOUR),
    ]
    town.passes(minutes(70))
    late = await town.look(call)
    states = [clock(late, "response", party).state for party in ("customer", "internal")]
    assert states == ["running", "breached"]


async def test_what_others_promise_us_is_not_on_a_phone(town: Town) -> None:
    await town.also_promises("internal", repair("S2", "response", HOUR, town.always))
    visit = await town.visit()
    async with town.read() as session:
        detail = await queries.visit(session, town.of(town.aina), visit.id, town.now)
    assert {each.party for each in detail.clocks} == {"customer"}
    assert {each.clock.party for each in detail.trails} == {"customer"}
    assert detail.exclusions == ["Vandalism"]


async def test_every_promise_is_written_down_with_the_origin_of_its_values(town: Town) -> None:
    await town.report("S1", town.chalet)
    async with town.read() as session:
        rows = (await session.scalars(select(Promise).order_by(Promise.kind))).all()
    assert [(row.kind, row.party, row.round, row.from_at) for row in rows] == [
        ("acknowledge", "customer", 0, TUESDAY),
        ("response", "customer", 0, TUESDAY),
        ("safe", "customer", 0, TUESDAY),
    ]
    response = rows[1].terms
    assert response is not None
    assert response["promise"]["seconds"] == 90 * MINUTE
    assert response["origins"]["promise"]["agreement"] == "A-1"
    assert all(row.hours and row.calendar_revision_id for row in rows)


async def test_a_plan_that_comes_too_late_is_foreseen(town: Town) -> None:
    call = await town.report()
    assert clock(call, "response").expected_at is None
    await town.assign(call, after=minutes(150))
    seen = await town.look(call)
    response, resolution = clock(seen, "response"), clock(seen, "resolution")
    assert (response.expected_at, response.is_breach_predicted) == (
        TUESDAY + minutes(150),
        True,
    )
    assert (resolution.expected_at, resolution.is_breach_predicted) == (
        TUESDAY + minutes(210),
        False,
    )


@pytest.mark.parametrize("severity", ["S1", "S2", "S3"])
async def test_what_is_shown_between_two_events_is_what_the_events_amount_to(
    town: Town, severity: Severity
) -> None:
    visit = await town.visit(severity)
    await town.lead(visit, "accept")
    for step in (10, 40, 60, 300, 1500):
        town.passes(minutes(step))
        seen = await town.look(visit)
        anew = core_clocks(await _dossier(town, seen), town.now)
        assert {_shown(each) for each in anew} == {
            (each.kind, each.state, each.due_at, each.remaining_seconds) for each in seen.clocks
        }


def _shown(clock: Clock) -> tuple[object, ...]:
    return clock.kind.value, clock.state.value, clock.deadlines.due, clock.remaining_seconds


async def test_a_clock_that_is_not_what_its_events_make_it_is_found(town: Town) -> None:
    call = await town.report()
    town.passes(minutes(200))
    assert recomputed(await _dossier(town, call), town.now) == []
    async with town.write() as session:
        query = select(StoredClock).where(StoredClock.kind == "response")
        stored = (await session.scalars(query)).one()
        stored.due_at = TUESDAY + minutes(121)
    (found,) = recomputed(await _dossier(town, call), town.now)
    assert (found.party, found.kind, found.round) == ("customer", "response", 0)
    assert (found.stored, found.recomputed) == (
        "due_at 2026-06-02T09:16:00+00:00",
        "due_at 2026-06-02T09:15:00+00:00",
    )


async def _due(town: Town) -> list[str]:
    async with town.write() as session:
        ids = await marks_due(session, town.now)
        found = [await looked_at(session, intervention_id, town.now) for intervention_id in ids]
        return [dossier.intervention.number for dossier in found]


async def test_who_has_something_to_tell_is_handed_over_once(town: Town) -> None:
    await town.report()
    assert await _due(town) == []
    town.passes(minutes(60))
    assert await _due(town) == ["2026-000001"]
    assert await _due(town) == []
    town.passes(minutes(30))
    assert await _due(town) == ["2026-000001"]


async def test_a_breach_found_late_is_still_handed_over(town: Town) -> None:
    came_in = TUESDAY - timedelta(minutes=40)
    late = await town.report("S1", reported_at=came_in, reported_at_reason="Phones were down")
    assert await _due(town) == [late.number]
    async with town.read() as session:
        stored = (await session.scalars(select(StoredClock))).all()
    assert {key_of(each) for each in core_clocks(await _dossier(town, late), town.now)} == {
        (row.party, row.kind, row.round) for row in stored
    }
    assert all(row.engine_version == 2 for row in stored)


async def test_something_that_happens_after_a_mark_does_not_hide_it(town: Town) -> None:
    visit = await town.visit()
    town.passes(minutes(125))
    await town.lead(visit, "accept", "arrive")
    assert await _due(town) == ["2026-000001"]
