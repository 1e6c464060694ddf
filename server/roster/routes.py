"""Technicians and shifts over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.roster import actions, queries
from server.roster.problems import ShiftOverlaps
from server.roster.queries import WantedShifts
from server.roster.schemas import (
    ShiftBody,
    ShiftChangeBody,
    ShiftOut,
    TechnicianBody,
    TechnicianChangeBody,
    TechnicianOut,
)

READERS = (*STAFF_READERS, Role.TECHNICIAN)
From = Annotated[datetime | None, QueryParameter(name="from")]
To = Annotated[datetime | None, QueryParameter(name="to")]


@get(
    "/technicians",
    operation_id="list_technicians",
    responses=answers(Invalid),
    **allow(*READERS),
)
async def list_technicians(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[TechnicianOut]:
    """The caller's technicians by name."""
    async with work.read() as session:
        return await queries.technicians(
            session, caller, region_id=region_id, limit=limit, cursor=cursor
        )


@get(
    "/technicians/{technician_id:uuid}",
    operation_id="get_technician",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_technician(
    work: NamedDependency[Work], caller: NamedDependency[Scope], technician_id: FromPath[UUID]
) -> Response[TechnicianOut]:
    """One technician."""
    async with work.read() as session:
        return shown(await queries.technician(session, caller, technician_id))


@post(
    "/technicians",
    operation_id="create_technician",
    responses=answers(AlreadyExists, Invalid),
    **allow(*DISPATCH),
)
async def create_technician(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[TechnicianBody]
) -> Response[TechnicianOut]:
    """Take on a technician."""
    return await work.command(
        lambda session: actions.create_technician(session, caller, data, work.now), status=201
    )


@patch(
    "/technicians/{technician_id:uuid}",
    operation_id="change_technician",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*DISPATCH),
)
async def change_technician(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    technician_id: FromPath[UUID],
    data: JSONBody[TechnicianChangeBody],
) -> Response[TechnicianOut]:
    """Change a technician."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_technician(
            session, caller, technician_id, data, expected=expected, now=work.now
        )
    )


@get("/shifts", operation_id="list_shifts", responses=answers(Invalid), **allow(*READERS))
async def list_shifts(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    technician_id: FromQuery[UUID | None] = None,
    since: From = None,
    until: To = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[ShiftOut]:
    """Shifts with any time between `from` and `to`, in the order they start."""
    wanted = WantedShifts(technician_id, since, until)
    async with work.read() as session:
        return await queries.shifts(session, caller, wanted, limit=limit, cursor=cursor)


@get(
    "/shifts/{shift_id:uuid}",
    operation_id="get_shift",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_shift(
    work: NamedDependency[Work], caller: NamedDependency[Scope], shift_id: FromPath[UUID]
) -> Response[ShiftOut]:
    """One shift."""
    async with work.read() as session:
        return shown(await queries.shift(session, caller, shift_id))


@post(
    "/shifts",
    operation_id="create_shift",
    responses=answers(ShiftOverlaps, Invalid),
    **allow(*DISPATCH),
)
async def create_shift(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ShiftBody]
) -> Response[ShiftOut]:
    """Put a shift in the roster."""
    return await work.command(
        lambda session: actions.create_shift(session, caller, data, work.now), status=201
    )


@patch(
    "/shifts/{shift_id:uuid}",
    operation_id="change_shift",
    responses=answers(NotFound, Stale, VersionMissing, ShiftOverlaps, Invalid),
    **allow(*DISPATCH),
)
async def change_shift(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    shift_id: FromPath[UUID],
    data: JSONBody[ShiftChangeBody],
) -> Response[ShiftOut]:
    """Change a shift."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_shift(
            session, caller, shift_id, data, expected=expected, now=work.now
        )
    )


@delete(
    "/shifts/{shift_id:uuid}",
    operation_id="delete_shift",
    responses=answers(NotFound, Stale, VersionMissing),
    **allow(*DISPATCH),
)
async def delete_shift(
    work: NamedDependency[Work], caller: NamedDependency[Scope], shift_id: FromPath[UUID]
) -> None:
    """Take a shift out of the roster."""
    expected = work.expected_version
    async with work.database.write() as session:
        await actions.delete_shift(session, caller, shift_id, expected=expected, now=work.now)


handlers = [
    list_technicians,
    get_technician,
    create_technician,
    change_technician,
    list_shifts,
    get_shift,
    create_shift,
    change_shift,
    delete_shift,
]
