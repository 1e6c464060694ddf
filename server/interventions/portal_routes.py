"""The building manager's portal over HTTP."""

from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions import portal, portal_actions
from server.interventions import portal_sites as sites
from server.interventions.portal_schemas import (
    PortalInterventionOut,
    PortalReportBody,
    PortalSiteOut,
    PortalTrailsOut,
)
from server.interventions.report_photo_schemas import LARGEST_REPORT
from server.interventions.report_photos import drawn
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.wire import Page
from server.kit.work import Work


@get(
    "/portal/sites",
    operation_id="portal_sites",
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def portal_sites(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[PortalSiteOut]:
    """The manager's buildings and how each lift stands."""
    async with work.read() as session:
        return await sites.portal_sites(session, caller, now=work.now, limit=limit, cursor=cursor)


@get(
    "/portal/interventions",
    operation_id="portal_interventions",
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def portal_interventions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    site_id: FromQuery[UUID | None] = None,
    asset_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[PortalInterventionOut]:
    """What was reported and planned for the manager's lifts, newest first."""
    async with work.read() as session:
        return await portal.portal_interventions(
            session,
            caller,
            portal.WantedHistory(site_id, asset_id),
            now=work.now,
            limit=limit,
            cursor=cursor,
        )


@get(
    "/portal/interventions/{intervention_id:uuid}",
    operation_id="portal_intervention",
    responses=answers(NotFound),
    **allow(Role.MANAGER),
)
async def portal_intervention(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> PortalInterventionOut:
    """One intervention: who comes when, what was promised, what has happened."""
    async with work.read() as session:
        return await portal.portal_intervention(session, caller, intervention_id, work.now)


@get(
    "/portal/interventions/{intervention_id:uuid}/trail",
    operation_id="portal_trail",
    responses=answers(NotFound),
    **allow(Role.MANAGER),
)
async def portal_trail(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> PortalTrailsOut:
    """Why each promise to the manager falls due when it does."""
    async with work.read() as session:
        return await portal.portal_trail(session, caller, intervention_id, work.now)


@post(
    "/portal/interventions",
    operation_id="portal_report",
    request_max_body_size=LARGEST_REPORT,
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def portal_report(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[PortalReportBody]
) -> Response[PortalInterventionOut]:
    """Report a fault, with up to three photos."""
    pictures = await drawn(data.photos)
    return await work.command(
        lambda session: portal_actions.portal_report(session, caller, data, work.now, pictures),
        status=201,
    )


handlers = [
    portal_sites,
    portal_interventions,
    portal_intervention,
    portal_trail,
    portal_report,
]
