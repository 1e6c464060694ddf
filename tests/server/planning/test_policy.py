"""What a region's days are planned by: set by dispatchers, within bounds, version by version."""

from dataclasses import replace

import pytest

from dispatch.day import GOALS, WEIGHTS, to_plan
from server.kit.problems import Invalid, NotFound, Stale
from server.planning import policy
from server.planning.policy_schemas import PlanningPolicyOut, PolicyBody
from server.planning.snapshot import local_day, read_day
from server.regions.tables import Region
from tests.server.planning.office import Office


async def _set(
    office: Office, goals: dict[str, int], *, seen: int, why: str = ""
) -> PlanningPolicyOut:
    async with office.town.write() as session:
        return await policy.change_policy(
            session,
            office.town.office,
            office.town.valley.id,
            PolicyBody(goals=goals, reason=why),
            seen=seen,
            now=office.now,
        )


async def test_nothing_is_set_until_somebody_sets_it(office: Office) -> None:
    async with office.town.read() as session:
        found = await policy.policy(session, office.town.office, office.town.valley.id)
    assert (found.version, found.history) == (0, [])
    assert {goal.name: goal.value for goal in found.goals} == {
        name: goal.usual for name, goal in GOALS.items()
    }


async def test_the_planner_is_asked_with_what_the_region_has_set(office: Office) -> None:
    call = await office.call("HOUSE-2", 2)
    await _set(office, {"move_cost": 60, "late_fixed.S2": 77}, seen=0)
    async with office.town.read() as session:
        region = await session.get(Region, call.region_id)
        assert region is not None
        day = local_day(region, office.now)
        snapshot = await read_day(session, region, day, office.now)
    problem = to_plan(snapshot.day).problem
    assert problem.stability.move_cost == 60
    assert [job.late_fixed for job in problem.jobs] == [77]


async def test_every_version_says_who_changed_what_and_why(office: Office) -> None:
    await _set(office, {"move_cost": 60}, seen=0)
    back = await _set(office, {"move_cost": WEIGHTS.move_cost}, seen=1, why="Too restless")
    newest, first = back.history
    assert (newest.number, newest.made_by, newest.reason) == (2, "Dora", "Too restless")
    assert [(one.name, one.before, one.after) for one in newest.changes] == [
        ("move_cost", 60, WEIGHTS.move_cost)
    ]
    assert [(one.before, one.after) for one in first.changes] == [(WEIGHTS.move_cost, 60)]
    assert all(goal.value == goal.usual for goal in back.goals)


async def test_what_somebody_else_set_meanwhile_is_not_overwritten(office: Office) -> None:
    await _set(office, {"move_cost": 60}, seen=0)
    with pytest.raises(Stale):
        await _set(office, {"move_cost": 90}, seen=0)


@pytest.mark.parametrize("goals", [{"move_cost": -1}, {"overtime_cost": 61}, {"luck": 1}])
async def test_a_goal_out_of_bounds_or_unknown_is_refused(
    office: Office, goals: dict[str, int]
) -> None:
    with pytest.raises(Invalid):
        await _set(office, goals, seen=0)


async def test_another_regions_goals_look_unknown(office: Office) -> None:
    town = office.town
    narrow = replace(town.office, region_ids=frozenset({town.valley.id}))
    async with town.read() as session:
        with pytest.raises(NotFound):
            await policy.policy(session, narrow, town.mountain.id)
