"""Sending somebody, planning a day, publishing what was found."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from importlib.metadata import version
from uuid import UUID

import msgspec
from sqlalchemy import select

from dispatch.day import to_plan
from dispatch.errors import Fault
from dispatch.planning import Limits, SolverReport, solve, write_plan, write_problem
from server.accounts.scope import Scope
from server.deeds.placement import placements
from server.deeds.recording import record
from server.interventions.schemas import AssignBody, VisitOut
from server.interventions.tables import Intervention
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.planning import queries, sending
from server.planning.keeping import keep_answer, keep_question, packed
from server.planning.lines import chosen
from server.planning.outcome import Outcome, outcome, read_steps, stored_steps
from server.planning.problems import NotACandidate, PlanNotReady, PlanRunning
from server.planning.publishing import carry_out
from server.planning.schemas import (
    PlanBody,
    PlanDiffOut,
    PlanOut,
    PlansBody,
    PlansOut,
    PlanWishBody,
    RegionBusyOut,
)
from server.planning.snapshot import local_day, read_day
from server.planning.standing_days import StandingDays
from server.planning.tables import Plan
from server.regions.queries import region_row
from server.regions.tables import Region

# A search that should long be over belongs to a process that is gone.
GIVEN_UP_AFTER = timedelta(minutes=15)
PLANNER = Actor(None, "Palier")
USUAL_ITERATIONS = 2_000


async def assign(
    session: Session,
    scope: Scope,
    intervention_id: UUID,
    data: AssignBody,
    now: datetime,
    *,
    days: StandingDays | None = None,
) -> VisitOut:
    """Send a technician as their card says, or by hand; refused if the card says otherwise now.

    With `days` a day that is laid out already is not read again.
    """
    wish = sending.wish_of(data)
    if data.basis is None:
        ranking = await sending.ranking_now(
            session, scope, intervention_id, wish, now=now, days=days
        )
    else:
        ranking = await sending.ranking_shown(
            session, scope, intervention_id, data, now=now, days=days
        )
    return await sending.send(session, scope, ranking, wish, now)


async def send_best(
    session: Session, scope: Scope, intervention_id: UUID, now: datetime
) -> VisitOut:
    """Send whoever disturbs the day least; refused if nobody can go."""
    ranking = await queries.first_ranking(session, scope, intervention_id, now)
    cards = ranking.cards()
    if not cards:
        raise NotACandidate(None)
    return await sending.send(session, scope, ranking, sending.Wish(cards[0].technician_id), now)


async def start(session: Session, scope: Scope, data: PlanBody, now: datetime) -> PlanOut:
    """Ask for a plan of a region's day; whoever runs plans makes it."""
    region = await region_row(session, scope, data.region_id)
    await _require_known(session, region, data.intervention_ids or ())
    return await _start(session, scope, region, data, now, only=data.intervention_ids)


async def _require_known(session: Session, region: Region, ids: Sequence[UUID]) -> None:
    """Only interventions of the region can be planned anew; any other looks unknown."""
    query = select(Intervention.id).where(
        Intervention.id.in_(ids), Intervention.region_id == region.id
    )
    known = {*await session.scalars(query)} if ids else set()
    if unknown := [each for each in ids if each not in known]:
        detail = f"This region has no intervention {unknown[0]}."
        raise Invalid([Fault("intervention_ids", "unknown", detail)])


async def start_several(session: Session, scope: Scope, data: PlansBody, now: datetime) -> PlansOut:
    """Ask for plans of several regions, made one after another; busy regions are passed over."""
    regions = [await region_row(session, scope, each) for each in dict.fromkeys(data.region_ids)]
    started, busy = [], []
    for region in regions:
        try:
            started.append(await _start(session, scope, region, data, now))
        except PlanRunning as refusal:
            busy.append(RegionBusyOut(region.id, UUID(refusal.facts["plan_id"])))
    return PlansOut(started, busy)


async def _start(
    session: Session,
    scope: Scope,
    region: Region,
    data: PlanWishBody,
    now: datetime,
    *,
    only: Sequence[UUID] | None = None,
) -> PlanOut:
    today = local_day(region, now)
    if data.day is not None and data.day < today:
        raise Invalid([Fault("day", "is_over", "A day that is over cannot be planned.")])
    running = await _running(session, [region.id])
    for row in running:
        if row.requested_at + timedelta(seconds=row.seconds) + GIVEN_UP_AFTER > now:
            raise PlanRunning(str(row.id))
        await _end(session, row, "failed", now, code="interrupted")
    row = _row(scope, region.id, data, data.day or today, now)
    row.only = None if only is None else [str(each) for each in only]
    session.add(row)
    await session.flush()
    await _tell(session, scope.actor, row, now, kind="plan_started")
    return queries.shown_plan(row)


async def keep(
    session: Session,
    plan_id: UUID,
    found: Outcome,
    report: SolverReport,
    now: datetime,
    *,
    trace: Sequence[Sequence[float | None]] = (),
) -> bool:
    """Keep a finished plan for review, unless nobody wants it any more; says whether it was."""
    row = await _locked(session, plan_id)
    if row is None or row.status != "running":
        return False
    _fill(row, found, report)
    row.trace = [list(point) for point in trace or report.trace]
    await _end(session, row, "ready", now)
    return True


async def keep_bound(session: Session, plan_id: UUID, bound: int, now: datetime) -> None:
    """Keep what is proven about a plan, whatever became of it meanwhile."""
    row = await _locked(session, plan_id)
    if row is None:
        return
    row.bound = bound
    await session.flush()
    await _tell(session, PLANNER, row, now, kind="plan_bounded")


