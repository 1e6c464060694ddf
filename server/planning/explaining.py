"""Why a plan serves a piece of work late or not at all, worked out from the plan's own files.

The reasons are found in `dispatch.planning`; here they are told with names and instants.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from dispatch.day import MOMENTS, person_of
from dispatch.planning import (
    Flip,
    Plan,
    PlanDifference,
    Problem,
    Reason,
    Remedy,
    WhyLate,
    late_jobs,
    parse_plan,
    parse_problem,
    remedies,
    why_late,
)
from server.accounts.scope import Scope
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.planning.explanation_schemas import (
    ChangeNeededOut,
    ExplanationOut,
    Facts,
    LateOut,
    LinkOut,
    RemedyOut,
    WayOut,
)
from server.planning.keeping import PlanFile, plan_file
from server.planning.queries import plan_row
from server.roster.queries import names_by_code


@dataclass(frozen=True, slots=True)
class _Asked:
    """A plan with its question, and the names of its people."""

    problem: Problem
    plan: Plan
    people: Mapping[str, str]

    def name(self, technician: str) -> str:
        """Whose stretch it is; by the code where nobody has it any more."""
        code = person_of(technician)
        return self.people.get(code, code)

    def instant(self, seconds: int) -> datetime:
        return self.problem.origin + timedelta(seconds=seconds)

    def facts(self, facts: Mapping[str, int | str | None]) -> Facts:
        return {name: self._fact(name, value) for name, value in facts.items()}

    def _fact(self, name: str, value: int | str | None) -> int | str | None:
        if name in MOMENTS and isinstance(value, int):
            return self.instant(value).isoformat()
        if name in {"locked_technician", "technician"} and isinstance(value, str):
            return self.name(value)
        return value


async def explanation(
    session: AnySession, scope: Scope, plan_id: UUID, intervention_id: UUID
) -> ExplanationOut:
    """Why this work is late in this plan, or what would let it be done."""
    await plan_row(session, scope, plan_id)
    work = await session.get(Intervention, intervention_id)
    if work is None or not scope.sees_region(work.region_id):
        raise NotFound
    problem = await plan_file(session, scope, plan_id, PlanFile.PROBLEM)
    result = await plan_file(session, scope, plan_id, PlanFile.RESULT)
    asked = await asyncio.to_thread(parse_problem, problem)
    codes = (person_of(each.id) for each in asked.technicians)
    people = await names_by_code(session, codes)
    return await asyncio.to_thread(_explained, work, asked, result, people)


def _explained(
    work: Intervention, problem: Problem, result: bytes, people: Mapping[str, str]
) -> ExplanationOut:
    asked = _Asked(problem, parse_plan(result), people)
    late, ways = None, []
    if work.number in late_jobs(asked.problem, asked.plan):
        late = _late(asked, why_late(asked.problem, asked.plan, work.number))
    if work.number in {left.job for left in asked.plan.unassigned}:
        ways = [_remedy(asked, each) for each in remedies(asked.problem, asked.plan, work.number)]
    return ExplanationOut(work.id, late, ways)


def _late(asked: _Asked, why: WhyLate) -> LateOut:
    soonest = why.soonest
    return LateOut(
        due_at=asked.instant(why.due),
        starts_at=asked.instant(why.start),
        lateness_seconds=why.lateness,
        since=why.chain.since.code.value,
        since_at=asked.instant(why.chain.since.moment),
        links=[
            LinkOut(link.code, link.seconds, asked.name(link.technician), link.job)
            for link in why.chain.links
        ],
        is_in_reach=why.is_in_reach,
        soonest_at=None if soonest is None else asked.instant(soonest.start),
        soonest_names=[] if soonest is None else [asked.name(each) for each in soonest.technicians],
        ways=[_way(asked, each.technician, each.start, each.difference) for each in why.in_time],
    )


def _remedy(asked: _Asked, remedy: Remedy) -> RemedyOut:
    return RemedyOut(
        way=_way(asked, remedy.technician, remedy.start, remedy.difference),
        changes=[_change(asked, each) for each in remedy.changes],
        left_out_instead=list(remedy.drops),
    )


def _way(asked: _Asked, technician: str, start: int, difference: PlanDifference) -> WayOut:
    return WayOut(
        technician_name=asked.name(technician),
        starts_at=asked.instant(start),
        cost=difference.total,
        moved=len(difference.changes),
        broken=sum(change.flip is Flip.BROKEN for change in difference.changes),
    )


def _change(asked: _Asked, reason: Reason) -> ChangeNeededOut:
    return ChangeNeededOut(
        technician_name="" if reason.technician is None else asked.name(reason.technician),
        code=reason.code,
        facts=asked.facts(reason.facts),
        would_need=asked.facts(reason.would_need),
    )
