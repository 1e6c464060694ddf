"""What follows if a visit takes longer than planned, over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.interventions.problems import VisitFrozen
from server.kit.http import answers
from server.kit.problems import NotFound
from server.kit.work import Work
from server.planning.overrun_schemas import CascadeOut
from server.planning.overruns import cascade_of

MOST_MINUTES = 720


@get(
    "/visits/{visit_id:uuid}/cascade",
    operation_id="visit_cascade",
    responses=answers(NotFound, VisitFrozen),
    **allow(*STAFF_READERS),
)
async def visit_cascade(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    visit_id: FromPath[UUID],
    overrun_minutes: Annotated[int, QueryParameter(ge=0, le=MOST_MINUTES)] = 0,
) -> CascadeOut:
    """Which later visits slip, and whose promises turn, if this one takes so much longer."""
    async with work.read() as session:
        return await cascade_of(session, caller, visit_id, overrun_minutes, work.now)


handlers = [visit_cascade]
