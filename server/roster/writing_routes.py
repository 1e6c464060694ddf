"""Usual weeks, on-call rotas and calendar feeds over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from server.accounts.guards import DISPATCH, allow, public
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale, VersionMissing
from server.kit.work import Work
from server.roster import calendar_entries, calendar_feed, writing_out
from server.roster.calendar_feed import CalendarFeedBody, CalendarFeedOut
from server.roster.calendar_fetching import LARGEST_CALENDAR, fetching
from server.roster.problems import CalendarFeedEnded
from server.roster.writing_schemas import (
    CalendarEntriesBody,
    CalendarReadingBody,
    CalendarReadingOut,
    RotaBody,
    WeekBody,
    WrittenOut,
)
from server.settings import Settings

Token = Annotated[str, QueryParameter(max_length=200)]


@post(
    "/technicians/{technician_id:uuid}/week",
    operation_id="write_week",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def write_week(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    technician_id: FromPath[UUID],
    data: JSONBody[WeekBody],
) -> Response[WrittenOut]:
    """Write a usual week out into shifts; those that are there already stay."""
    return await work.command(
        lambda session: writing_out.write_week(session, caller, technician_id, data, work.now)
    )


@post(
    "/on_call_rota",
    operation_id="write_on_call_rota",
    status_code=200,
    responses=answers(Invalid),
    **allow(*DISPATCH),
)
async def write_on_call_rota(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[RotaBody]
) -> Response[WrittenOut]:
    """Put technicians on call in turn."""
    return await work.command(
        lambda session: writing_out.write_rota(session, caller, data, work.now)
    )


@patch(
    "/technicians/{technician_id:uuid}/calendar_feed",
    operation_id="change_calendar_feed",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*DISPATCH, Role.TECHNICIAN),
)
async def change_calendar_feed(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    technician_id: FromPath[UUID],
    data: JSONBody[CalendarFeedBody],
) -> Response[CalendarFeedOut]:
    """Give out a new secret address of a technician's calendar, or take it back.

    The address is told this once; an earlier one ends. If-Match names the technician's version.
    """
    expected = work.expected_version
    return await work.change(
        lambda session: calendar_feed.change_feed(
            session, caller, technician_id, data, expected=expected, now=work.now
        )
    )


@get(
    "/calendar.ics",
    operation_id="calendar_feed",
    media_type="text/calendar",
    responses=answers(CalendarFeedEnded, Invalid),
    **public(),
)
async def read_calendar_feed(work: NamedDependency[Work], token: Token) -> Response[str]:
    """A technician's shifts and absences for a calendar program: whoever has the address may."""
    async with work.read() as session:
        calendar = await calendar_feed.feed(session, token, work.now)
    headers = {"Cache-Control": "private, no-store"}
    return Response(calendar, media_type="text/calendar", headers=headers)


@post(
    "/technicians/{technician_id:uuid}/calendar_reading",
    operation_id="read_calendar",
    status_code=200,
    responses=answers(NotFound, Invalid),
    request_max_body_size=2 * LARGEST_CALENDAR,
    **allow(*DISPATCH),
)
async def read_calendar(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    technician_id: FromPath[UUID],
    data: JSONBody[CalendarReadingBody],
) -> CalendarReadingOut:
    """What stands in a calendar somebody keeps elsewhere; nothing of it is written or kept."""
    fetch = fetching(settings.calendar_hosts)
    return await calendar_entries.read(work.database, caller, technician_id, data, fetch)


@post(
    "/technicians/{technician_id:uuid}/calendar_entries",
    operation_id="write_calendar_entries",
    status_code=200,
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def write_calendar_entries(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    technician_id: FromPath[UUID],
    data: JSONBody[CalendarEntriesBody],
) -> Response[WrittenOut]:
    """Write chosen entries of a calendar as absences or shifts; what is there already stays."""
    return await work.command(
        lambda session: calendar_entries.write(session, caller, technician_id, data, work.now)
    )


handlers = [
    read_calendar,
    write_calendar_entries,
    write_week,
    write_on_call_rota,
    change_calendar_feed,
    read_calendar_feed,
]
