"""Asking for a trial, stopping it, keeping what came of it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from server.accounts.scope import Scope
from server.feasibility import queries
from server.feasibility.problems import TooManyTrials
from server.feasibility.schemas import TrialBody, TrialOut
from server.feasibility.tables import Trial
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import NotFound
from server.regions.queries import region_row

MOST_WAITING = 24  # a dozen regions twice; each trial takes minutes
GIVEN_UP_AFTER = timedelta(days=1)
TRIALS = Actor(None, "trials")


async def start(session: Session, scope: Scope, data: TrialBody, now: datetime) -> TrialOut:
    """Ask what a promise would have kept; whoever runs trials lives the days."""
    region = await region_row(session, scope, data.region_id)
    await _refuse_hoarding(session, now)
    today = now.astimezone(ZoneInfo(region.zone)).date()
    row = Trial(
        region_id=region.id,
        status="running",
        severity=data.severity,
        within_seconds=data.within_seconds,
        is_always=data.is_always,
        first_day=data.first_day or today - timedelta(weeks=data.weeks),
        weeks=data.weeks,
        seed=data.seed,
        requested_at=now,
        requested_by=scope.account_id,
        finished_at=None,
        problem_code=None,
        answer=None,
    )
    session.add(row)
    await session.flush()
    await _tell(session, scope.actor, row, now, kind="trial_started")
    return queries.shown_trial(row)


async def _refuse_hoarding(session: Session, now: datetime) -> None:
    """Refuse what would wait too long; what a server left behind a day ago waits no more."""
    waiting = (
        select(func.count())
        .select_from(Trial)
        .where(Trial.status == "running", Trial.requested_at > now - GIVEN_UP_AFTER)
    )
    if (await session.scalar(waiting) or 0) >= MOST_WAITING:
        raise TooManyTrials(MOST_WAITING)


async def cancel(session: Session, scope: Scope, trial_id: UUID, now: datetime) -> TrialOut:
    """Stop a trial nobody waits for any more; one that is over stays as it is."""
    row = await _locked(session, trial_id)
    if row is None or not scope.sees_region(row.region_id):
        raise NotFound
    if row.status == "running":
        await _end(session, row, "cancelled", now, actor=scope.actor)
    return queries.shown_trial(row)


async def keep(session: Session, trial_id: UUID, answer: dict[str, Any], now: datetime) -> None:
    """Keep what came of a trial, unless it was stopped meanwhile."""
    row = await _locked(session, trial_id)
    if row is not None and row.status == "running":
        row.answer = answer
        await _end(session, row, "ready", now)


async def fail(session: Session, trial_id: UUID, code: str, now: datetime) -> None:
    """Say that nothing came of a trial, and why."""
    row = await _locked(session, trial_id)
    if row is not None and row.status == "running":
        row.problem_code = code
        await _end(session, row, "failed", now)


async def fail_interrupted(session: Session, now: datetime) -> None:
    """What ran when the only server ended runs no more."""
    for row in await session.scalars(select(Trial).where(Trial.status == "running")):
        row.problem_code = "interrupted"
        await _end(session, row, "failed", now)


async def _end(
    session: Session, row: Trial, status: str, now: datetime, *, actor: Actor = TRIALS
) -> None:
    row.status, row.finished_at = status, now
    await session.flush()
    await _tell(session, actor, row, now, kind=f"trial_{status}")


async def _tell(session: Session, actor: Actor, row: Trial, now: datetime, *, kind: str) -> None:
    """Say who asked for what, or stopped it, and what became of it."""
    facts: dict[str, Any] = {
        "trial_id": str(row.id),
        "severity": row.severity,
        "within_seconds": row.within_seconds,
        "is_always": row.is_always,
        "first_day": row.first_day.isoformat(),
        "weeks": row.weeks,
    }
    if row.problem_code is not None:
        facts["problem_code"] = row.problem_code
    await announce(session, actor, now, Happening(kind, About(region_id=row.region_id), facts))


async def _locked(session: Session, trial_id: UUID) -> Trial | None:
    query = select(Trial).where(Trial.id == trial_id).with_for_update()
    return await session.scalar(query, execution_options={"populate_existing": True})
