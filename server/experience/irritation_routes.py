"""Irritations over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience import irritation_actions as actions
from server.experience import irritation_queries as queries
from server.experience.irritation_queries import WantedIrritations
from server.experience.irritation_schemas import (
    CloseIrritationBody,
    IrritationBody,
    IrritationOut,
    IrritationState,
)
from server.experience.problems import IrritationSettled
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale
from server.kit.wire import Page
from server.kit.work import Work

# A handler may not call an argument of its own `state`.
State = Annotated[IrritationState | None, QueryParameter(name="state")]


@get(
    "/irritations",
    operation_id="list_irritations",
    responses=answers(Invalid),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def list_irritations(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    in_state: State = None,
    intervention_id: FromQuery[UUID | None] = None,
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
    agreement_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[IrritationOut]:
    """What somebody wants talked about, the newest first."""
    wanted = WantedIrritations(in_state, intervention_id, region_id, customer_id, agreement_id)
    async with work.read() as session:
        return await queries.irritations(session, caller, wanted, limit=limit, cursor=cursor)


@post(
    "/irritations",
    operation_id="raise_irritation",
    responses=answers(Invalid),
    **allow(Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE, Role.MANAGER, Role.TECHNICIAN),
)
async def raise_irritation(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[IrritationBody]
) -> Response[IrritationOut]:
    """Say what is wrong about one intervention, also when every promise was kept."""
    return await work.command(
        lambda session: actions.raise_irritation(session, caller, data, work.now), status=201
    )


@post(
    "/irritations/{irritation_id:uuid}/close",
    operation_id="close_irritation",
    status_code=200,
    responses=answers(NotFound, Invalid, Stale, IrritationSettled),
    **allow(Role.ADMIN, Role.EXPERIENCE),
)
async def close_irritation(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    irritation_id: FromPath[UUID],
    data: JSONBody[CloseIrritationBody],
) -> Response[IrritationOut]:
    """Say why nothing follows from it; without a reason it stays open."""
    return await work.command(
        lambda session: actions.close_irritation(session, caller, irritation_id, data, work.now)
    )


handlers = [list_irritations, raise_irritation, close_irritation]
