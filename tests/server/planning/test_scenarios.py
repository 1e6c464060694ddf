"""What if: worked out beside the day by the real solver, compared, applied as a plan or dropped."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

import pytest
from sqlalchemy import select

from server.kit.clock import Clock
from server.kit.problems import NotFound
from server.planning import actions, scenarios
from server.planning.planner import Planner
from server.planning.problems import PlanNotReady
from server.planning.scenario_runs import ScenarioRuns
from server.planning.scenario_schemas import ScenarioBody, ScenarioOut
from server.roster.tables import Absence
from tests.server.planning.office import Office


@pytest.fixture
async def runs(office: Office, planner: Planner) -> AsyncIterator[ScenarioRuns]:
    # Never before the office's own now: what it reported would still be to come.
    offset = ceil((office.now - datetime.now(UTC)).total_seconds())
    made = ScenarioRuns(office.town.database, Clock(offset), planner)
    yield made
    await made.close()


async def _worked_out(office: Office, runs: ScenarioRuns, *supposed: object) -> ScenarioOut:
    given = {"region_id": office.town.valley.id, "supposed": list(supposed), "seconds": 1}
    body = ScenarioBody.model_validate(given)
    async with office.town.write() as session:
        asked = await scenarios.suppose(session, office.town.office, body, office.now)
    runs.begin(asked.id)
    await runs.settled()
    async with office.town.read() as session:
        return await scenarios.scenario(session, office.town.office, asked.id)


async def test_a_sick_technicians_visits_go_to_others_once_it_is_applied_and_published(
    office: Office, runs: ScenarioRuns
) -> None:
    town = office.town
    call = await office.call("HOUSE-2", 2)
    sent = await office.send(call, await office.card(call, town.aina))
    await town.lead(sent, "accept")
    before = await office.visits()
    found = await _worked_out(
        office,
        runs,
        {"kind": "sick", "technician_id": str(town.aina.id)},
        {"kind": "storm", "calls": 2},
    )
    assert found.status == "ready"
    assert found.result is not None
    assert found.result.calls == 2
    assert found.result.planned.measures.unassigned <= found.result.untouched.measures.unassigned
    assert await office.visits() == before
    async with town.write() as session:
        plan = await scenarios.apply(session, town.office, found.id, office.now)
    assert plan.diff is not None
    assert [change.number for change in plan.diff.changes] == [call.number]
    async with town.read() as session:
        away = (await session.scalars(select(Absence))).all()
    assert [(each.technician_id, each.kind) for each in away] == [(town.aina.id, "sick")]
    async with town.write() as session:
        await actions.publish(session, town.office, plan.id, office.now)
    assert (await office.visits())[call.number].technician_id == town.bruno.id


async def test_what_was_dropped_or_applied_cannot_be_applied_and_others_look_unknown(
    office: Office, runs: ScenarioRuns
) -> None:
    town = office.town
    like = {"kind": "extra", "like_technician_id": str(town.aina.id)}
    found = await _worked_out(office, runs, like)
    narrow = replace(town.office, region_ids=frozenset({town.mountain.id}))
    async with town.write() as session:
        with pytest.raises(NotFound):
            await scenarios.drop(session, narrow, found.id, office.now)
        await scenarios.drop(session, town.office, found.id, office.now)
        with pytest.raises(PlanNotReady):
            await scenarios.apply(session, town.office, found.id, office.now)
        day = office.now.date()
        assert await scenarios.scenarios(session, town.office, town.valley.id, day) == []


async def test_somebody_the_day_does_not_have_fails_it_and_says_so(
    office: Office, runs: ScenarioRuns
) -> None:
    nobody = {"kind": "sick", "technician_id": str(office.town.office.account_id)}
    found = await _worked_out(office, runs, nobody)
    assert (found.status, found.problem_code) == ("failed", "invalid")
