"""A region's morning brief over HTTP."""

from datetime import date
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound
from server.kit.work import Work
from server.planning.brief import brief
from server.planning.brief_schemas import BriefOut


@get(
    "/regions/{region_id:uuid}/brief",
    operation_id="region_brief",
    responses=answers(NotFound, Invalid),
    **allow(Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE),
)
async def region_brief(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    *,
    day: FromQuery[date | None] = None,
) -> BriefOut:
    """What the day before left behind, and what threatens this one."""
    async with work.read() as session:
        return await brief(session, caller, region_id, day, work.now)


handlers = [region_brief]
