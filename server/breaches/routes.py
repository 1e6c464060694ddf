"""Breaches, their excuses and the marks of clocks over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.agreements.schemas import AgreementKind
from server.breaches import actions, queries
from server.breaches.problems import BreachOverturned
from server.breaches.queries import DECIDERS, PROPOSERS, BreachState, WantedBreaches
from server.breaches.schemas import BreachOut, ExcuseBody, ExcuseDecisionBody, MarkOut
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, SecondPersonNeeded
from server.kit.wire import Page
from server.kit.work import Work, shown

From = Annotated[datetime | None, QueryParameter(name="from")]
To = Annotated[datetime | None, QueryParameter(name="to")]
# A handler may not call an argument of its own `state`.
State = Annotated[BreachState | None, QueryParameter(name="state")]


@get(
    "/breaches",
    operation_id="list_breaches",
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def list_breaches(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
    from_at: From = None,
    to_at: To = None,
    party: FromQuery[AgreementKind | None] = None,
    in_state: State = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[BreachOut]:
    """Promises that were not kept, the newest first; `open` ones count.

    Of those, `waiting` ones have an excuse that waits for a second person.
    """
    wanted = WantedBreaches(region_id, customer_id, from_at, to_at, party, in_state)
    async with work.read() as session:
        return await queries.breaches(
            session, caller, wanted, now=work.now, limit=limit, cursor=cursor
        )


@get(
    "/breaches/{breach_id:uuid}",
    operation_id="get_breach",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_breach(
    work: NamedDependency[Work], caller: NamedDependency[Scope], breach_id: FromPath[UUID]
) -> Response[BreachOut]:
    """One breach with its excuses."""
    async with work.read() as session:
        return shown(await queries.breach(session, caller, breach_id, work.now))


@post(
    "/breaches/{breach_id:uuid}/excuses",
    operation_id="propose_excuse",
    responses=answers(NotFound, Invalid, AlreadyDecided, BreachOverturned),
    **allow(*PROPOSERS),
)
async def propose_excuse(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    breach_id: FromPath[UUID],
    data: JSONBody[ExcuseBody],
) -> Response[BreachOut]:
    """Say why a breach should not count."""
    return await work.command(
        lambda session: actions.propose_excuse(session, caller, breach_id, data, work.now),
        status=201,
    )


@post(
    "/breaches/{breach_id:uuid}/excuses/{excuse_id:uuid}/decision",
    operation_id="decide_excuse",
    status_code=200,
    responses=answers(NotFound, Invalid, AlreadyDecided, BreachOverturned, SecondPersonNeeded),
    **allow(*DECIDERS),
)
async def decide_excuse(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    breach_id: FromPath[UUID],
    excuse_id: FromPath[UUID],
    data: JSONBody[ExcuseDecisionBody],
) -> Response[BreachOut]:
    """Approve or refuse what somebody else proposed."""
    return await work.command(
        lambda session: actions.decide_excuse(
            session, caller, breach_id, excuse_id, data, now=work.now
        )
    )


@get(
    "/interventions/{intervention_id:uuid}/marks",
    operation_id="intervention_marks",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def intervention_marks(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> list[MarkOut]:
    """What the clocks of an intervention told, in the order it happened."""
    async with work.read() as session:
        return await queries.marks(session, caller, intervention_id)


handlers = [list_breaches, get_breach, propose_excuse, decide_excuse, intervention_marks]
