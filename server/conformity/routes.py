"""Whether agreements are in order, over HTTP, for staff who read."""

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.scope import Scope
from server.conformity import queries
from server.conformity.hygiene import hygiene
from server.conformity.schemas import ConformityOut, HygieneOut
from server.kit.http import answers
from server.kit.problems import NotFound
from server.kit.work import Work


@get("/agreements/conformity", operation_id="agreement_conformity", **allow(*STAFF_READERS))
async def agreement_conformity(work: NamedDependency[Work]) -> ConformityOut:
    """What the last night found against agreements in force."""
    async with work.read() as session:
        return await queries.conformity(session)


@get(
    "/agreements/{agreement_id:uuid}/hygiene",
    operation_id="agreement_hygiene",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def agreement_hygiene(
    work: NamedDependency[Work], caller: NamedDependency[Scope], agreement_id: FromPath[UUID]
) -> HygieneOut:
    """How far an agreement is in order, and what it lacks."""
    async with work.read() as session:
        return await hygiene(session, caller, agreement_id, work.now)


handlers = [agreement_conformity, agreement_hygiene]
