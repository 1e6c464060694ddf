"""Comments over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.comments import actions, queries
from server.comments.schemas import CommentBody, CommentOut, CommentsOut
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work

READERS = (*STAFF_READERS, Role.MANAGER)
WRITERS = (Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE, Role.MANAGER)


@get(
    "/interventions/{intervention_id:uuid}/comments",
    operation_id="intervention_comments",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def intervention_comments(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> CommentsOut:
    """What the customer and the office wrote about an intervention."""
    async with work.read() as session:
        return await queries.of_intervention(session, caller, intervention_id)


@post(
    "/interventions/{intervention_id:uuid}/comments",
    operation_id="comment_on_intervention",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def comment_on_intervention(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[CommentBody],
) -> Response[CommentOut]:
    """Write to the other side about an intervention."""
    return await work.command(
        lambda session: actions.comment_on_intervention(
            session, caller, intervention_id, data, work.now
        ),
        status=201,
    )


@get(
    "/agreements/{agreement_id:uuid}/comments",
    operation_id="agreement_comments",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def agreement_comments(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> CommentsOut:
    """What the customer and the office wrote about an agreement."""
    async with work.read() as session:
        return await queries.of_agreement(session, caller, agreement_id)


@post(
    "/agreements/{agreement_id:uuid}/comments",
    operation_id="comment_on_agreement",
    responses=answers(NotFound, Invalid),
    **allow(*WRITERS),
)
async def comment_on_agreement(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[CommentBody],
) -> Response[CommentOut]:
    """Write to the other side about an agreement."""
    return await work.command(
        lambda session: actions.comment_on_agreement(session, caller, agreement_id, data, work.now),
        status=201,
    )


handlers = [
    intervention_comments,
    comment_on_intervention,
    agreement_comments,
    comment_on_agreement,
]
