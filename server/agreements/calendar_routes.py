"""Changing calendars over HTTP; reading and making them is in regions."""

from uuid import UUID

from litestar import Response, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements import calendar_changes
from server.agreements.problems import CalendarInForce
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale, VersionMissing
from server.kit.work import Work
from server.regions.schemas import CalendarChangeBody, CalendarOut


@patch(
    "/calendars/{calendar_id:uuid}",
    operation_id="change_calendar",
    responses=answers(NotFound, Stale, VersionMissing, Invalid, CalendarInForce),
    **allow(Role.ADMIN),
)
async def change_calendar(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    calendar_id: FromPath[UUID],
    data: JSONBody[CalendarChangeBody],
) -> Response[CalendarOut]:
    """Change a calendar and say why; hours somebody was promised stay as they are."""
    expected = work.expected_version
    return await work.change(
        lambda session: calendar_changes.change_calendar(
            session, caller, calendar_id, data, expected=expected, now=work.now
        )
    )


handlers = [change_calendar]
