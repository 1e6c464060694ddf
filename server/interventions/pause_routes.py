"""Pauses over HTTP: written down, decided by a second person, listed while they wait."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.interventions import pause_actions, pause_queries
from server.interventions.problems import InterventionEnded
from server.interventions.schemas import (
    InterventionOut,
    PauseBody,
    PauseDecisionBody,
    WaitingPauseOut,
)
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, SecondPersonNeeded
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


@post(
    "/interventions/{intervention_id:uuid}/pauses",
    operation_id="record_pause",
    responses=answers(NotFound, InterventionEnded, Invalid),
    **allow(*DISPATCH),
)
async def record_pause(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[PauseBody],
) -> Response[InterventionOut]:
    """Write down that work stood still."""
    return await work.command(
        lambda session: pause_actions.record(session, caller, intervention_id, data, work.now),
        status=201,
    )


@post(
    "/pauses/{pause_id:uuid}/decision",
    operation_id="decide_pause",
    status_code=200,
    responses=answers(NotFound, AlreadyDecided, SecondPersonNeeded),
    **allow(*DISPATCH),
)
async def decide_pause(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    pause_id: FromPath[UUID],
    data: JSONBody[PauseDecisionBody],
) -> Response[InterventionOut]:
    """Let a pause count, or not; never one's own."""
    return await work.command(
        lambda session: pause_actions.decide(session, caller, pause_id, data, work.now)
    )


handlers = [list_pauses, record_pause, decide_pause]
