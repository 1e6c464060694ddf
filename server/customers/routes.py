"""Customers over HTTP."""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.customers import actions, queries
from server.customers.schemas import CustomerBody, CustomerChangeBody, CustomerOut
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown


@get(
    "/customers",
    operation_id="list_customers",
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def list_customers(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[CustomerOut]:
    """Customers by name."""
    async with work.read() as session:
        return await queries.customers(session, caller, limit=limit, cursor=cursor)


@get(
    "/customers/{customer_id:uuid}",
    operation_id="get_customer",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_customer(
    work: NamedDependency[Work], caller: NamedDependency[Scope], customer_id: FromPath[UUID]
) -> Response[CustomerOut]:
    """One customer."""
    async with work.read() as session:
        return shown(await queries.customer(session, caller, customer_id))


@post(
    "/customers",
    operation_id="create_customer",
    responses=answers(AlreadyExists, Invalid),
    **allow(Role.ADMIN),
)
async def create_customer(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[CustomerBody]
) -> Response[CustomerOut]:
    """Take on a customer."""
    return await work.command(
        lambda session: actions.create_customer(session, caller, data, work.now), status=201
    )


@patch(
    "/customers/{customer_id:uuid}",
    operation_id="change_customer",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(Role.ADMIN),
)
async def change_customer(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    customer_id: FromPath[UUID],
    data: JSONBody[CustomerChangeBody],
) -> Response[CustomerOut]:
    """Change a customer."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_customer(
            session, caller, customer_id, data, expected=expected, now=work.now
        )
    )


handlers = [list_customers, get_customer, create_customer, change_customer]
