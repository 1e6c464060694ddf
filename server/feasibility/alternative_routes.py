"""The alternatives of a draft over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.problems import NoticeTooShort, VersionImmutable, VersionsOverlap
from server.feasibility import alternatives
from server.feasibility.alternative_schemas import (
    AlternativeBody,
    AlternativeOut,
    AlternativesOut,
    PricesBody,
)
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, Stale
from server.kit.work import Work

PROMISING = (Role.ADMIN, Role.EXPERIENCE)
OF_A_VERSION = "/agreements/{agreement_id:uuid}/versions/{version_id:uuid}/alternatives"


@get(
    OF_A_VERSION,
    operation_id="list_alternatives",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def list_alternatives(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
) -> AlternativesOut:
    """What a version may promise instead: price, cost, and how this customer fared until now."""
    async with work.read() as session:
        ids = (agreement_id, version_id)
        return await alternatives.alternatives(session, caller, ids, work.now)


@post(
    OF_A_VERSION,
    operation_id="add_alternative",
    responses=answers(NotFound, VersionImmutable, Invalid),
    **allow(*PROMISING),
)
async def add_alternative(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    data: JSONBody[AlternativeBody],
) -> Response[AlternativeOut]:
    """Write down one more way to promise it, with its price."""
    ids = (agreement_id, version_id)
    return await work.command(
        lambda session: alternatives.add(session, caller, ids, data, now=work.now), status=201
    )


@post(
    OF_A_VERSION + "/{alternative_id:uuid}/prices",
    operation_id="price_alternative",
    responses=answers(NotFound, VersionImmutable, Stale, Invalid),
    **allow(*PROMISING),
)
async def price_alternative(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    *,
    version_id: FromPath[UUID],
    alternative_id: FromPath[UUID],
    data: JSONBody[PricesBody],
) -> Response[AlternativeOut]:
    """Set other prices: a new revision of the alternative."""
    ids = (agreement_id, version_id, alternative_id)
    return await work.command(
        lambda session: alternatives.reprice(session, caller, ids, data, now=work.now), status=201
    )


@post(
    OF_A_VERSION + "/{alternative_id:uuid}/choose",
    operation_id="choose_alternative",
    status_code=200,
    responses=answers(
        NotFound, VersionImmutable, AlreadyDecided, NoticeTooShort, VersionsOverlap, Stale, Invalid
    ),
    **allow(*PROMISING),
)
async def choose_alternative(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    agreement_id: FromPath[UUID],
    version_id: FromPath[UUID],
    alternative_id: FromPath[UUID],
) -> Response[AlternativeOut]:
    """Write this alternative's promise into the draft."""
    ids = (agreement_id, version_id, alternative_id)
    return await work.command(
        lambda session: alternatives.choose(session, caller, ids, now=work.now)
    )


handlers = [list_alternatives, add_alternative, price_alternative, choose_alternative]
