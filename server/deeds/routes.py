"""Deeds over HTTP: what was done lately, and taking it back."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.deeds import actions, queries
from server.deeds.problems import AlreadyUndone
from server.deeds.schemas import DeedResultOut, DeedsOut
from server.kit.http import answers
from server.kit.problems import NotFound
from server.kit.work import Work


@get("/deeds", operation_id="list_deeds", responses=answers(NotFound), **allow(*STAFF_READERS))
async def list_deeds(
    work: NamedDependency[Work], caller: NamedDependency[Scope], *, region_id: FromQuery[UUID]
) -> DeedsOut:
    """What was done with a region's visits these last 24 hours, newest first."""
    async with work.read() as session:
        return await queries.deeds(session, caller, region_id=region_id, now=work.now)


@post(
    "/deeds/{deed_id:uuid}/undo",
    operation_id="undo_deed",
    status_code=200,
    responses=answers(NotFound, AlreadyUndone),
    **allow(*DISPATCH),
)
async def undo_deed(
    work: NamedDependency[Work], caller: NamedDependency[Scope], deed_id: FromPath[UUID]
) -> Response[DeedResultOut]:
    """Take a deed back, row by row; what others did meanwhile stays. Undoing an undo redoes it."""
    return await work.command(lambda session: actions.undo(session, caller, deed_id, work.now))


handlers = [list_deeds, undo_deed]
