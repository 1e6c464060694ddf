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
from server.planning.brief_schemas import BriefOut
from server.planning.mornings import read_brief


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
    fresh: FromQuery[bool] = False,
) -> BriefOut:
    """What the day before left behind, and what threatens this one.

    As it was made at seven that morning where it was, or as of now (`fresh`).
    """
    async with work.read() as session:
        return await read_brief(session, caller, (region_id, day), work.now, fresh=fresh)


handlers = [region_brief]
