"""Notices over HTTP."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from server.accounts import actions as accounts
from server.accounts.guards import EVERYONE, allow
from server.accounts.scope import Scope
from server.kit.wire import Page
from server.kit.work import Work
from server.notifications import queries
from server.notifications.schemas import NoticeOut, ReadBody


@get("/notices", operation_id="list_notices", **allow(*EVERYONE))
async def list_notices(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[NoticeOut]:
    """What I should know, newest first."""
    async with work.read() as session:
        return await queries.notices(session, caller, limit=limit, cursor=cursor)


@post("/notices/read", operation_id="read_notices", status_code=204, **allow(*EVERYONE))
async def read_notices(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ReadBody]
) -> Response[None]:
    """I have seen everything up to here."""
    return await work.command(
        lambda session: accounts.mark_notices_seen(session, caller.account_id, data.up_to),
        status=204,
    )


handlers = [list_notices, read_notices]
