"""A day's data before planning and the versions of its plan over HTTP: check, files, comparison."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.planning.check_schemas import PlanningCheckOut
from server.planning.checking import planning_check
from server.planning.explaining import explanation
from server.planning.explanation_schemas import ExplanationOut
from server.planning.keeping import PlanFile, plan_document
from server.planning.problems import PlanFilesGone, PlansDiffer
from server.planning.schemas import PlanComparisonOut
from server.planning.versions import comparison


def _file(wanted: PlanFile, path: str, operation_id: str, told: str) -> HTTPRouteHandler:
    """The route that gives out one of a plan's files."""

    async def give(
        work: NamedDependency[Work], caller: NamedDependency[Scope], plan_id: FromPath[UUID]
    ) -> Response[dict[str, Any]]:
        async with work.read() as session:
            return Response(await plan_document(session, caller, plan_id, wanted))

    give.__name__, give.__doc__ = operation_id, told
    return get(
        f"/plans/{{plan_id:uuid}}/{path}",
        operation_id=operation_id,
        responses=answers(NotFound, PlanFilesGone),
        **allow(*DISPATCH),
    )(give)


plan_problem = _file(
    PlanFile.PROBLEM,
    "problem",
    "plan_problem",
    "What was asked, as a problem file for `palier solve`.",
)
plan_start = _file(
    PlanFile.START,
    "start",
    "plan_start",
    "The day as it stood when it was asked, as a plan file to start from.",
)
plan_result = _file(PlanFile.RESULT, "plan", "plan_result", "What was found, as a plan file.")


@get(
    "/plans/{plan_id:uuid}/comparison",
    operation_id="compare_plans",
    responses=answers(NotFound, Invalid, PlansDiffer, PlanFilesGone),
    **allow(*STAFF_READERS),
)
async def compare_plans(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    plan_id: FromPath[UUID],
    other_id: FromQuery[UUID],
) -> PlanComparisonOut:
    """What another version of the same day does otherwise than this one."""
    async with work.read() as session:
        return await comparison(session, caller, plan_id, other_id)


@get(
    "/plans/{plan_id:uuid}/interventions/{intervention_id:uuid}/explanation",
    operation_id="explain_planned",
    responses=answers(NotFound, PlanFilesGone),
    **allow(*STAFF_READERS),
)
async def explain_planned(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    plan_id: FromPath[UUID],
    intervention_id: FromPath[UUID],
) -> ExplanationOut:
    """Why this work is late in this plan, or what would let it be done."""
    async with work.read() as session:
        return await explanation(session, caller, plan_id, intervention_id)


@get(
    "/regions/{region_id:uuid}/planning-check",
    operation_id="planning_check",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def check_planning(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    day: FromQuery[date | None] = None,
) -> PlanningCheckOut:
    """What would spoil a plan of this day, and where it is mended."""
    async with work.read() as session:
        return await planning_check(session, caller, region_id, day, work.now)


handlers = [plan_problem, plan_start, plan_result, compare_plans, explain_planned, check_planning]
