"""A plan under review answers why a visit is late, and what would have to change for the rest."""

from server.interventions.schemas import InterventionOut
from server.planning.explaining import explanation
from server.planning.explanation_schemas import ExplanationOut
from server.planning.planner import Planner
from server.planning.schemas import PlanOut
from tests.server.planning.office import Office

HOUR = 3600


async def explain(office: Office, plan: PlanOut, about: InterventionOut) -> ExplanationOut:
    async with office.town.read() as session:
        return await explanation(session, office.town.office, plan.id, about.id)


async def test_late_in_time_and_left_out_are_explained_each_in_its_way(
    office: Office, planner: Planner
) -> None:
    # Three hours at each of six houses that wait for somebody within four: two people are too few.
    calls = [
        await office.call(f"HOUSE-{place}", place, duration_seconds=3 * HOUR)
        for place in range(2, 8)
    ]
    nobody = await office.call("NOBODY", 3, skills={"rescue": 2})
    plan = await office.plan_day(planner)
    assert plan.diff is not None
    late = {c.number for c in plan.diff.changes if (c.lateness_after_seconds or 0) > 0}
    left = {each.number for each in plan.diff.unassigned}
    told = {call.number: await explain(office, plan, call) for call in [*calls, nobody]}
    assert {number for number, each in told.items() if each.late is not None} == late
    assert late
    assert nobody.number in left
    for number in late:
        why = told[number].late
        assert why is not None
        reached = why.since_at.timestamp() + sum(link.seconds for link in why.links)
        assert reached == why.starts_at.timestamp()
        assert (why.starts_at - why.due_at).total_seconds() == why.lateness_seconds
    remedy = told[nobody.number].remedies[0]
    assert "skill_missing" in {change.code for change in remedy.changes}
    assert {change.technician_name for change in remedy.changes} == {remedy.way.technician_name}
