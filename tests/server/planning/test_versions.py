"""Every plan keeps what it was made of, so that yesterday can be looked into and done again."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from dispatch.planning import Limits, check, parse_plan, parse_problem, solve
from server.accounts.scope import Scope
from server.interventions.schemas import AssignBody
from server.kit.clock import Clock
from server.planning import actions
from server.planning.keeping import PlanFile, forget_files, plan_document, plan_file
from server.planning.planner import Planner
from server.planning.problems import PlanFilesGone, PlansDiffer
from server.planning.schemas import PlanOut, PlansBody
from server.planning.versions import comparison
from tests.server.planning.office import Office

STEPS = 500


async def _file(office: Office, plan: PlanOut, wanted: PlanFile, by: Scope | None = None) -> bytes:
    async with office.town.read() as session:
        return await plan_file(session, by or office.town.office, plan.id, wanted)


async def test_a_plan_made_by_steps_is_made_again_from_its_files(
    office: Office, planner: Planner
) -> None:
    for place in (2, 14, 6, 8):
        await office.call(f"HOUSE-{place}", place)
    plan = await office.plan_day(planner, iterations=STEPS, seed=7, seconds=60)
    problem = parse_problem(await _file(office, plan, PlanFile.PROBLEM))
    kept = parse_plan(await _file(office, plan, PlanFile.RESULT))
    again = solve(
        problem,
        limits=Limits(iterations=plan.iterations_wanted),
        seed=plan.seed,
        start=parse_plan(await _file(office, plan, PlanFile.START)),
        workers=plan.workers,
    )
    assert (plan.iterations, plan.workers) == (STEPS, 1)
    assert check(problem, kept).is_legal
    assert (again.routes, again.cost) == (kept.routes, kept.cost)
    assert plan.diff is not None
    assert plan.diff.after.total == kept.cost.total


async def test_the_files_of_a_plan_are_forgotten_after_their_days_and_the_plan_stays(
    office: Office, planner: Planner
) -> None:
    await office.call("ASKED", 3)
    plan = await office.plan_day(planner)
    database = office.town.database
    kept_by = [
        await forget_files(database, 0, office.now + timedelta(days=400)),
        await forget_files(database, 90, office.now + timedelta(days=89)),
    ]
    assert json.loads(await _file(office, plan, PlanFile.PROBLEM))["format"] == "palier-problem/1"
    forgotten = await forget_files(database, 90, office.now + timedelta(days=91))
    assert (kept_by, forgotten) == ([0, 0], 1)
    with pytest.raises(PlanFilesGone):
        await _file(office, plan, PlanFile.PROBLEM)
    assert (await office.look_at(plan)).diff == plan.diff


async def test_a_plan_that_is_still_sought_has_a_question_and_no_result(
    office: Office, planner: Planner
) -> None:
    asked = await office.call("ASKED", 3)
    plan = await office.start_plan(planner, seconds=300)
    await planner.solver.at_work.wait()
    async with office.town.read() as session:
        problem = await plan_document(session, office.town.office, plan.id, PlanFile.PROBLEM)
    assert [job["id"] for job in problem["jobs"]] == [asked.number]
    with pytest.raises(PlanFilesGone):
        await _file(office, plan, PlanFile.RESULT)
    await office.cancel(plan)
    await planner.stop(plan.id)
    await planner.settled()


async def test_regions_are_planned_one_after_another_and_know_their_place(
    office: Office, planner: Planner
) -> None:
    town = office.town
    await office.call("ASKED", 3)
    first, second = await _started(office, planner)
    seen = [planner.with_progress(plan).queue_position for plan in (first, second)]
    await planner.solver.at_work.wait()
    waiting = planner.with_progress(await office.look_at(second))
    await office.cancel(first)
    await planner.stop(first.id)
    await planner.settled()
    assert [plan.region_id for plan in (first, second)] == [town.valley.id, town.mountain.id]
    assert seen == [0, 1]
    assert (waiting.status, waiting.queue_position, waiting.trace) == ("running", 1, [])
    assert (await office.look_at(second)).status == "ready"


async def test_what_waits_its_turn_can_be_taken_out_of_the_line(
    office: Office, planner: Planner
) -> None:
    await office.call("ASKED", 3)
    first, second = await _started(office, planner)
    await planner.solver.at_work.wait()
    cancelled = await office.cancel(second)
    await planner.stop(second.id)
    await office.cancel(first)
    await planner.stop(first.id)
    await planner.settled()
    assert cancelled.status == "cancelled"
    with pytest.raises(PlanFilesGone):
        await _file(office, second, PlanFile.PROBLEM)


async def test_a_region_that_is_being_planned_is_passed_over(
    office: Office, planner: Planner
) -> None:
    await office.call("ASKED", 3)
    running = await office.start_plan(planner, seconds=300)
    body = PlansBody(region_ids=[office.town.valley.id, office.town.mountain.id], seconds=1)
    async with office.town.write() as session:
        found = await actions.start_several(session, office.town.office, body, office.now)
    assert [plan.region_id for plan in found.plans] == [office.town.mountain.id]
    assert [(each.region_id, each.plan_id) for each in found.busy] == [
        (office.town.valley.id, running.id)
    ]


async def test_two_versions_of_a_day_are_compared_line_by_line(
    office: Office, planner: Planner
) -> None:
    town = office.town
    near, mistaken = await office.call("NEAR", 2), await office.call("MISTAKEN", 4)
    first = await office.plan_day(planner)
    await office.cancel(first)
    at = office.now + timedelta(hours=3)
    await office.assign(near, AssignBody(technician_id=town.bruno.id, starts_at=at))
    await town.decide(mistaken, "cancel", "a mistake")
    await office.call("FAR", 9)
    second = await office.plan_day(planner, change_budget=0)
    async with town.read() as session:
        found = await comparison(session, town.office, first.id, second.id)
        same = await comparison(session, town.office, second.id, second.id)
    (moved,) = found.differences
    assert (moved.number, moved.second_technician_name) == (near.number, town.bruno.name)
    assert moved.first_starts_at != moved.second_starts_at
    assert (found.only_first, found.only_second) == (1, 1)
    assert (same.differences, same.only_first, same.only_second) == ([], 0, 0)
    with pytest.raises(PlansDiffer):
        async with town.read() as session:
            await comparison(session, town.office, first.id, town.valley.id)


async def test_a_plan_says_how_far_it_can_be_from_the_best(office: Office) -> None:
    for place in (2, 14, 6):
        await office.call(f"HOUSE-{place}", place)
    offset = round((office.now - datetime.now(UTC)).total_seconds())
    planner = Planner(office.town.database, Clock(offset), proof_seconds=60)
    plan = await office.plan_day(planner)
    await planner.close()
    assert plan.diff is not None
    assert plan.bound is not None
    assert plan.bound <= plan.diff.after.total
    assert plan.gap == (plan.diff.after.total - plan.bound) / plan.diff.after.total
    assert (await office.plan_events())[-1] == "plan_bounded"


async def _started(office: Office, planner: Planner) -> list[PlanOut]:
    """A long plan of the valley, and one of the mountain behind it."""
    town = office.town
    plans = [await office.start_plan(planner, seconds=300)]
    plans.append(await office.start_plan(planner, region_id=town.mountain.id, seconds=1))
    return plans
