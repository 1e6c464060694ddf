"""Links by which somebody without an account says how it was, over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import allow, public
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience import links
from server.experience.problems import FeedbackClosed, FeedbackLinkEnded
from server.experience.schemas import (
    FeedbackAskedOut,
    FeedbackByLinkBody,
    FeedbackLinkBody,
    FeedbackLinkOut,
)
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work


@post(
    "/interventions/{intervention_id:uuid}/feedback_links",
    operation_id="make_feedback_link",
    responses=answers(NotFound, Invalid, FeedbackClosed),
    **allow(Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE, Role.MANAGER),
)
async def make_feedback_link(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[FeedbackLinkBody],
) -> Response[FeedbackLinkOut]:
    """A link for one answer, for whoever lives or works there."""
    return await work.command(
        lambda session: links.make_link(session, caller, intervention_id, data, work.now),
        status=201,
    )


@get(
    "/feedback_by_link",
    operation_id="feedback_asked",
    responses=answers(FeedbackLinkEnded),
    **public(),
)
async def feedback_asked(work: NamedDependency[Work], token: FromQuery[str]) -> FeedbackAskedOut:
    """What a link asks about."""
    async with work.read() as session:
        return await links.asked(session, token, work.now)


@post(
    "/feedback_by_link",
    operation_id="answer_by_link",
    responses=answers(Invalid, FeedbackLinkEnded),
    **public(),
)
async def answer_by_link(
    work: NamedDependency[Work], data: JSONBody[FeedbackByLinkBody]
) -> Response[FeedbackAskedOut]:
    """Say how it was, once; what was not said yet may follow for half an hour."""
    return await work.command(lambda session: links.answer(session, data, work.now), status=201)


handlers = [make_feedback_link, feedback_asked, answer_by_link]
