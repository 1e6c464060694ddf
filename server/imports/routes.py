"""Importing tables over HTTP."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.imports import actions
from server.imports.problems import ImportChanged
from server.imports.schemas import LARGEST_FILE, ImportBody, ImportOut, KindName
from server.kit.http import answers
from server.kit.problems import Invalid
from server.kit.work import Work


@get(
    "/imports/template",
    operation_id="import_template",
    media_type="text/csv",
    responses=answers(Invalid),
    **allow(Role.ADMIN),
)
async def import_template(kind: FromQuery[KindName]) -> Response[str]:
    """An empty table of a kind, with a row to write over."""
    headers = {"Content-Disposition": f'attachment; filename="{kind}.csv"'}
    return Response(actions.template(kind), media_type="text/csv", headers=headers)


@post(
    "/imports",
    operation_id="import_table",
    status_code=200,
    responses=answers(ImportChanged, Invalid),
    request_max_body_size=2 * LARGEST_FILE,
    **allow(Role.ADMIN),
)
async def import_table(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ImportBody]
) -> Response[ImportOut]:
    """Look at a table, or write what was looked at: all of it, or nothing."""
    return await work.command(lambda session: actions.import_table(session, caller, data, work.now))


handlers = [import_template, import_table]
