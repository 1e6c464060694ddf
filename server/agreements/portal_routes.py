"""Agreements over HTTP for building managers: their own, and nothing internal."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import portal
from server.agreements.portal_schemas import PortalAgreementsOut, PromiseCardsOut
from server.agreements.promise_cards import promise_cards as cards
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work


@get("/portal/agreements", operation_id="portal_agreements", **allow(Role.MANAGER))
async def portal_agreements(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> PortalAgreementsOut:
    """The manager's agreements that are or were in force."""
    async with work.read() as session:
        return await portal.portal_agreements(session, caller)


@get(
    "/portal/promises",
    operation_id="portal_promise_cards",
    responses=answers(NotFound, Invalid),
    **allow(Role.MANAGER),
)
async def portal_promise_cards(
    work: NamedDependency[Work], caller: NamedDependency[Scope], site_id: FromQuery[UUID]
) -> PromiseCardsOut:
    """What is promised at one of the manager's sites today, service by service."""
    async with work.read() as session:
        return await cards(session, caller, site_id, work.now)


handlers = [portal_agreements, portal_promise_cards]
