"""Absences over HTTP."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import DISPATCH, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyDecided, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work
from server.roster import absences
from server.roster.queries import WantedShifts
from server.roster.schemas import (
    AbsenceBody,
    AbsenceDecisionBody,
    AbsenceOut,
    AbsenceRequestBody,
    AbsenceState,
)


@get(
    "/absences",
    operation_id="list_absences",
    responses=answers(Invalid),
    **allow(*DISPATCH, Role.TECHNICIAN),
)
async def list_absences(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    technician_id: FromQuery[UUID | None] = None,
    since: Annotated[datetime | None, QueryParameter(name="from")] = None,
    until: Annotated[datetime | None, QueryParameter(name="to")] = None,
    standing: Annotated[AbsenceState | None, QueryParameter(name="state")] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[AbsenceOut]:
    """Absences with any time between `from` and `to`, in the order they start."""
    wanted = WantedShifts(technician_id, since, until)
    async with work.read() as session:
        return await absences.absences(
            session, caller, wanted, limit=limit, cursor=cursor, state=standing
        )


@post("/absences", operation_id="record_absence", responses=answers(Invalid), **allow(*DISPATCH))
async def record_absence(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[AbsenceBody]
) -> Response[AbsenceOut]:
    """Write down that a technician is away: nobody is sent where they are not."""
    return await work.command(
        lambda session: absences.record_absence(session, caller, data, work.now), status=201
    )


@post(
    "/absences/requests",
    operation_id="request_absence",
    responses=answers(Invalid, NotFound),
    **allow(Role.TECHNICIAN),
)
async def request_absence(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[AbsenceRequestBody],
) -> Response[AbsenceOut]:
    """Ask to be away; it counts once the office has approved it."""
    return await work.command(
        lambda session: absences.request_absence(session, caller, data, work.now), status=201
    )


@post(
    "/absences/{absence_id:uuid}/decision",
    operation_id="decide_absence",
    status_code=200,
    responses=answers(NotFound, AlreadyDecided, Invalid),
    **allow(*DISPATCH),
)
async def decide_absence(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    absence_id: FromPath[UUID],
    data: JSONBody[AbsenceDecisionBody],
) -> Response[AbsenceOut]:
    """Approve or refuse what a technician asked for."""
    return await work.command(
        lambda session: absences.decide_absence(session, caller, absence_id, data, work.now)
    )


@delete(
    "/absences/{absence_id:uuid}",
    operation_id="remove_absence",
    responses=answers(NotFound, AlreadyDecided, Stale, VersionMissing),
    **allow(*DISPATCH, Role.TECHNICIAN),
)
async def remove_absence(
    work: NamedDependency[Work], caller: NamedDependency[Scope], absence_id: FromPath[UUID]
) -> None:
    """Take an absence back; a technician only what they asked for and nobody has decided."""
    expected = work.expected_version
    async with work.database.write() as session:
        await absences.remove_absence(session, caller, absence_id, expected=expected, now=work.now)


handlers = [list_absences, record_absence, request_absence, decide_absence, remove_absence]
