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
from server.roster.queries import names_by_code
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
    lines, only_first, only_second = await asyncio.to_thread(_lines, files)
    rows = await _work(session, [each.work for each in lines])
    people = await names_by_code(
        session,
        (found.technician for line in lines for found in (line.first, line.second) if found),
    )
    return PlanComparisonOut(
        first=_diff(shown_plan(first).diff).after,
        second=_diff(shown_plan(second).diff).after,
        differences=[_shown(each, rows, people) for each in lines if each.work in rows],
        only_first=only_first,
        only_second=only_second,
    )


def _diff(found: PlanDiffOut | None) -> PlanDiffOut:
    assert found is not None, "a plan with a result has its diff"
    return found


def _lines(files: Sequence[tuple[bytes, bytes]]) -> tuple[list[Otherwise], int, int]:
    """What is served otherwise of the work both were asked about, and how much only one was."""
    (first, first_asked), (second, second_asked) = [_read(*each) for each in files]
    both = first_asked & second_asked
    lines = [each for each in otherwise(first, second) if each.work in both]
    return lines, len(first_asked - both), len(second_asked - both)


def _read(problem: bytes, plan: bytes) -> tuple[dict[str, Served], set[str]]:
    """Who does what in a version, and all the work it was asked about."""
    question = json.loads(problem)
    origin = datetime.fromisoformat(question["origin"])
    return served(parse_plan(plan), origin), {job["id"] for job in question["jobs"]}


async def _work(session: AnySession, numbers: Sequence[str]) -> Rows:
    query = (
        select(Intervention, Site)
        .join(Site, Site.id == Intervention.site_id)
        .where(Intervention.number.in_(numbers))
    )
    return {row.number: (row, site) for row, site in (await session.execute(query)).all()}


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
    """Whose it is; by the code where nobody has it any more."""
    return None if found is None else people.get(found.technician, found.technician)