async def fail(session: Session, plan_id: UUID, code: str, now: datetime) -> None:
    """Say that no plan was made, and why."""
    row = await _locked(session, plan_id)
    if row is not None and row.status == "running":
        await _end(session, row, "failed", now, code=code)


async def fail_interrupted(session: Session, now: datetime) -> None:
    """What ran when the only server ended runs no more."""
    for row in await _running(session, None):
        await _end(session, row, "failed", now, code="interrupted")


async def cancel(session: Session, scope: Scope, plan_id: UUID, now: datetime) -> PlanOut:
    """Stop a search, or discard what it found: the day stays as it is."""
    row = await _for_change(session, scope, plan_id)
    if row.status not in {"running", "ready"}:
        raise PlanNotReady(row.status)
    await _end(session, row, "cancelled", now, actor=scope.actor)
    return queries.shown_plan(row)


async def publish(
    session: Session,
    scope: Scope,
    plan_id: UUID,
    now: datetime,
    *,
    lines: Sequence[UUID] | None = None,
) -> PlanOut:
    """Carry out a plan, or lines of it: what people changed meanwhile stays theirs, is counted."""
    row = await _for_change(session, scope, plan_id)
    if row.status != "ready":
        raise PlanNotReady(row.status)
    steps = read_steps(row.steps)
    wanted = chosen(steps, lines)
    if lines is not None:
        _decline(row, {step.intervention_id for step in wanted}, lines)
    before = await placements(session, {step.intervention_id for step in wanted})
    row.stale_changes = await carry_out(session, scope, wanted, now)
    await record(session, scope, "publish", before, now=now)
    await _end(session, row, "published", now, actor=scope.actor)
    return queries.shown_plan(row)


async def plan_region_now(
    session: Session,
    scope: Scope,
    region_id: UUID,
    day: date,
    now: datetime,
    *,
    iterations: int = USUAL_ITERATIONS,
    seed: int = 0,
) -> PlanOut:
    """Plan a region's day here and now and publish it: for demos and tests, not for a server.

    The same day, seed and iterations give the same plan.
    """
    region = await region_row(session, scope, region_id)
    snapshot = await read_day(session, region, day, now)
    question = to_plan(snapshot.day)
    limits = Limits(iterations=iterations)
    plan = solve(question.problem, limits=limits, seed=seed, start=question.current)
    wish = PlanWishBody(day=day, seed=seed, iterations=iterations, change_budget=None)
    row = _row(scope, region_id, wish, day, now)
    _fill(row, outcome(snapshot, question, plan), plan.solver)
    session.add(row)
    await session.flush()
    problem, start = write_problem(question.problem), write_plan(question.current)
    await keep_question(session, row.id, problem=packed(problem), start=packed(start), now=now)
    await session.flush()
    await keep_answer(session, row.id, packed(write_plan(plan)))
    await _end(session, row, "ready", now)
    return await publish(session, scope, row.id, now)


def _row(scope: Scope, region_id: UUID, data: PlanWishBody, day: date, now: datetime) -> Plan:
    return Plan(
        region_id=region_id,
        day=day,
        status="running",
        seconds=data.seconds,
        seed=data.seed,
        iterations_wanted=data.iterations,
        release=version("palier"),
        change_budget=data.change_budget,
        requested_at=now,
        requested_by=scope.account_id,
        trace=[],
        steps=[],
    )


def _decline(row: Plan, wanted: Collection[UUID], named: Sequence[UUID]) -> None:
    """Write down which lines were left; refuses interventions the plan says nothing about."""
    if unknown := [str(each) for each in named if each not in wanted]:
        detail = f"The plan has no line for {', '.join(unknown)}."
        raise Invalid([Fault("intervention_ids", "unknown_line", detail)])
    diff = msgspec.convert(row.diff, PlanDiffOut)
    for change in diff.changes:
        change.is_declined = change.intervention_id not in wanted
    row.diff = msgspec.to_builtins(diff)


def _fill(row: Plan, found: Outcome, report: SolverReport) -> None:
    row.diff = msgspec.to_builtins(found.diff)
    row.steps = stored_steps(found.steps)
    row.elapsed_seconds = report.seconds
    row.iterations = report.iterations
    row.workers = report.workers
    row.engine = report.engine
    row.trace = [list(point) for point in report.trace]


async def _running(session: Session, region_ids: Sequence[UUID] | None) -> Sequence[Plan]:
    query = select(Plan).where(Plan.status == "running").with_for_update()
    if region_ids is not None:
        query = query.where(Plan.region_id.in_(region_ids))
    return (await session.scalars(query)).all()


async def _locked(session: Session, plan_id: UUID) -> Plan | None:
    query = select(Plan).where(Plan.id == plan_id).with_for_update()
    return await session.scalar(query, execution_options={"populate_existing": True})


async def _for_change(session: Session, scope: Scope, plan_id: UUID) -> Plan:
    row = await _locked(session, plan_id)
    if row is None or not scope.sees_region(row.region_id):
        raise NotFound
    return row


async def _end(
    session: Session,
    row: Plan,
    status: str,
    now: datetime,
    *,
    code: str | None = None,
    actor: Actor = PLANNER,
) -> None:
    row.status = status
    row.problem_code = code
    row.finished_at = row.finished_at or now
    await session.flush()
    await _tell(session, actor, row, now, kind=f"plan_{status}")


async def _tell(session: Session, actor: Actor, row: Plan, now: datetime, *, kind: str) -> None:
    facts = {"plan_id": str(row.id), "day": row.day.isoformat(), "status": row.status}
    if row.problem_code is not None:
        facts["problem_code"] = row.problem_code
    await announce(session, actor, now, Happening(kind, About(region_id=row.region_id), facts))
