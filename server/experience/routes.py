"""Feedback over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience import actions, irritation_routes, link_routes, pulse_routes, queries
from server.experience.problems import FeedbackClosed
from server.experience.queries import WantedFeedback
from server.experience.schemas import FeedbackBody, FeedbackOut
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.wire import Page
from server.kit.work import Work


@get(
    "/feedback",
    operation_id="list_feedback",
    responses=answers(Invalid),
    **allow(*STAFF_READERS, Role.MANAGER),
)
async def list_feedback(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    intervention_id: FromQuery[UUID | None] = None,
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[FeedbackOut]:
    """What people said about the work done for them, the newest first."""
    wanted = WantedFeedback(intervention_id, region_id, customer_id)
    async with work.read() as session:
        return await queries.feedback(session, caller, wanted, limit=limit, cursor=cursor)


@post(
    "/feedback",
    operation_id="give_feedback",
    responses=answers(Invalid, FeedbackClosed),
    **allow(Role.MANAGER),
)
async def give_feedback(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[FeedbackBody]
) -> Response[FeedbackOut]:
    """Say how it was, within thirty days of its end; said again, the newer answer stands."""
    return await work.command(
        lambda session: actions.give_feedback(session, caller, data, work.now), status=201
    )


handlers = [
    list_feedback,
    give_feedback,
    *link_routes.handlers,
    *irritation_routes.handlers,
    *pulse_routes.handlers,
]
