"""Two versions of a day's plan compared: figures, and what each serves otherwise.

What was kept of each is `keeping`'s, comparing is `dispatch.day`'s.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.day import Otherwise, Served, otherwise, served
from dispatch.planning import parse_plan
from server.accounts.scope import Scope
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.planning.keeping import PlanFile, plan_file
from server.planning.problems import PlansDiffer
from server.planning.queries import plan_row, shown_plan
from server.planning.schemas import PlanComparisonOut, PlanDifferenceOut, PlanDiffOut
from server.planning.tables import Plan
from server.roster.tables import Technician
from server.sites.tables import Site

Rows = Mapping[str, tuple[Intervention, Site]]


async def comparison(
    session: AnySession, scope: Scope, plan_id: UUID, other_id: UUID
) -> PlanComparisonOut:
    """What the second version does otherwise than the first; refused for another day's."""
    first = await plan_row(session, scope, plan_id)
    second = await session.get(Plan, other_id)
    if second is None or (first.region_id, first.day) != (second.region_id, second.day):
        raise PlansDiffer
    files = [
        (
            await plan_file(session, scope, each, PlanFile.PROBLEM),
            await plan_file(session, scope, each, PlanFile.RESULT),
        )
        for each in (plan_id, other_id)
    ]
    lines = await asyncio.to_thread(_lines, files)
    rows = await _work(session, [each.work for each in lines])
    people = await _people(session, first.region_id)
    return PlanComparisonOut(
        first=_diff(shown_plan(first).diff).after,
        second=_diff(shown_plan(second).diff).after,
        differences=[_shown(each, rows, people) for each in lines if each.work in rows],
    )


def _diff(found: PlanDiffOut | None) -> PlanDiffOut:
    assert found is not None, "a plan with a result has its diff"
    return found


def _lines(files: Sequence[tuple[bytes, bytes]]) -> tuple[Otherwise, ...]:
    first, second = [served(parse_plan(plan), _origin(problem)) for problem, plan in files]
    return otherwise(first, second)


def _origin(problem: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(problem)["origin"])


async def _work(session: AnySession, numbers: Sequence[str]) -> Rows:
    query = (
        select(Intervention, Site)
        .join(Site, Site.id == Intervention.site_id)
        .where(Intervention.number.in_(numbers))
    )
    return {row.number: (row, site) for row, site in (await session.execute(query)).all()}


async def _people(session: AnySession, region_id: UUID) -> Mapping[str, str]:
    query = select(Technician.code, Technician.name).where(Technician.region_id == region_id)
    rows = await session.execute(query)
    return {row.code: row.name for row in rows}


def _shown(line: Otherwise, rows: Rows, people: Mapping[str, str]) -> PlanDifferenceOut:
    row, site = rows[line.work]
    return PlanDifferenceOut(
        intervention_id=row.id,
        number=row.number,
        severity=row.severity,  # type: ignore[arg-type]
        site_name=site.name,
        first_technician_name=_name(line.first, people),
        first_starts_at=None if line.first is None else line.first.starts_at,
        second_technician_name=_name(line.second, people),
        second_starts_at=None if line.second is None else line.second.starts_at,
    )


def _name(found: Served | None, people: Mapping[str, str]) -> str | None:
    """Whose it is; by the code where somebody has left the region since."""
    return None if found is None else people.get(found.technician, found.technician)
