"""Meetings about agreements over HTTP, for us and for building managers."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.schemas import ReviewBody, ReviewsOut
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, Stale
from server.kit.work import Work
from server.meetings import actions, pack, queries
from server.meetings.schemas import (
    AgendaItemBody,
    AgendaItemOut,
    CadenceBody,
    DecisionBody,
    DecisionCommandBody,
    DecisionOut,
    MeetingsOut,
    ReviewPackOut,
)

WRITERS = (Role.ADMIN, Role.EXPERIENCE)


@get(
    "/agreements/{agreement_id:uuid}/meetings",
    operation_id="agreement_meetings",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def agreement_meetings(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> MeetingsOut:
    """How often is met, what waits for a meeting, what is still to do, and what was said."""
    async with work.read() as session:
        return await queries.meetings(session, caller, agreement_id, work.now.date())


@get(
    "/agreements/{agreement_id:uuid}/review-pack",
    operation_id="review_pack",
    responses=answers(NotFound),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def review_pack(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> ReviewPackOut:
    """What happened since the last meeting; the same for what suppliers promise us."""
    async with work.read() as session:
        return await pack.review_pack(session, caller, agreement_id, work.now)


@post(
    "/agreements/{agreement_id:uuid}/meetings/cadences",
    operation_id="set_meeting_cadence",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def set_meeting_cadence(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[CadenceBody],
) -> Response[MeetingsOut]:
    """Say how often a level meets and who has to be there."""
    return await work.command(
        lambda session: actions.set_cadence(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@post(
    "/agreements/{agreement_id:uuid}/agenda-items",
    operation_id="add_agenda_item",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS, Role.MANAGER),
)
async def add_agenda_item(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[AgendaItemBody],
) -> Response[AgendaItemOut]:
    """Put something on the agenda of the next meeting of a level."""
    return await work.command(
        lambda session: actions.ask(session, caller, agreement_id, data, now=work.now), status=201
    )


@post(
    "/agreements/{agreement_id:uuid}/reviews",
    operation_id="hold_agreement_review",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def hold_agreement_review(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[ReviewBody],
) -> Response[ReviewsOut]:
    """Write down a meeting that was held; whether the outcome was reached has to be answered."""
    return await work.command(
        lambda session: actions.hold(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@post(
    "/agreements/{agreement_id:uuid}/reviews/{review_id:uuid}/decisions",
    operation_id="record_decision",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def record_decision(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    review_id: FromPath[UUID],
    data: JSONBody[DecisionBody],
) -> Response[DecisionOut]:
    """Write down what a meeting decided, and who does it until when."""
    ids = (agreement_id, review_id)
    return await work.command(
        lambda session: actions.decide(session, caller, ids, data, now=work.now), status=201
    )


@post(
    "/agreements/{agreement_id:uuid}/decisions/{decision_id:uuid}/commands",
    operation_id="end_decision",
    status_code=200,
    responses=answers(NotFound, Invalid, Stale, AlreadyDecided),
    **allow(*WRITERS),
)
async def end_decision(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    decision_id: FromPath[UUID],
    data: JSONBody[DecisionCommandBody],
) -> Response[DecisionOut]:
    """Say that an action is done, or why it is dropped."""
    ids = (agreement_id, decision_id)
    return await work.command(lambda session: actions.end(session, caller, ids, data, now=work.now))


handlers = [
    agreement_meetings,
    review_pack,
    set_meeting_cadence,
    add_agenda_item,
    hold_agreement_review,
    record_decision,
    end_decision,
]
