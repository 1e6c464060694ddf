"""Why an auditor reads, over HTTP."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from server.accounts import reasons
from server.accounts.guards import allow
from server.accounts.identity import session_token
from server.accounts.schemas import ReadingReasonBody, ReadingReasonOut, Role
from server.accounts.scope import Scope
from server.accounts.tables import SignedIn
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.wire import Page
from server.kit.work import Work


@post(
    "/session/reason",
    operation_id="give_reading_reason",
    responses=answers(Invalid),
    **allow(Role.AUDITOR, asks_reason=False),
)
async def give_reading_reason(
    request: Request[Any, Any, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[ReadingReasonBody],
) -> Response[ReadingReasonOut]:
    """Say why; until then the session of an auditor reads nothing. It is kept and listed."""
    token = session_token(request) if isinstance(request.auth, SignedIn) else None
    return await work.command(
        lambda session: reasons.give_reason(session, caller, token, data, work.now), status=201
    )


@get(
    "/reading_reasons",
    operation_id="list_reading_reasons",
    **allow(Role.ADMIN, Role.AUDITOR),
)
async def list_reading_reasons(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[ReadingReasonOut]:
    """What auditors said before they read, the newest first."""
    async with work.read() as session:
        return await reasons.reading_reasons(session, caller, limit=limit, cursor=cursor)


handlers = [give_reading_reason, list_reading_reasons]
