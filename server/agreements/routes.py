"""Agreements over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import actions, queries
from server.agreements.problems import VersionsOverlap
from server.agreements.schemas import AgreementBody, AgreementOut, AgreementVersionBody
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound
from server.kit.wire import Page
from server.kit.work import Work, shown

READERS = (*STAFF_READERS, Role.MANAGER)
WRITERS = (Role.ADMIN, Role.EXPERIENCE)


@get("/agreements", operation_id="list_agreements", responses=answers(Invalid), **allow(*READERS))
async def list_agreements(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    customer_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[AgreementOut]:
    """The caller's agreements by number, with all versions and targets."""
    async with work.read() as session:
        return await queries.agreements(
            session, caller, customer_id=customer_id, limit=limit, cursor=cursor
        )


@get(
    "/agreements/{agreement_id:uuid}",
    operation_id="get_agreement",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_agreement(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> Response[AgreementOut]:
    """One agreement with all versions and targets."""
    async with work.read() as session:
        return shown(await queries.agreement(session, caller, agreement_id))


@post(
    "/agreements",
    operation_id="create_agreement",
    responses=answers(AlreadyExists, VersionsOverlap, Invalid),
    **allow(*WRITERS),
)
async def create_agreement(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[AgreementBody]
) -> Response[AgreementOut]:
    """Sign an agreement."""
    return await work.command(
        lambda session: actions.create_agreement(session, caller, data, work.now), status=201
    )


@post(
    "/agreements/{agreement_id:uuid}/versions",
    operation_id="add_agreement_version",
    responses=answers(NotFound, VersionsOverlap, Invalid),
    **allow(*WRITERS),
)
async def add_agreement_version(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    data: JSONBody[AgreementVersionBody],
) -> Response[AgreementOut]:
    """Add a version; the open-ended one before it ends the day it begins."""
    return await work.command(
        lambda session: actions.add_version(session, caller, agreement_id, data, now=work.now),
        status=201,
    )


handlers = [list_agreements, get_agreement, create_agreement, add_agreement_version]
