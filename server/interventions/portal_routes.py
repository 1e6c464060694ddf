"""The building manager's portal over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import allow, public
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions import choosing, portal, portal_actions, portal_calendar
from server.interventions import portal_sites as sites
from server.interventions.choosing_schemas import ChoicesForJobOut, ChooseBody
from server.interventions.portal_calendar_schemas import PortalCalendarBody, PortalCalendarOut
from server.interventions.portal_schemas import (
    PortalInterventionOut,
    PortalReportBody,
    PortalSiteOut,
    PortalTrailsOut,
)
from server.interventions.problems import ChoiceClosed
from server.interventions.report_photo_schemas import LARGEST_REPORT
from server.interventions.report_photos import drawn
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.wire import Page
from server.kit.work import Work
from server.roster.problems import CalendarFeedEnded

Token = Annotated[str, QueryParameter(max_length=200)]


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


@get(
    "/portal/interventions/{intervention_id:uuid}/choices",
    operation_id="portal_choices",
    responses=answers(NotFound),
    **allow(Role.MANAGER),
)
async def portal_choices(
    work: NamedDependency[Work], caller: NamedDependency[Scope], intervention_id: FromPath[UUID]
) -> ChoicesForJobOut:
    """When somebody may come, as the agreement lets the customer choose."""
    async with work.read() as session:
        return await choosing.choices_for(session, caller, intervention_id, work.now)


@post(
    "/portal/interventions/{intervention_id:uuid}/choices",
    operation_id="portal_choose",
    status_code=200,
    responses=answers(NotFound, Invalid, ChoiceClosed),
    **allow(Role.MANAGER),
)
async def portal_choose(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    intervention_id: FromPath[UUID],
    data: JSONBody[ChooseBody],
) -> Response[ChoicesForJobOut]:
    """Choose when somebody comes; the clocks count from then on."""
    return await work.command(
        lambda session: choosing.choose(session, caller, intervention_id, data, work.now)
    )


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


@get("/portal/calendar", operation_id="portal_calendar", **allow(Role.MANAGER))
async def own_calendar(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> PortalCalendarOut:
    """Whether the manager's calendar has an address."""
    async with work.read() as session:
        return await portal_calendar.standing(session, caller)


@post(
    "/portal/calendar",
    operation_id="change_portal_calendar",
    status_code=200,
    responses=answers(Invalid),
    **allow(Role.MANAGER),
)
async def change_own_calendar(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[PortalCalendarBody]
) -> Response[PortalCalendarOut]:
    """Give out a new secret address of the manager's calendar, or end the one there is."""
    return await work.command(
        lambda session: portal_calendar.change(session, caller, data, work.now)
    )


@get(
    "/portal/calendar.ics",
    operation_id="read_portal_calendar",
    media_type="text/calendar",
    responses=answers(CalendarFeedEnded, Invalid),
    **public(),
)
async def read_own_calendar(work: NamedDependency[Work], token: Token) -> Response[str]:
    """Who comes when and which certificate ends, for a calendar program that has the address."""
    async with work.read() as session:
        written = await portal_calendar.read(session, token, work.now)
    headers = {"Cache-Control": "private, no-store"}
    return Response(written, media_type="text/calendar", headers=headers)


handlers = [
    own_calendar,
    change_own_calendar,
    read_own_calendar,
    portal_sites,
    portal_interventions,
    portal_intervention,
    portal_trail,
    portal_choices,
    portal_choose,
    portal_report,
]
