"""Keys of programs over HTTP."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts import key_actions as actions
from server.accounts import queries
from server.accounts.guards import allow
from server.accounts.schemas import ApiKeyBody, ApiKeyChangeBody, ApiKeyOut, Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work


@get("/api_keys", operation_id="list_api_keys", **allow(Role.ADMIN, Role.AUDITOR))
async def list_api_keys(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[ApiKeyOut]:
    """The keys by which programs come in, what they may do and when they last did."""
    async with work.read() as session:
        return await queries.api_keys(session, caller, limit=limit, cursor=cursor)


@post("/api_keys", operation_id="create_api_key", responses=answers(Invalid), **allow(Role.ADMIN))
async def create_api_key(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ApiKeyBody]
) -> Response[ApiKeyOut]:
    """Let a program in, with rights of its own.

    Answers are kept, so the key is no part of this one: ask for it by a change with `is_renewed`.
    """
    return await work.command(
        lambda session: actions.create(session, caller, data, work.now), status=201
    )


@patch(
    "/api_keys/{key_id:uuid}",
    operation_id="change_api_key",
    responses=answers(Invalid, NotFound, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def change_api_key(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    key_id: FromPath[UUID],
    data: JSONBody[ApiKeyChangeBody],
) -> Response[ApiKeyOut]:
    """Change a key, or make it anew and be told it once."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change(
            session, caller, key_id, data, expected=expected, now=work.now
        )
    )


@delete(
    "/api_keys/{key_id:uuid}",
    operation_id="revoke_api_key",
    status_code=204,
    responses=answers(NotFound, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def revoke_api_key(
    work: NamedDependency[Work], caller: NamedDependency[Scope], key_id: FromPath[UUID]
) -> None:
    """It opens nothing any more."""
    expected = work.expected_version
    async with work.database.write() as session:
        await actions.revoke(session, caller, key_id, expected=expected, now=work.now)


handlers = [list_api_keys, create_api_key, change_api_key, revoke_api_key]
