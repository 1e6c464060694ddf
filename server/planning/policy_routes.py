"""What a region's days are planned by, over HTTP."""

from uuid import UUID

from litestar import Response, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale
from server.kit.work import Work, shown
from server.planning import policy
from server.planning.policy_schemas import PlanningPolicyOut, PolicyBody


@get(
    "/regions/{region_id:uuid}/planning-policy",
    operation_id="get_planning_policy",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_planning_policy(
    work: NamedDependency[Work], caller: NamedDependency[Scope], region_id: FromPath[UUID]
) -> Response[PlanningPolicyOut]:
    """The goals of a region, between what they may be, and who changed them."""
    async with work.read() as session:
        return shown(await policy.policy(session, caller, region_id))


@patch(
    "/regions/{region_id:uuid}/planning-policy",
    operation_id="change_planning_policy",
    responses=answers(NotFound, Invalid, Stale),
    **allow(*DISPATCH),
)
async def change_planning_policy(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    region_id: FromPath[UUID],
    data: JSONBody[PolicyBody],
) -> Response[PlanningPolicyOut]:
    """Set the goals of a region, from its next plan on."""
    return await work.change(
        lambda session: policy.change_policy(
            session, caller, region_id, data, seen=work.expected_version, now=work.now
        )
    )


handlers = [get_planning_policy, change_planning_policy]
