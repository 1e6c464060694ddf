"""Reviews of agreements and wishes to change them, over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import reviews
from server.agreements.schemas import (
    ChangeRequestBody,
    ChangeRequestDecisionBody,
    ChangeRequestOut,
    ReviewsOut,
)
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound
from server.kit.work import Work

WRITERS = (Role.ADMIN, Role.EXPERIENCE)


@get(
    "/agreements/{agreement_id:uuid}/reviews",
    operation_id="agreement_reviews",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def agreement_reviews(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> ReviewsOut:
    """The agenda of the next review, and what was held."""
    async with work.read() as session:
        return await reviews.reviews(session, caller, agreement_id, work.now.date())


@post(
    "/agreements/{agreement_id:uuid}/change-requests",
    operation_id="ask_agreement_change",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS, Role.MANAGER),
)
async def ask_agreement_change(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[ChangeRequestBody],
) -> Response[ChangeRequestOut]:
    """Ask for a change: it stays on the next review until it is decided."""
    return await work.command(
        lambda session: reviews.ask_change(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


@post(
    "/agreements/{agreement_id:uuid}/change-requests/{request_id:uuid}/decision",
    operation_id="decide_agreement_change",
    status_code=200,
    responses=answers(NotFound, AlreadyDecided, Invalid),
    **allow(*WRITERS),
)
async def decide_agreement_change(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    request_id: FromPath[UUID],
    data: JSONBody[ChangeRequestDecisionBody],
) -> Response[ChangeRequestOut]:
    """Keep the agreement, amend it or reject the wish, with a reason."""
    ids = (agreement_id, request_id)
    return await work.command(
        lambda session: reviews.decide_change(session, caller, ids, data, now=work.now)
    )


handlers = [
    agreement_reviews,
    ask_agreement_change,
    decide_agreement_change,
]
