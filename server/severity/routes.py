"""Severity matrices over HTTP."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.work import Work, shown
from server.severity import actions, queries
from server.severity.schemas import SeverityMatrixBody, SeverityMatrixChangeBody, SeverityMatrixOut


@get(
    "/severity_matrices",
    operation_id="list_severity_matrices",
    responses=answers(),
    **allow(*STAFF_READERS),
)
async def list_severity_matrices(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> list[SeverityMatrixOut]:
    """All that are written, the house's first."""
    async with work.read() as session:
        return await queries.matrices(session, caller)


@get(
    "/severity_matrices/{matrix_id:uuid}",
    operation_id="get_severity_matrix",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_severity_matrix(
    work: NamedDependency[Work], caller: NamedDependency[Scope], matrix_id: FromPath[UUID]
) -> Response[SeverityMatrixOut]:
    """One of them."""
    async with work.read() as session:
        return shown(await queries.one_matrix(session, caller, matrix_id))


@get(
    "/severity_matrix",
    operation_id="severity_matrix_in_force",
    responses=answers(Invalid),
    **allow(*STAFF_READERS),
)
async def severity_matrix_in_force(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    customer_id: FromQuery[UUID | None] = None,
) -> SeverityMatrixOut:
    """What two answers propose for a call of this customer."""
    async with work.read() as session:
        return await queries.matrix(session, caller, customer_id)


@post(
    "/severity_matrices",
    operation_id="create_severity_matrix",
    responses=answers(AlreadyExists, Invalid),
    **allow(Role.ADMIN),
)
async def create_severity_matrix(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[SeverityMatrixBody]
) -> Response[SeverityMatrixOut]:
    """Write the house's matrix, or the one agreed with a customer."""
    return await work.command(
        lambda session: actions.create_matrix(session, caller, data, work.now), status=201
    )


@patch(
    "/severity_matrices/{matrix_id:uuid}",
    operation_id="change_severity_matrix",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(Role.ADMIN),
)
async def change_severity_matrix(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    matrix_id: FromPath[UUID],
    data: JSONBody[SeverityMatrixChangeBody],
) -> Response[SeverityMatrixOut]:
    """Propose other severities from the next call on."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_matrix(
            session, caller, matrix_id, data, expected=expected, now=work.now
        )
    )


@delete(
    "/severity_matrices/{matrix_id:uuid}",
    operation_id="remove_severity_matrix",
    responses=answers(NotFound, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def remove_severity_matrix(
    work: NamedDependency[Work], caller: NamedDependency[Scope], matrix_id: FromPath[UUID]
) -> None:
    """Let what holds for everybody hold here as well."""
    expected = work.expected_version
    async with work.database.write() as session:
        await actions.remove_matrix(session, caller, matrix_id, expected=expected, now=work.now)


handlers = [
    list_severity_matrices,
    get_severity_matrix,
    severity_matrix_in_force,
    create_severity_matrix,
    change_severity_matrix,
    remove_severity_matrix,
]
