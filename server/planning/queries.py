"""Reading candidates and plans. Ranking is pure computing and leaves the event loop free."""

import asyncio
from collections.abc import Collection
from datetime import date, datetime, timedelta
from time import perf_counter
from typing import Protocol
from uuid import UUID

import msgspec
from sqlalchemy import select

from server.accounts.scope import Scope
from server.interventions.dossier import sees
from server.interventions.problems import InterventionEnded, VisitFrozen
from server.interventions.standing import ENDED, OPEN
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page
from server.planning.access import told_access
from server.planning.candidates import Ranking, rank
from server.planning.outcome import read_steps
from server.planning.owing import tell_owed
from server.planning.publishing import holding
from server.planning.schemas import CandidatesOut, PlanDiffOut, PlanOut, PlanPointOut
from server.planning.snapshot import PLANNED, local_day, read_day
from server.planning.standing_days import StandingDays
from server.planning.tables import Plan
from server.regions.tables import Region

USUAL_TOP = 5
# A weekend and a holiday: beyond that somebody should look at the roster, not at candidates.
DAYS_LOOKED_AT = 4


async def candidates(
    session: AnySession,
    scope: Scope,
    intervention_id: UUID,
    *,
    top: int | None,
    now: datetime,
    days: StandingDays | None = None,
    staying: Collection[UUID] = frozenset(),
) -> CandidatesOut:
    """Who should go, why, what it displaces; why the others cannot.

    With `days` a day that is laid out already is not read again. Visits that are `staying` are
    not to be displaced.
    """
    begun = perf_counter()
    ranking = None
    if days is not None:
        row, region = await candidate_rows(session, scope, intervention_id)
        if row.window_from is None or row.window_from <= now:
            ranking = await days.ranking(
                session, row, region, top=top or USUAL_TOP, now=now, staying=staying
            )
    if ranking is None or not ranking.found.offers:
        ranking = await first_ranking(session, scope, intervention_id, now, staying=staying)
    cards = ranking.cards()[: top or USUAL_TOP]
    await tell_owed(session, ranking, cards, now)
    return CandidatesOut(
        intervention_id=intervention_id,
        due_at=ranking.subject.due_at,
        candidates=cards,
        blocked=ranking.blocked(),
        access=told_access(ranking.subject, ranking.snapshot.date, now),
        elapsed_ms=round((perf_counter() - begun) * 1000),
    )


class Days(Protocol):
    """Where rankings of a day are asked, other than by reading it each time."""

    async def ranking_on(
        self,
        session: AnySession,
        row: Intervention,
        region: Region,
        *,
        day: date,
        now: datetime,
        staying: Collection[UUID] = frozenset(),
    ) -> Ranking:
        """Who could go on one day, as seen at `now`."""


async def first_ranking(
    session: AnySession,
    scope: Scope,
    intervention_id: UUID,
    now: datetime,
    *,
    technician_id: UUID | None = None,
    staying: Collection[UUID] = frozenset(),
    days: Days | None = None,
) -> Ranking:
    """The ranking of the first day on which anybody (or this technician) can go; else today's."""
    asked = ranking_on if days is None else days.ranking_on
    row, region = await candidate_rows(session, scope, intervention_id)
    today = local_day(region, max(now, row.window_from or now))
    rankings = []
    for ahead in range(DAYS_LOOKED_AT):
        day = today + timedelta(ahead)
        ranking = await asked(session, row, region, day=day, now=now, staying=staying)
        if ranking.found.offers if technician_id is None else ranking.offer(technician_id):
            return ranking
        rankings.append(ranking)
    return rankings[0]


async def candidate_rows(
    session: AnySession, scope: Scope, intervention_id: UUID
) -> tuple[Intervention, Region]:
    """An intervention somebody can be sent to, with its region."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    if row.status in ENDED:
        raise InterventionEnded
    query = select(Visit).where(Visit.intervention_id == row.id, Visit.status.in_(OPEN - PLANNED))
    under_way = (await session.scalars(query)).first()
    if under_way is not None:
        raise VisitFrozen(under_way.id, under_way.status)
    region = await session.get(Region, row.region_id)
    assert region is not None
    return row, region


async def ranking_on(
    session: AnySession,
    row: Intervention,
    region: Region,
    *,
    day: date,
    now: datetime,
    staying: Collection[UUID] = frozenset(),
) -> Ranking:
    """Who could go on one day, as seen at `now`."""
    snapshot = await read_day(session, region, day, now, asked=row.id)
    return await asyncio.to_thread(rank, snapshot, row.id, staying)


async def plan_row(session: AnySession, scope: Scope, plan_id: UUID) -> Plan:
    """One plan of the caller's regions; any other looks unknown."""
    row = await session.get(Plan, plan_id, populate_existing=True)
    if row is None or not scope.sees_region(row.region_id):
        raise NotFound
    return row


async def plan(session: AnySession, scope: Scope, plan_id: UUID, now: datetime) -> PlanOut:
    """One plan; of one that is ready, how many of its changes no longer hold."""
    row = await plan_row(session, scope, plan_id)
    if row.status != "ready":
        return shown_plan(row)
    steps = read_steps(row.steps)
    held, _ = await holding(session, scope, steps, now)
    stale = {step.intervention_id for step in steps} - {step.intervention_id for step in held}
    return _marked(shown_plan(row, stale_changes=len(steps) - len(held)), stale)


def _marked(shown: PlanOut, stale: set[UUID]) -> PlanOut:
    """The plan with each line of its diff that no longer fits the board marked."""
    for change in [] if shown.diff is None else shown.diff.changes:
        change.is_stale = change.intervention_id in stale
    return shown


async def plans(
    session: AnySession,
    scope: Scope,
    *,
    region_id: UUID | None,
    day: date | None,
    limit: int | None,
    cursor: str | None,
) -> Page[PlanOut]:
    """The plans of the caller's regions, newest first."""
    query = select(Plan)
    if scope.region_ids is not None:
        query = query.where(Plan.region_id.in_(scope.region_ids))
    if region_id is not None:
        query = query.where(Plan.region_id == region_id)
    if day is not None:
        query = query.where(Plan.day == day)
    rows, following = await page(
        session,
        query,
        by=(Plan.requested_at, Plan.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page(items=[shown_plan(row) for row in rows], next_cursor=following)


def shown_plan(row: Plan, *, stale_changes: int | None = None) -> PlanOut:
    diff = None if row.diff is None else msgspec.convert(row.diff, PlanDiffOut)
    return PlanOut(
        id=row.id,
        region_id=row.region_id,
        day=row.day,
        intervention_ids=None if row.only is None else [UUID(each) for each in row.only],
        status=row.status,  # type: ignore[arg-type]
        seconds=row.seconds,
        seed=row.seed,
        change_budget=row.change_budget,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
        problem_code=row.problem_code,
        elapsed_seconds=row.elapsed_seconds,
        iterations=row.iterations,
        trace=[PlanPointOut(*point) for point in row.trace],
        diff=diff,
        stale_changes=row.stale_changes if stale_changes is None else stale_changes,
        iterations_wanted=row.iterations_wanted,
        workers=row.workers,
        engine=row.engine,
        release=row.release,
        queue_position=None,
        bound=row.bound,
        gap=None if diff is None else _gap(row.bound, diff.after.total),
        version=row.version,
    )


def _gap(bound: int | None, total: int) -> float | None:
    """How far the total can be from the best possible, as a share of it."""
    if bound is None or total <= 0:
        return None
    return max(0.0, (total - bound) / total)
