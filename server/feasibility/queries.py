"""Reading trials of the caller's regions."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from server.accounts.scope import Scope
from server.feasibility.schemas import TrialAnswerOut, TrialOut
from server.feasibility.tables import Trial
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page


async def trial_row(session: AnySession, scope: Scope, trial_id: UUID) -> Trial:
    """One trial of the caller's regions; any other looks unknown."""
    row = await session.get(Trial, trial_id, populate_existing=True)
    if row is None or not scope.sees_region(row.region_id):
        raise NotFound
    return row


async def trial(session: AnySession, scope: Scope, trial_id: UUID) -> TrialOut:
    return shown_trial(await trial_row(session, scope, trial_id))


async def trials(
    session: AnySession, scope: Scope, *, limit: int | None, cursor: str | None
) -> Page[TrialOut]:
    """The trials of the caller's regions, newest first."""
    query = select(Trial)
    if scope.region_ids is not None:
        query = query.where(Trial.region_id.in_(scope.region_ids))
    rows, following = await page(
        session,
        query,
        by=(Trial.requested_at, Trial.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page(items=[shown_trial(row) for row in rows], next_cursor=following)


def shown_trial(row: Trial) -> TrialOut:
    return TrialOut(
        id=row.id,
        region_id=row.region_id,
        status=row.status,  # type: ignore[arg-type]
        severity=row.severity,  # type: ignore[arg-type]
        within_seconds=row.within_seconds,
        is_always=row.is_always,
        first_day=row.first_day,
        weeks=row.weeks,
        seed=row.seed,
        requested_at=row.requested_at,
        finished_at=row.finished_at,
        problem_code=row.problem_code,
        progress=0.0 if row.status == "running" else 1.0,
        queue_position=None,
        answer=None if row.answer is None else msgspec.convert(row.answer, TrialAnswerOut),
        version=row.version,
    )
