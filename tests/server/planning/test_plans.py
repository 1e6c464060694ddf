"""A day planned in the background by a real solver process, reviewed, and published."""

import os
import signal
from datetime import timedelta
from itertools import pairwise

import pytest

from dispatch.day.chosen import SAYS_MOST
from server.interventions.schemas import AssignBody
from server.kit.problems import Invalid
from server.planning import actions
from server.planning.planner import Planner
from server.planning.problems import PlanNotReady, PlanRunning
from server.planning.schemas import PlanBody
from tests.server.planning.office import Office


async def test_a_planned_day_is_reviewed_then_published(office: Office, planner: Planner) -> None:
    calls = [await office.call(f"HOUSE-{place}", place) for place in (2, 4, 6, 8)]
    started = await office.start_plan(planner)
    assert (started.status, started.diff) == ("running", None)
    await planner.settled()
    ready = await office.look_at(started)
    assert ready.status == "ready"
    assert ready.diff is not None
    assert {change.number for change in ready.diff.changes} == {each.number for each in calls}
    assert (ready.diff.before.unassigned, ready.diff.after.unassigned) == (4, 0)
    assert ready.iterations > 0
    assert await office.visits() == {}
    published = await office.publish(ready)
    visits = await office.visits()
    assert (published.status, published.stale_changes) == ("published", 0)
    for change in ready.diff.changes:
        visit = visits[change.number]
        assert (visit.technician_id, visit.starts_at) == (
            change.to_technician_id,
            change.to_starts_at,
        )
        assert visit.status == "dispatched"


async def test_what_nobody_can_do_is_left_with_the_reasons(
    office: Office, planner: Planner
) -> None:
    asked = await office.call("ASKED", 3, skills={"rescue": 2})
    plan = await office.plan_day(planner)
    assert plan.diff is not None
    (left,) = plan.diff.unassigned
    assert left.number == asked.number
    assert {reason.code for reason in left.reasons} == {"skill_missing"}


async def test_accepted_and_started_visits_stay_as_they_are(
    office: Office, planner: Planner
) -> None:
    town = office.town
    going, agreed = await office.call("GOING", 9), await office.call("AGREED", 12)
    first = await office.send(going, await office.card(going, town.aina))
    second = await office.send(agreed, await office.card(agreed, town.aina))
    await town.lead(first, "accept", "start_travel")
    await town.lead(second, "accept")
    before = await office.visits()
    await office.call("NEW", 12)
    await office.publish(await office.plan_day(planner, change_budget=0))
    after = await office.visits()
    for number in (going.number, agreed.number):
        assert after[number].id == before[number].id
        assert after[number].technician_id == town.aina.id
    assert after[going.number].starts_at == before[going.number].starts_at


async def test_no_more_announced_visits_move_than_the_dispatcher_allows(
    office: Office, planner: Planner
) -> None:
    """Aina is sent to three houses at one end and one at the other, Bruno nowhere."""
    for place in (30, 1, 29):
        call = await office.call(f"HOUSE-{place}", place)
        await office.send(call, await office.card(call, office.town.aina))
    kept = await office.plan_day(planner, change_budget=0)
    freed = await office.plan_day(planner, change_budget=2)
    assert kept.diff is not None
    assert freed.diff is not None
    assert kept.diff.announced_moved == 0
    assert 0 < freed.diff.announced_moved <= 2
    assert freed.diff.after.total < kept.diff.after.total


async def test_only_chosen_work_is_planned_anew(office: Office, planner: Planner) -> None:
    """Of three houses given to Aina one is chosen, and one call of two that wait."""
    stays = [await office.call("NEAR", 1), await office.call("FAR", 29)]
    moved = await office.call("OTHER", 30)
    for call in (*stays, moved):
        await office.send(call, await office.card(call, office.town.aina))
    waiting, unasked = await office.call("WAITING", 2), await office.call("UNASKED", 3)
    before = await office.visits()
    chosen = [moved.id, waiting.id]
    plan = await office.plan_day(planner, change_budget=None, intervention_ids=chosen)
    assert plan.intervention_ids == chosen
    await office.publish(plan)
    after = await office.visits()
    for call in stays:
        stood, stands = before[call.number], after[call.number]
        assert (stands.technician_id, stands.starts_at) == (stood.technician_id, stood.starts_at)
    assert waiting.number in after
    assert unasked.number not in after


async def test_only_work_of_the_region_can_be_chosen(office: Office, planner: Planner) -> None:
    elsewhere = await office.town.report(building=office.town.chalet)
    with pytest.raises(Invalid):
        await office.start_plan(planner, intervention_ids=[elsewhere.id])


