"""Asking a region's day what comes of a start given by hand; the day kept laid out where it can be.

Carrying it out is in `placing`.
"""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.day import StandingDay
from dispatch.day.verdicts import STEP, Pushed, Row, Verdict
from dispatch.planning import Reason
from server.accounts.scope import Scope
from server.interventions.schemas import ReasonOut
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.planning.placing_schemas import (
    Level,
    PushedOut,
    VerdictOut,
    VerdictRowOut,
    VerdictsOut,
)
from server.planning.queries import candidate_rows
from server.planning.snapshot import Snapshot, local_day, read_day
from server.planning.standing_days import StandingDays
from server.regions.tables import Region
from server.roster.tables import Technician


@dataclass(frozen=True, slots=True)
class Exact:
    """What comes of one start, on the day it was asked of; `travel_seconds` is the drive to it."""

    snapshot: Snapshot
    verdict: Verdict | None
    travel_seconds: int


async def verdicts(
    session: AnySession,
    scope: Scope,
    intervention_id: UUID,
    *,
    day: date | None,
    now: datetime,
    days: StandingDays,
    technician_ids: Collection[UUID] | None = None,
) -> VerdictsOut:
    """For everybody of a day, or for these, what would come of each start of this work."""
    row, region = await candidate_rows(session, scope, intervention_id)
    asked = day or local_day(region, now)
    persons = None
    if technician_ids is not None:
        codes = select(Technician.code).where(Technician.id.in_(technician_ids))
        persons = frozenset(await session.scalars(codes))

    def ask(above: StandingDay) -> list[Row]:
        return above.verdicts(row.number, persons)

    found = None
    if asked == local_day(region, now):
        found = await days.above(session, region, row.number, ask, now=now)
    if found is None:
        snapshot, above = await _laid_out(session, row, region, asked, now)
        found = snapshot, await asyncio.to_thread(ask, above)
    return _shown(row, asked, now, *found)


async def exactly(
    session: AnySession,
    row: Intervention,
    region: Region,
    technician_id: UUID,
    starts_at: datetime,
    *,
    now: datetime,
    days: StandingDays | None,
) -> Exact:
    """What comes of exactly this start now; the verdict is none for somebody not on duty then."""
    asked = local_day(region, starts_at)
    technician = await session.get(Technician, technician_id)
    whom = "" if technician is None else technician.code

    def ask(day: StandingDay) -> tuple[Verdict | None, int]:
        return day.verdict(row.number, whom, starts_at)

    found = None
    if days is not None and asked == local_day(region, now):
        found = await days.above(session, region, row.number, ask, now=now, reads=False)
    if found is None:
        snapshot, above = await _laid_out(session, row, region, asked, now)
        found = snapshot, await asyncio.to_thread(ask, above)
    snapshot, (verdict, travel) = found
    return Exact(snapshot, verdict, travel)


async def _laid_out(
    session: AnySession, row: Intervention, region: Region, day: date, now: datetime
) -> tuple[Snapshot, StandingDay]:
    """A day read and laid out for this one question, with the work held above it."""
    snapshot = await read_day(session, region, day, now, asked=row.id)
    work = tuple(
        replace(each, visit=None) if each.id == row.number else each for each in snapshot.day.work
    )
    return snapshot, await asyncio.to_thread(StandingDay, replace(snapshot.day, work=work))


def _shown(
    row: Intervention, day: date, now: datetime, snapshot: Snapshot, rows: Sequence[Row]
) -> VerdictsOut:
    return VerdictsOut(
        intervention_id=row.id,
        day=day,
        read_at=now,
        step_seconds=STEP,
        duration_seconds=row.duration_seconds,
        due_at=snapshot.subjects[row.number].due_at,
        rows=[_row(snapshot, each) for each in rows],
    )


def _row(snapshot: Snapshot, row: Row) -> VerdictRowOut:
    return VerdictRowOut(
        technician_id=snapshot.technicians[row.person].id,
        reason=_reason(row.reason),
        would_need={} if row.reason is None else dict(row.reason.would_need),
        verdicts=[shown_verdict(snapshot, each) for each in row.verdicts],
    )


def shown_verdict(snapshot: Snapshot, verdict: Verdict) -> VerdictOut:
    costs = verdict.pushed or verdict.is_late or verdict.overtime
    level: Level = "costs" if costs else "fits"
    return VerdictOut(
        from_at=verdict.from_at,
        to_at=verdict.to_at,
        level=level if verdict.reason is None else "blocked",
        reason=_reason(verdict.reason),
        pushed=[_pushed(snapshot, each) for each in verdict.pushed],
        is_late=verdict.is_late,
        overtime_seconds=verdict.overtime,
    )


def _pushed(snapshot: Snapshot, pushed: Pushed) -> PushedOut:
    return PushedOut(
        snapshot.subjects[pushed.work].intervention.id,
        pushed.work,
        starts_before=pushed.starts_before,
        starts_after=pushed.starts_after,
        promise_breaks=pushed.promise_breaks,
    )


def _reason(reason: Reason | None) -> ReasonOut | None:
    return None if reason is None else ReasonOut(code=reason.code, facts=dict(reason.facts))
