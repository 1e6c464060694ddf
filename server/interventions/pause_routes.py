"""Pauses of all interventions over HTTP; one intervention's are part of it."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.interventions import pause_queries
from server.interventions.schemas import WaitingPauseOut
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.wire import Page
from server.kit.work import Work


@get("/pauses", operation_id="list_pauses", responses=answers(Invalid), **allow(*STAFF_READERS))
async def list_pauses(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    waiting: FromQuery[bool] = False,
    region_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[WaitingPauseOut]:
    """Pauses in the order they were recorded; `waiting` asks for those nobody has decided on."""
    async with work.read() as session:
        return await pause_queries.pauses(
            session, caller, is_waiting=waiting, region_id=region_id, limit=limit, cursor=cursor
        )


handlers = [list_pauses]