async def test_what_people_did_meanwhile_survives_publishing(
    office: Office, planner: Planner
) -> None:
    town = office.town
    calls = [await office.call(f"HOUSE-{place}", place) for place in (2, 4, 6, 8)]
    ready = await office.plan_day(planner)
    by_hand, gone = calls[0], calls[1]
    at = office.now + timedelta(hours=3)
    mine = await office.assign(by_hand, AssignBody(technician_id=town.bruno.id, starts_at=at))
    await town.decide(gone, "cancel", "a mistake")
    announced = await office.look_at(ready)
    published = await office.publish(ready)
    visits = await office.visits()
    assert announced.stale_changes == published.stale_changes >= 2
    assert announced.diff is not None
    marked = {change.number for change in announced.diff.changes if change.is_stale}
    assert len(marked) == announced.stale_changes
    assert {by_hand.number, gone.number} <= marked
    assert (visits[by_hand.number].id, visits[by_hand.number].starts_at) == (mine.id, at)
    assert gone.number not in visits
    for technician in (town.aina, town.bruno):
        spans = sorted(
            (visit.starts_at, visit.ends_at)
            for visit in visits.values()
            if visit.technician_id == technician.id
        )
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


async def test_a_visit_accepted_meanwhile_keeps_its_technician(
    office: Office, planner: Planner
) -> None:
    for place in (30, 1, 29):
        call = await office.call(f"HOUSE-{place}", place)
        await office.send(call, await office.card(call, office.town.aina))
    plan = await office.plan_day(planner, change_budget=5)
    assert plan.diff is not None
    leaving = [
        change
        for change in plan.diff.changes
        if change.to_technician_id != change.from_technician_id
    ]
    assert leaving
    visits = await office.visits()
    for change in leaving:
        await office.town.lead(visits[change.number], "accept")
    await office.publish(plan)
    for change in leaving:
        visit = (await office.visits())[change.number]
        assert (visit.technician_id, visit.status) == (office.town.aina.id, "accepted")


async def test_a_cancelled_plan_keeps_nothing(office: Office, planner: Planner) -> None:
    await office.call("ASKED", 3)
    plan = await office.start_plan(planner, seconds=300)
    await planner.solver.at_work.wait()
    cancelled = await office.cancel(plan)
    await planner.stop(plan.id)
    await planner.settled()
    assert cancelled.status == "cancelled"
    kept = await office.look_at(plan)
    assert (kept.status, kept.diff) == ("cancelled", None)
    assert await office.visits() == {}
    with pytest.raises(PlanNotReady):
        await office.publish(plan)


async def test_a_plan_whose_solver_dies_fails_and_the_next_one_works(
    office: Office, planner: Planner
) -> None:
    await office.call("ASKED", 3)
    plan = await office.start_plan(planner, seconds=300)
    await planner.solver.at_work.wait()
    assert planner.solver.process_id is not None
    os.kill(planner.solver.process_id, signal.SIGKILL)
    await planner.settled()
    failed = await office.look_at(plan)
    assert (failed.status, failed.problem_code) == ("failed", "solver_crashed")
    assert (await office.plan_day(planner)).status == "ready"


async def test_one_plan_at_a_time_is_made_for_a_region(office: Office, planner: Planner) -> None:
    await office.call("ASKED", 3)
    plan = await office.start_plan(planner)
    with pytest.raises(PlanRunning):
        await office.start_plan(planner)
    await planner.settled()
    assert (await office.look_at(plan)).status == "ready"


async def test_what_ran_when_the_server_ended_runs_no_more(office: Office) -> None:
    asked = PlanBody(region_id=office.town.valley.id)
    async with office.town.write() as session:
        plan = await actions.start(session, office.town.office, asked, office.now)
    async with office.town.write() as session:
        await actions.fail_interrupted(session, office.now)
    ended = await office.look_at(plan)
    assert (ended.status, ended.problem_code) == ("failed", "interrupted")


async def test_a_day_planned_at_once_is_published_whole(office: Office) -> None:
    calls = [await office.call(f"HOUSE-{place}", place) for place in (2, 4, 6)]
    plan = await office.plan_now()
    assert plan.status == "published"
    assert set(await office.visits()) == {each.number for each in calls}


async def test_a_published_visit_says_why_its_technician_was_chosen(office: Office) -> None:
    town = office.town
    either = await office.call("EITHER", 2)
    cards = {each.id: await office.card(either, each) for each in (town.aina, town.bruno)}
    await office.plan_now()
    visit = (await office.visits())[either.number]
    assert visit.why is not None
    assert visit.why in cards[visit.technician_id].reasons
    assert visit.why.code == "nearest"


async def test_a_plan_that_moves_a_visit_to_somebody_else_says_why_them(
    office: Office, planner: Planner
) -> None:
    town = office.town
    for place in (30, 1, 29):
        call = await office.call(f"HOUSE-{place}", place)
        await office.send(call, await office.card(call, town.aina))
    plan = await office.plan_day(planner, change_budget=5)
    await office.publish(plan)
    visits = await office.visits()
    assert plan.diff is not None
    changed = [visits[change.number] for change in plan.diff.changes]
    assert any(visit.technician_id == town.bruno.id for visit in changed)
    assert all(visit.why is not None and visit.why.code in SAYS_MOST for visit in changed)


async def test_planning_is_told_as_it_goes(office: Office, planner: Planner) -> None:
    await office.call("ASKED", 3)
    await office.publish(await office.plan_day(planner))
    assert await office.plan_events() == ["plan_started", "plan_ready", "plan_published"]
