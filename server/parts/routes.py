"""The catalogue of parts over HTTP."""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.parts import actions, queries
from server.parts.schemas import PartBody, PartChangeBody, PartOut

READERS = (*STAFF_READERS, Role.TECHNICIAN)


@get(
    "/parts",
    operation_id="list_parts",
    responses=answers(Invalid),
    **allow(*READERS),
)
async def list_parts(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[PartOut]:
    """The catalogue by code."""
    async with work.read() as session:
        return await queries.parts(session, caller, limit=limit, cursor=cursor)


@get(
    "/parts/{part_id:uuid}",
    operation_id="get_part",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_part(
    work: NamedDependency[Work], caller: NamedDependency[Scope], part_id: FromPath[UUID]
) -> Response[PartOut]:
    """One part."""
    async with work.read() as session:
        return shown(await queries.part(session, caller, part_id))


@post(
    "/parts",
    operation_id="create_part",
    responses=answers(AlreadyExists, Invalid),
    **allow(Role.ADMIN),
)
async def create_part(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[PartBody]
) -> Response[PartOut]:
    """Take a part into the catalogue."""
    return await work.command(
        lambda session: actions.create_part(session, caller, data, work.now), status=201
    )


@patch(
    "/parts/{part_id:uuid}",
    operation_id="change_part",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(Role.ADMIN),
)
async def change_part(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    part_id: FromPath[UUID],
    data: JSONBody[PartChangeBody],
) -> Response[PartOut]:
    """Rename a part, price it, or withdraw it."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_part(
            session, caller, part_id, data, expected=expected, now=work.now
        )
    )


handlers = [list_parts, get_part, create_part, change_part]
