"""The catalogue of services over HTTP."""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import EVERYONE, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.services import actions, queries
from server.services.schemas import ServiceBody, ServiceChangeBody, ServiceOut


@get(
    "/services",
    operation_id="list_services",
    responses=answers(Invalid),
    **allow(*EVERYONE),
)
async def list_services(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[ServiceOut]:
    """The catalogue by code."""
    async with work.read() as session:
        return await queries.services(session, caller, limit=limit, cursor=cursor)


@get(
    "/services/{service_id:uuid}",
    operation_id="get_service",
    responses=answers(NotFound),
    **allow(*EVERYONE),
)
async def get_service(
    work: NamedDependency[Work], caller: NamedDependency[Scope], service_id: FromPath[UUID]
) -> Response[ServiceOut]:
    """One service."""
    async with work.read() as session:
        return shown(await queries.service(session, caller, service_id))


@post(
    "/services",
    operation_id="create_service",
    responses=answers(AlreadyExists, Invalid),
    **allow(Role.ADMIN),
)
async def create_service(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ServiceBody]
) -> Response[ServiceOut]:
    """Take a service into the catalogue."""
    return await work.command(
        lambda session: actions.create_service(session, caller, data, work.now), status=201
    )


@patch(
    "/services/{service_id:uuid}",
    operation_id="change_service",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(Role.ADMIN),
)
async def change_service(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    service_id: FromPath[UUID],
    data: JSONBody[ServiceChangeBody],
) -> Response[ServiceOut]:
    """Rename a service, or say what such work takes."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_service(
            session, caller, service_id, data, expected=expected, now=work.now
        )
    )


handlers = [list_services, get_service, create_service, change_service]
