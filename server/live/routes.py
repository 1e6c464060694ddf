"""The event log over HTTP: pages to catch up, a stream to stay current."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, put
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from server.accounts import queries as accounts
from server.accounts.guards import DISPATCH, EVERYONE, allow
from server.accounts.identity import session_token
from server.accounts.scope import Scope
from server.kit.clock import Clock
from server.kit.database import Database
from server.kit.http import answers
from server.kit.paging import MOST
from server.kit.problems import Invalid, NotFound
from server.kit.settled import newest_settled
from server.kit.wire import Page
from server.kit.work import Work
from server.live import looks, queries
from server.live.hub import Hub
from server.live.schemas import EventOut, LookBody, LooksOut
from server.planning.standing_days import StandingDays

HEARTBEAT_SECONDS = 15.0
SOON_SECONDS = 0.05
EVENT_STREAM = "text/event-stream"
EVENT_NUMBER = re.compile(r"[0-9]{1,18}")
After = Annotated[int, QueryParameter(ge=0, le=2**63 - 1)]


@dataclass(frozen=True, slots=True)
class News:
    """Events to tell, and how long to wait for the next before looking again."""

    events: list[EventOut]
    patience: float


@get("/events", operation_id="list_events", responses=answers(Invalid), **allow(*EVERYONE))
async def list_events(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    after: After = 0,
    limit: FromQuery[int | None] = None,
    intervention_id: FromQuery[UUID | None] = None,
) -> Page[EventOut]:
    """What happened after a given event, oldest first.

    `intervention_id` asks for the whole of one: from its report to what was answered about it.
    """
    async with work.read() as session:
        return await queries.event_page(
            session, caller, after=after, limit=limit, intervention_id=intervention_id
        )


@get("/stream", operation_id="stream", media_type=EVENT_STREAM, **allow(*EVERYONE))
async def stream(
    request: Request[Any, Any, State], work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> Stream:
    """Server-sent events: `change` with an event each; resumes after `Last-Event-ID`."""
    async with work.read() as session:
        newest = await newest_settled(session)
    last = EVENT_NUMBER.fullmatch(request.headers.get("last-event-id", ""))
    after = newest if last is None else min(int(last[0]), newest)
    state = request.app.state
    lines = _lines(state, caller, session_token(request), after=after)
    return Stream(
        lines,
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _lines(
    state: State, caller: Scope, token: str | None, *, after: int
) -> AsyncIterator[bytes]:
    hub: Hub = state.hub
    clock: Clock = state.clock
    yield _line("hello", {"seq": after, "now": clock.now()}, seq=after)
    with hub.listen() as news:
        while not hub.is_closing:
            news.clear()
            found = await _news(state, caller, token, after)
            if found is None:
                return
            for event in found.events:
                after = event.seq
                yield _line("change", event, seq=after)
            try:
                await asyncio.wait_for(news.wait(), found.patience)
            except TimeoutError:
                yield b": still here\n\n"


async def _news(state: State, caller: Scope, token: str | None, after: int) -> News | None:
    """Events since; None once the session behind the stream has ended."""
    database: Database = state.database
    clock: Clock = state.clock
    async with database.read() as session:
        if token is not None and await accounts.signed_in(session, token, clock.now()) is None:
            return None
        events = await queries.events(session, caller, after=after)
        more = len(events) == MOST or await queries.is_settling(session)
    return News(events, SOON_SECONDS if more else HEARTBEAT_SECONDS)


def _line(name: str, data: object, *, seq: int) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (seq, name.encode(), msgspec.json.encode(data))


@put(
    "/board-looks",
    operation_id="look_at_board",
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def look_at_board(
    request: Request[Any, Any, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[LookBody],
) -> Response[LooksOut]:
    """Say what this page of the board shows; who else looks at it comes back.

    A page that says nothing for a minute is taken for closed. What is looked at is made ready for
    questions about today, behind this answer.
    """
    answer = await work.change(lambda session: looks.look(session, caller, data, work.now))
    if not data.is_leaving:
        days: StandingDays = request.app.state.standing_days
        days.look(data.region_id, work.now)
    return answer


handlers = [list_events, stream, look_at_board]
