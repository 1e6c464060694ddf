"""The agreements as a whole over HTTP: coverage, exposure, and the promise cards of a site."""

from datetime import date
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.agreements import overview
from server.agreements.portal_schemas import PromiseCardsOut
from server.agreements.promise_cards import promise_cards as cards
from server.agreements.region_promises import region_promises as promises_in
from server.agreements.schemas import CoverageOut, ExposuresOut, RegionPromisesOut
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work


@get(
    "/agreements/coverage",
    operation_id="agreement_coverage",
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def agreement_coverage(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    day: FromQuery[date | None] = None,
) -> CoverageOut:
    """Sites and services nobody promised anything for, today or on `day`."""
    async with work.read() as session:
        return await overview.coverage(session, caller, day or work.now.date())


@get("/agreements/exposures", operation_id="agreement_exposures", **allow(*STAFF_READERS))
async def agreement_exposures(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> ExposuresOut:
    """What the agreements in force can cost in a month at most."""
    async with work.read() as session:
        return await overview.exposures(session, caller, work.now)


@get(
    "/agreements/promises",
    operation_id="promise_cards",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def promise_cards(
    work: NamedDependency[Work], caller: NamedDependency[Scope], site_id: FromQuery[UUID]
) -> PromiseCardsOut:
    """What is promised at a site today, service by service."""
    async with work.read() as session:
        return await cards(session, caller, site_id, work.now)


@get(
    "/agreements/in_region",
    operation_id="region_promises",
    responses=answers(NotFound, Invalid),
    **allow(*STAFF_READERS),
)
async def region_promises(
    work: NamedDependency[Work], caller: NamedDependency[Scope], region_id: FromQuery[UUID]
) -> RegionPromisesOut:
    """How soon agreements in force promise to be at a region's sites, by severity."""
    async with work.read() as session:
        return await promises_in(session, caller, region_id, work.now)


handlers = [agreement_coverage, agreement_exposures, promise_cards, region_promises]
