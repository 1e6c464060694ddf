"""What falls due for prevention over HTTP."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.interventions.prevention import due_list
from server.interventions.prevention_schemas import DueListOut
from server.kit.http import answers
from server.kit.problems import NotFound
from server.kit.work import Work


@get(
    "/regions/{region_id:uuid}/prevention",
    operation_id="region_prevention",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def region_prevention(
    work: NamedDependency[Work], caller: NamedDependency[Scope], region_id: FromPath[UUID]
) -> DueListOut:
    """Maintenance and inspections that fall due, by interval or by certificate."""
    async with work.read() as session:
        return await due_list(session, caller, region_id, work.now)


handlers = [region_prevention]
