"""Regions and calendars over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Language, Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.regions import actions, queries
from server.regions.holidays import public_holidays
from server.regions.problems import UnknownCountry, UnknownSubdivision
from server.regions.schemas import (
    CalendarBody,
    CalendarOut,
    CalendarRevisionsOut,
    HolidaysOut,
    RegionBody,
    RegionChangeBody,
    RegionOut,
    TravelProfileOut,
)

READERS = (*STAFF_READERS, Role.TECHNICIAN)
Country = Annotated[str, QueryParameter(pattern="^[A-Za-z]{2}$")]
Year = Annotated[int, QueryParameter(ge=2000, le=2100)]


@get("/regions", operation_id="list_regions", **allow(*READERS))
async def list_regions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[RegionOut]:
    """The caller's regions by name."""
    async with work.read() as session:
        return await queries.regions(session, caller, limit=limit, cursor=cursor)


@get(
    "/regions/{region_id:uuid}",
    operation_id="get_region",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_region(
    work: NamedDependency[Work], caller: NamedDependency[Scope], region_id: FromPath[UUID]
) -> Response[RegionOut]:
    """One region."""
    async with work.read() as session:
        return shown(await queries.region(session, caller, region_id))


@post(
    "/regions",
    operation_id="create_region",
    responses=answers(AlreadyExists, Invalid, NotFound),
    **allow(Role.ADMIN),
)
async def create_region(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[RegionBody]
) -> Response[RegionOut]:
    """Open a region."""
    return await work.command(
        lambda session: actions.create_region(session, caller, data, work.now), status=201
    )


@patch(
    "/regions/{region_id:uuid}",
    operation_id="change_region",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(Role.ADMIN),
)
async def change_region(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    data: JSONBody[RegionChangeBody],
) -> Response[RegionOut]:
    """Change a region."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_region(
            session, caller, region_id, data, expected=expected, now=work.now
        )
    )


@get("/travel_profiles", operation_id="list_travel_profiles", **allow(*STAFF_READERS))
async def list_travel_profiles() -> list[TravelProfileOut]:
    """How fast trips are reckoned in each kind of region."""
    return queries.travel_profiles()


@get("/calendars", operation_id="list_calendars", **allow(*STAFF_READERS))
async def list_calendars(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[CalendarOut]:
    """All calendars by name."""
    async with work.read() as session:
        return await queries.calendars(session, caller, limit=limit, cursor=cursor)


@get(
    "/calendars/{calendar_id:uuid}",
    operation_id="get_calendar",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_calendar(
    work: NamedDependency[Work], caller: NamedDependency[Scope], calendar_id: FromPath[UUID]
) -> Response[CalendarOut]:
    """One calendar."""
    async with work.read() as session:
        return shown(await queries.calendar(session, caller, calendar_id))


@get(
    "/calendars/{calendar_id:uuid}/revisions",
    operation_id="calendar_revisions",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def calendar_revisions(
    work: NamedDependency[Work], caller: NamedDependency[Scope], calendar_id: FromPath[UUID]
) -> CalendarRevisionsOut:
    """How a calendar was before, newest first; changing one is in agreements."""
    async with work.read() as session:
        return await queries.calendar_revisions(session, caller, calendar_id)


@post(
    "/calendars",
    operation_id="create_calendar",
    responses=answers(AlreadyExists, Invalid),
    **allow(Role.ADMIN),
)
async def create_calendar(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[CalendarBody]
) -> Response[CalendarOut]:
    """Write down service hours."""
    return await work.command(
        lambda session: actions.create_calendar(session, caller, data, work.now), status=201
    )


@get(
    "/holidays",
    operation_id="list_public_holidays",
    responses=answers(Invalid, UnknownCountry, UnknownSubdivision),
    **allow(*STAFF_READERS),
)
async def list_public_holidays(
    country: Country,
    year: Year,
    subdivision: FromQuery[str | None] = None,
    language: FromQuery[Language | None] = None,
) -> HolidaysOut:
    """Public holidays to choose from; a calendar keeps its own list."""
    return HolidaysOut(items=public_holidays(country, subdivision, [year], language))


handlers = [
    list_regions,
    get_region,
    create_region,
    change_region,
    list_travel_profiles,
    list_calendars,
    get_calendar,
    calendar_revisions,
    create_calendar,
    list_public_holidays,
]
