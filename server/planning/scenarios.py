"""What-if scenarios: asked for, kept, applied as a plan to review, or dropped.

They are worked out in `scenario_runs`; until one is applied nothing of the real day changes.
"""

from datetime import datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

import msgspec
from pydantic import TypeAdapter
from sqlalchemy import select

from server.accounts.scope import Scope
from server.interventions.queries import day_bounds
from server.kit.database import AnySession, Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import NotFound
from server.planning import queries
from server.planning.problems import PlanNotReady
from server.planning.scenario_schemas import (
    ScenarioBody,
    ScenarioOut,
    ScenarioResultOut,
    SickBody,
    SupposedBody,
)
from server.planning.scenario_tables import Scenario
from server.planning.schemas import PlanOut
from server.planning.snapshot import local_day
from server.planning.tables import Plan
from server.regions.queries import region_row
from server.roster.absences import record_absence
from server.roster.schemas import AbsenceBody

SHOWN = 10
SUPPOSED: TypeAdapter[list[SupposedBody]] = TypeAdapter(list[SupposedBody])


def read_supposed(row: Scenario) -> list[SupposedBody]:
    """What was supposed, as it was asked."""
    return SUPPOSED.validate_python(row.supposed)


async def suppose(session: Session, scope: Scope, data: ScenarioBody, now: datetime) -> ScenarioOut:
    """Ask what would come of a day supposed to be otherwise."""
    region = await region_row(session, scope, data.region_id)
    row = Scenario(
        region_id=region.id,
        day=data.day or local_day(region, now),
        status="running",
        supposed=SUPPOSED.dump_python(data.supposed, mode="json"),
        seconds=data.seconds,
        seed=data.seed,
        requested_at=now,
        requested_by=scope.account_id,
        requested_by_name=scope.name,
        steps=[],
    )
    session.add(row)
    await session.flush()
    await _tell(session, scope.actor, row, now)
    return shown(row)


async def scenarios(
    session: AnySession, scope: Scope, region_id: UUID, day: Any
) -> list[ScenarioOut]:
    """The scenarios of a region's day that nobody has dropped, newest first."""
    await region_row(session, scope, region_id)
    query = (
        select(Scenario)
        .where(Scenario.region_id == region_id, Scenario.day == day, Scenario.status != "dropped")
        .order_by(Scenario.requested_at.desc(), Scenario.id.desc())
        .limit(SHOWN)
    )
    return [shown(row) for row in (await session.scalars(query)).all()]


async def scenario(session: AnySession, scope: Scope, scenario_id: UUID) -> ScenarioOut:
    return shown(await _row(session, scope, scenario_id))


async def drop(session: Session, scope: Scope, scenario_id: UUID, now: datetime) -> ScenarioOut:
    """Put a scenario aside: nothing was changed by it, and nothing will be."""
    row = await _row(session, scope, scenario_id)
    if row.status == "applied":
        raise PlanNotReady(row.status)
    return await _end(session, row, "dropped", now, scope.actor)


async def apply(session: Session, scope: Scope, scenario_id: UUID, now: datetime) -> PlanOut:
    """Make a plan to review of what was found; who is sick is written down as away.

    Calls and people that were only supposed are left out of it.
    """
    row = await _row(session, scope, scenario_id)
    if row.status != "ready" or row.result is None:
        raise PlanNotReady(row.status)
    region = await region_row(session, scope, row.region_id)
    ends = day_bounds(row.day, region.zone)[1]
    for each in read_supposed(row):
        if isinstance(each, SickBody):
            body = AbsenceBody(
                technician_id=each.technician_id,
                kind="sick",
                starts_at=each.from_at or row.requested_at,
                ends_at=ends,
            )
            await record_absence(session, scope, body, now)
    plan = Plan(
        region_id=row.region_id,
        day=row.day,
        status="ready",
        seconds=row.seconds,
        seed=row.seed,
        release=version("palier"),
        requested_at=now,
        requested_by=scope.account_id,
        finished_at=now,
        trace=[],
        diff=row.result["diff"],
        steps=row.steps,
    )
    session.add(plan)
    await session.flush()
    row.plan_id = plan.id
    await _end(session, row, "applied", now, scope.actor)
    about = About(region_id=row.region_id)
    facts = {"plan_id": str(plan.id), "day": row.day.isoformat(), "status": "ready"}
    await announce(session, scope.actor, now, Happening("plan_ready", about, facts))
    return queries.shown_plan(plan)


async def keep(
    session: Session,
    scenario_id: UUID,
    result: ScenarioResultOut,
    steps: list[object],
    now: datetime,
) -> None:
    """Keep what was found, unless nobody wants it any more."""
    row = await session.get(Scenario, scenario_id)
    if row is not None and row.status == "running":
        row.result, row.steps = msgspec.to_builtins(result), steps
        await _end(session, row, "ready", now, SYSTEM)


async def fail(session: Session, scenario_id: UUID, code: str, now: datetime) -> None:
    """Say that nothing was found, and why."""
    row = await session.get(Scenario, scenario_id)
    if row is not None and row.status == "running":
        row.problem_code = code
        await _end(session, row, "failed", now, SYSTEM)


SYSTEM = Actor(None, "Palier")


async def _row(session: AnySession, scope: Scope, scenario_id: UUID) -> Scenario:
    row = await session.get(Scenario, scenario_id)
    if row is None or not scope.sees_region(row.region_id):
        raise NotFound
    return row


async def _end(
    session: Session, row: Scenario, status: str, now: datetime, actor: Actor
) -> ScenarioOut:
    row.status = status
    await session.flush()
    await _tell(session, actor, row, now)
    return shown(row)


async def _tell(session: Session, actor: Actor, row: Scenario, now: datetime) -> None:
    about = About(region_id=row.region_id)
    facts = {"scenario_id": str(row.id), "status": row.status}
    await announce(session, actor, now, Happening("plan_scenario_changed", about, facts))


def shown(row: Scenario) -> ScenarioOut:
    return ScenarioOut(
        id=row.id,
        region_id=row.region_id,
        day=row.day,
        status=row.status,  # type: ignore[arg-type]
        supposed=row.supposed,
        requested_at=row.requested_at,
        requested_by=row.requested_by_name,
        problem_code=row.problem_code,
        result=None if row.result is None else msgspec.convert(row.result, ScenarioResultOut),
        plan_id=row.plan_id,
        version=row.version,
    )
