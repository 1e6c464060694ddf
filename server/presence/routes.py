"""Working days and positions over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import DISPATCH, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.presence import actions, location
from server.presence.location import keeping_of
from server.presence.problems import LocationNotOffered, NoticeOutdated
from server.presence.schemas import (
    DutyCommandsBody,
    DutyResultsOut,
    KeptPositionsOut,
    LocationBody,
    LocationOut,
    PositionsBody,
    SeenPositionsOut,
)
from server.roster.queries import WantedShifts
from server.settings import Settings


@post(
    "/technicians/{technician_id:uuid}/commands",
    operation_id="command_technician",
    status_code=200,
    responses=answers(NotFound),
    **allow(*DISPATCH, Role.TECHNICIAN),
)
async def command_technician(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    technician_id: FromPath[UUID],
    data: JSONBody[DutyCommandsBody],
) -> Response[DutyResultsOut]:
    """Say something of a working day: a shift begun or ended, a break, being sick or fit again.

    Command ids make repeating harmless, so an Idempotency-Key is welcome but not asked for.
    """
    commands = data.root if isinstance(data.root, list) else [data.root]
    carry_out = work.command if "idempotency-key" in work.request.headers else work.change
    return await carry_out(
        lambda session: actions.command_duty(session, caller, technician_id, commands, work.now)
    )


@post(
    "/location",
    operation_id="switch_location",
    status_code=200,
    responses=answers(LocationNotOffered, NoticeOutdated),
    **allow(Role.TECHNICIAN),
)
async def switch_location(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    data: JSONBody[LocationBody],
) -> Response[LocationOut]:
    """Allow being located while at work, or end it: from this moment on."""
    keeping = keeping_of(settings)
    return await work.command(
        lambda session: location.switch(session, caller, data, keeping, work.now)
    )


@post("/positions", operation_id="send_positions", status_code=200, **allow(Role.TECHNICIAN))
async def send_positions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    data: JSONBody[PositionsBody],
) -> Response[KeptPositionsOut]:
    """Say where the phone was while at work; what falls outside is forgotten, not stored."""
    keeping = keeping_of(settings)
    return await work.command(
        lambda session: location.keep(session, caller, data.positions, keeping, work.now)
    )


@get(
    "/positions",
    operation_id="read_positions",
    responses=answers(NotFound, Invalid),
    **allow(*DISPATCH),
)
async def read_positions(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    technician_id: FromQuery[UUID],
    since: Annotated[datetime, QueryParameter(name="from")],
    until: Annotated[datetime, QueryParameter(name="to")],
    reason: Annotated[str, QueryParameter(min_length=3, max_length=200)],
) -> SeenPositionsOut:
    """Where a technician was, and why that is looked at: both are written down."""
    WantedShifts(technician_id, since, until)
    async with work.database.write() as session:
        return await location.history(
            session, caller, technician_id, (since, until), reason=reason, now=work.now
        )


handlers = [command_technician, switch_location, send_positions, read_positions]
