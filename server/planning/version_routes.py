"""The versions of a day's plan over HTTP: the files each was made of and what came out."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.accounts.guards import DISPATCH, allow
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import NotFound
from server.kit.work import Work
from server.planning.keeping import PlanFile, plan_document
from server.planning.problems import PlanFilesGone


@get(
    "/plans/{plan_id:uuid}/problem",
    operation_id="plan_problem",
    responses=answers(NotFound, PlanFilesGone),
    **allow(*DISPATCH),
)
async def plan_problem(
    work: NamedDependency[Work], caller: NamedDependency[Scope], plan_id: FromPath[UUID]
) -> Response[dict[str, Any]]:
    """What was asked, as a problem file for `palier solve`."""
    async with work.read() as session:
        return Response(await plan_document(session, caller, plan_id, PlanFile.PROBLEM))


@get(
    "/plans/{plan_id:uuid}/start",
    operation_id="plan_start",
    responses=answers(NotFound, PlanFilesGone),
    **allow(*DISPATCH),
)
async def plan_start(
    work: NamedDependency[Work], caller: NamedDependency[Scope], plan_id: FromPath[UUID]
) -> Response[dict[str, Any]]:
    """The day as it stood when it was asked, as a plan file to start from."""
    async with work.read() as session:
        return Response(await plan_document(session, caller, plan_id, PlanFile.START))


@get(
    "/plans/{plan_id:uuid}/plan",
    operation_id="plan_result",
    responses=answers(NotFound, PlanFilesGone),
    **allow(*DISPATCH),
)
async def plan_result(
    work: NamedDependency[Work], caller: NamedDependency[Scope], plan_id: FromPath[UUID]
) -> Response[dict[str, Any]]:
    """What was found, as a plan file."""
    async with work.read() as session:
        return Response(await plan_document(session, caller, plan_id, PlanFile.RESULT))


handlers = [plan_problem, plan_start, plan_result]
