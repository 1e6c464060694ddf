"""Carrying out what still holds of a plan, in one transaction.

The visits are written by `server.interventions`, which announces each of them.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select

from server.accounts.scope import Scope
from server.interventions.booking import Booking, VisitChange, assign, move_visits, return_to_queue
from server.interventions.dossier import lock_interventions
from server.interventions.schemas import ReasonOut
from server.interventions.standing import OPEN
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession, Session
from server.planning.lines import Step
from server.planning.rebase import Present, Span, still_holding
from server.roster.snapshot import absence_rows
from server.roster.tables import Shift, Technician

ONE_DAY = timedelta(days=1)
# Where the plan had no time to say, or its rules left no choice of person.
PLANNED_WITHOUT_REASON = ReasonOut(code="planned", facts={})


async def holding(
    session: AnySession, scope: Scope, steps: Sequence[Step], now: datetime
) -> tuple[list[Step], Present]:
    """The steps that still hold and are the caller's to take, and the rows they were compared with.

    Work in another region is held as it is.
    """
    ids = {step.intervention_id for step in steps}
    people = {step.technician_id for step in steps if step.technician_id is not None}
    fresh = {"populate_existing": True}
    rows = await session.scalars(
        select(Intervention).where(Intervention.id.in_(ids)), execution_options=fresh
    )
    visits = await session.scalars(
        select(Visit).where(
            Visit.status.in_(OPEN),
            or_(Visit.intervention_id.in_(ids), Visit.technician_id.in_(people)),
        ),
        execution_options=fresh,
    )
    active = await session.scalars(
        select(Technician.id).where(Technician.id.in_(people), Technician.is_active.is_(True))
    )
    present = Present(
        {row.id: row for row in rows},
        {visit.id: visit for visit in visits},
        await _on_duty(session, steps),
        await _away(session, steps),
    )
    own = {row.id for row in present.interventions.values() if scope.sees_region(row.region_id)}
    allowed = [step for step in steps if step.intervention_id in own]
    return still_holding(allowed, present, frozenset(active), now), present


async def _on_duty(session: AnySession, steps: Sequence[Step]) -> dict[UUID, list[Span]]:
    """When each of those who are given something can be sent out, around then."""
    found: dict[UUID, list[Span]] = {}
    starts = [step.starts_at for step in steps if step.starts_at is not None]
    if not starts:
        return found
    query = select(Shift).where(
        Shift.technician_id.in_({step.technician_id for step in steps if step.technician_id}),
        Shift.starts_at <= max(starts),
        Shift.ends_at >= min(starts) - ONE_DAY,
    )
    for shift in await session.scalars(query):
        end = shift.ends_at + timedelta(seconds=shift.overtime_max_seconds)
        found.setdefault(shift.technician_id, []).append((shift.starts_at, end))
    return found


async def _away(session: AnySession, steps: Sequence[Step]) -> dict[UUID, list[Span]]:
    """When those whose visits would move are absent."""
    found: dict[UUID, list[Span]] = {}
    starts = [step.was_at for step in steps if step.was_at is not None]
    people = {step.was_with for step in steps if step.was_with is not None}
    if not starts:
        return found
    for row in await absence_rows(session, people, (min(starts), max(starts) + ONE_DAY)):
        found.setdefault(row.technician_id, []).append((row.starts_at, row.ends_at))
    return found


async def carry_out(session: Session, scope: Scope, steps: Sequence[Step], now: datetime) -> int:
    """Take back, move and send whatever still holds; say how many steps no longer did."""
    await lock_interventions(session, list({step.intervention_id for step in steps}))
    held, present = await holding(session, scope, steps, now)
    removed = [step.visit_id for step in held if step.visit_id and step.technician_id is None]
    moves = [_move(step, present) for step in held if step.visit_id and step.technician_id]
    if removed:
        await return_to_queue(session, scope, removed, now=now)
    if moves:
        # What the absent had accepted is moved like a dispatcher's own hand would.
        await move_visits(session, scope, moves, now=now, overrules=bool(present.away))
    for step in held:
        if step.visit_id is None:
            await assign(session, scope, step.intervention_id, _booking(step), now=now)
    return len(steps) - len(held)


def _move(step: Step, present: Present) -> VisitChange:
    visit_id, technician_id, starts_at, ends_at = _decided(step)
    assert visit_id is not None
    return VisitChange(
        visit_id,
        technician_id,
        starts_at=starts_at,
        ends_at=ends_at,
        travel_seconds=step.travel_seconds,
        why=step.why or (None if technician_id == step.was_with else PLANNED_WITHOUT_REASON),
        seen_version=present.visits[visit_id].version,
    )


def _booking(step: Step) -> Booking:
    _, technician_id, starts_at, ends_at = _decided(step)
    return Booking(
        technician_id=technician_id,
        starts_at=starts_at,
        ends_at=ends_at,
        travel_seconds=step.travel_seconds,
        why=step.why or PLANNED_WITHOUT_REASON,
    )


def _decided(step: Step) -> tuple[UUID | None, UUID, datetime, datetime]:
    assert step.technician_id is not None
    assert step.starts_at is not None
    assert step.ends_at is not None
    return step.visit_id, step.technician_id, step.starts_at, step.ends_at
