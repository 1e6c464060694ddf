"""A region's goals of planning: read for screens and for the planner, and set anew.

What they mean and between what they may be is `dispatch.day.policy`'s.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sqlalchemy import Select, select

from dispatch.day import GOALS, Weights, policy_faults, weights_of
from server.accounts.scope import Scope
from server.kit.database import AnySession, Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.planning.policy_schemas import (
    GoalChangeOut,
    GoalOut,
    PlanningPolicyOut,
    PolicyBody,
    PolicyVersionOut,
)
from server.planning.policy_tables import PlanningPolicy
from server.regions.queries import region_row
from server.regions.tables import Region

SHOWN_VERSIONS = 20


async def weights_for(session: AnySession, region_id: UUID) -> Weights:
    """The weights this region's days are planned by."""
    query = _newest_first(region_id).limit(1)
    row = await session.scalar(query)
    return weights_of({} if row is None else row.goals)


async def policy(session: AnySession, scope: Scope, region_id: UUID) -> PlanningPolicyOut:
    """The goals of a region as they stand, and how they came about."""
    await region_row(session, scope, region_id)
    rows = (await session.scalars(_newest_first(region_id).limit(SHOWN_VERSIONS + 1))).all()
    return _shown(region_id, rows)


async def change_policy(
    session: Session, scope: Scope, region_id: UUID, data: PolicyBody, *, seen: int, now: datetime
) -> PlanningPolicyOut:
    """Set the goals of a region; refused if somebody has set them since they were seen."""
    await region_row(session, scope, region_id)
    # Whoever sets the same region's goals waits for us.
    lock = select(Region.id).where(Region.id == region_id).with_for_update()
    await session.execute(lock)
    newest = await session.scalar(_newest_first(region_id).limit(1))
    number = 0 if newest is None else newest.number
    require_version(number, seen)
    if faults := policy_faults(data.goals):
        raise Invalid(faults)
    chosen = {name: value for name, value in data.goals.items() if value != GOALS[name].usual}
    session.add(
        PlanningPolicy(
            region_id=region_id,
            number=number + 1,
            goals=chosen,
            reason=data.reason,
            made_by=scope.name,
            made_at=now,
        )
    )
    await session.flush()
    about = About(region_id=region_id)
    told = Happening("planning_policy_changed", about, {"number": number + 1})
    await announce(session, scope.actor, now, told)
    return await policy(session, scope, region_id)


def _newest_first(region_id: UUID) -> Select[PlanningPolicy]:
    return (
        select(PlanningPolicy)
        .where(PlanningPolicy.region_id == region_id)
        .order_by(PlanningPolicy.number.desc())
    )


def _shown(region_id: UUID, rows: Sequence[PlanningPolicy]) -> PlanningPolicyOut:
    chosen = rows[0].goals if rows else {}
    return PlanningPolicyOut(
        region_id=region_id,
        version=rows[0].number if rows else 0,
        goals=[
            GoalOut(
                name=goal.name,
                value=chosen.get(goal.name, goal.usual),
                usual=goal.usual,
                least=goal.least,
                most=goal.most,
                is_rate=goal.is_rate,
            )
            for goal in GOALS.values()
        ],
        history=[
            PolicyVersionOut(
                number=row.number,
                made_by=row.made_by,
                made_at=row.made_at,
                reason=row.reason,
                changes=list(_changes({} if before is None else before.goals, row.goals)),
            )
            for row, before in pairwise([*rows, None])
            if row is not None
        ][:SHOWN_VERSIONS],
    )


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> Iterable[GoalChangeOut]:
    for goal in GOALS.values():
        was, now = before.get(goal.name, goal.usual), after.get(goal.name, goal.usual)
        if was != now:
            yield GoalChangeOut(goal.name, was, now)
