"""Improvements over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience.problems import IrritationSettled
from server.improvements import actions, queries
from server.improvements.problems import ImprovementOver
from server.improvements.queries import WantedImprovements
from server.improvements.schemas import (
    ImprovementBody,
    ImprovementCommandBody,
    ImprovementOut,
    ImprovementState,
)
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale
from server.kit.wire import Page
from server.kit.work import Work

OWNERS = (Role.ADMIN, Role.EXPERIENCE)
# A handler may not call an argument of its own `state`.
State = Annotated[ImprovementState | None, QueryParameter(name="state")]


@get(
    "/improvements",
    operation_id="list_improvements",
    responses=answers(Invalid),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def list_improvements(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    in_state: State = None,
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
    agreement_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[ImprovementOut]:
    """What is to become better, the newest first; what is open comes back at every review."""
    wanted = WantedImprovements(in_state, region_id, customer_id, agreement_id)
    async with work.read() as session:
        return await queries.improvements(
            session, caller, wanted, now=work.now, limit=limit, cursor=cursor
        )


@post(
    "/improvements",
    operation_id="open_improvement",
    responses=answers(Invalid, IrritationSettled),
    **allow(*OWNERS),
)
async def open_improvement(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ImprovementBody]
) -> Response[ImprovementOut]:
    """Propose something better: who does it, until when, and which measure is to move."""
    return await work.command(
        lambda session: actions.open_improvement(session, caller, data, work.now), status=201
    )


@post(
    "/improvements/{improvement_id:uuid}/commands",
    operation_id="command_improvement",
    status_code=200,
    responses=answers(NotFound, Invalid, Stale, ImprovementOver),
    **allow(*OWNERS),
)
async def command_improvement(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    improvement_id: FromPath[UUID],
    data: JSONBody[ImprovementCommandBody],
) -> Response[ImprovementOut]:
    """Hand it over, finish it, or drop it with a reason."""
    return await work.command(
        lambda session: actions.command_improvement(
            session, caller, improvement_id, data, now=work.now
        )
    )


handlers = [list_improvements, open_improvement, command_improvement]
