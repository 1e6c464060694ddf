"""The register over HTTP: out as a document or a table, in as a document."""

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.register import export_register as exported
from server.agreements.register import register_table
from server.agreements.register_reading import import_register as imported
from server.agreements.register_schemas import RegisterBody, RegisterReadOut
from server.files.downloads import disposition
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.work import Work

# Signed files come with it, in base64.
LARGEST_REGISTER = 64 * 1024 * 1024


@get("/agreements/register", operation_id="export_register", **allow(*STAFF_READERS))
async def export_register(work: NamedDependency[Work]) -> Response[dict[str, Any]]:
    """The whole register by codes, signed files included, ready to be read in elsewhere."""
    async with work.read() as session:
        return Response(await exported(session))


@get(
    "/agreements/register.csv",
    operation_id="export_register_table",
    media_type="text/csv",
    **allow(*STAFF_READERS),
)
async def export_register_table(work: NamedDependency[Work]) -> Response[str]:
    """The register as a table, one line for each version."""
    async with work.read() as session:
        table = await register_table(session)
    headers = {"Content-Disposition": disposition("agreements.csv")}
    return Response(table, media_type="text/csv", headers=headers)


@post(
    "/agreements/register",
    operation_id="import_register",
    status_code=200,
    responses=answers(Invalid),
    request_max_body_size=LARGEST_REGISTER,
    **allow(Role.ADMIN),
)
async def import_register(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[RegisterBody]
) -> Response[RegisterReadOut]:
    """Read a register in: all of it, or every fault by its path. What stands here is kept."""
    return await work.command(lambda session: imported(session, caller, data, now=work.now))


handlers = [export_register, export_register_table, import_register]
