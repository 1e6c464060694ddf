"""What-if scenarios over HTTP."""

from datetime import date
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import DISPATCH, allow
from server.accounts.scope import Scope
from server.kit.database import Session
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work, shown
from server.planning import scenarios
from server.planning.problems import PlanNotReady
from server.planning.scenario_runs import ScenarioRuns
from server.planning.scenario_schemas import ScenarioBody, ScenarioOut
from server.planning.schemas import PlanOut


@post(
    "/scenarios",
    operation_id="suppose",
    status_code=202,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def suppose(
    request: Request[Scope, object, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[ScenarioBody],
) -> Response[ScenarioOut]:
    """Ask what would come of a day supposed to be otherwise; the real one is not touched."""
    asked: list[UUID] = []

    async def act(session: Session) -> ScenarioOut:
        made = await scenarios.suppose(session, caller, data, work.now)
        asked.append(made.id)
        return made

    answer = await work.command(act, status=202)
    runs: ScenarioRuns = request.app.state.scenarios
    for scenario_id in asked:
        runs.begin(scenario_id)
    return answer


@get(
    "/scenarios",
    operation_id="list_scenarios",
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def list_scenarios(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    region_id: FromQuery[UUID],
    day: FromQuery[date],
) -> list[ScenarioOut]:
    """The scenarios of a region's day that were not dropped, newest first."""
    async with work.read() as session:
        return await scenarios.scenarios(session, caller, region_id, day)


@get(
    "/scenarios/{scenario_id:uuid}",
    operation_id="get_scenario",
    responses=answers(NotFound),
    **allow(*DISPATCH),
)
async def get_scenario(
    work: NamedDependency[Work], caller: NamedDependency[Scope], scenario_id: FromPath[UUID]
) -> Response[ScenarioOut]:
    """One scenario: how far it is, and what would come of it."""
    async with work.read() as session:
        return shown(await scenarios.scenario(session, caller, scenario_id))


@post(
    "/scenarios/{scenario_id:uuid}/apply",
    operation_id="apply_scenario",
    status_code=200,
    responses=answers(NotFound, Invalid, PlanNotReady),
    **allow(*DISPATCH),
)
async def apply_scenario(
    work: NamedDependency[Work], caller: NamedDependency[Scope], scenario_id: FromPath[UUID]
) -> Response[PlanOut]:
    """Make a plan to review of it, and write down who is sick."""
    return await work.command(
        lambda session: scenarios.apply(session, caller, scenario_id, work.now)
    )


@post(
    "/scenarios/{scenario_id:uuid}/drop",
    operation_id="drop_scenario",
    status_code=200,
    responses=answers(NotFound, PlanNotReady),
    **allow(*DISPATCH),
)
async def drop_scenario(
    work: NamedDependency[Work], caller: NamedDependency[Scope], scenario_id: FromPath[UUID]
) -> Response[ScenarioOut]:
    """Put it aside."""
    return await work.command(
        lambda session: scenarios.drop(session, caller, scenario_id, work.now)
    )


handlers = [suppose, list_scenarios, get_scenario, apply_scenario, drop_scenario]
