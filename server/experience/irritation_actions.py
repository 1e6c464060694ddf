"""Noting what somebody finds about an intervention, and closing it with a reason."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.experience import irritation_queries as queries
from server.experience.irritation_schemas import (
    CloseIrritationBody,
    IrritationBody,
    IrritationOut,
)
from server.experience.problems import IrritationSettled
from server.experience.tables import Feedback, Irritation
from server.interventions.dossier import sees
from server.interventions.tables import Intervention, Visit
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version

IRRITATION = "irritation"


async def raise_irritation(
    session: Session, scope: Scope, data: IrritationBody, now: datetime
) -> IrritationOut:
    """Note it, at any time and however the clocks stand; technicians about where they were."""
    row = await session.get(Intervention, data.intervention_id)
    if row is None or not await _may_speak(session, scope, row):
        raise Invalid([Fault("intervention_id", "unknown", "There is no such intervention.")])
    made = _irritation(row, scope.role.value, data.text, now, kind=data.kind)
    return await _noted(session, made, row, now)


async def note_of_feedback(
    session: Session, row: Intervention, given: Feedback, now: datetime
) -> None:
    """What an answer asks to be talked about; answered anew, the older wish is not doubled."""
    if not given.is_irritated:
        return
    query = (
        select(Irritation)
        .join(Feedback, Feedback.id == Irritation.feedback_id)
        .where(
            Irritation.intervention_id == row.id,
            Feedback.role == given.role,
            Feedback.link_id.is_not_distinct_from(given.link_id),
            Feedback.replaced_at.is_not(None),
            Irritation.closed_at.is_(None),
            Irritation.improvement_id.is_(None),
        )
    )
    before = await session.scalar(query)
    if before is not None:
        before.text, before.feedback_id = given.comment, given.id
        return
    made = _irritation(row, given.role, given.comment, now, feedback_id=given.id)
    await _noted(session, made, row, now)


async def close_irritation(
    session: Session, scope: Scope, irritation_id: UUID, data: CloseIrritationBody, now: datetime
) -> IrritationOut:
    """Say why nothing follows from it; one that became an improvement is closed with that."""
    row = await queries.irritation_row(session, scope, irritation_id, lock=True)
    require_version(row.version, data.base_version)
    if queries.state_of(row) != "open":
        raise IrritationSettled
    row.closed_at, row.closed_reason, row.closed_by_name = now, data.reason, scope.name
    await session.flush()
    about = About(row.region_id, row.customer_id, row.site_id, row.intervention_id)
    await announce(session, scope.actor, now, Happening("irritation_closed", about))
    return (await queries.shown_irritations(session, [row]))[0]


def _irritation(
    row: Intervention,
    role: str,
    text: str,
    now: datetime,
    *,
    kind: str = IRRITATION,
    feedback_id: UUID | None = None,
) -> Irritation:
    return Irritation(
        intervention_id=row.id,
        region_id=row.region_id,
        customer_id=row.customer_id,
        site_id=row.site_id,
        role=role,
        kind=kind,
        text=text,
        raised_at=now,
        feedback_id=feedback_id,
    )


async def _noted(
    session: Session, made: Irritation, row: Intervention, now: datetime
) -> IrritationOut:
    session.add(made)
    await session.flush()
    about = About(row.region_id, row.customer_id, row.site_id, row.id)
    facts = {"number": row.number, "kind": made.kind}
    # By role here as well: who it was is nobody's business.
    await announce(
        session, Actor(None, made.role), now, Happening("irritation_raised", about, facts)
    )
    return (await queries.shown_irritations(session, [made]))[0]


async def _may_speak(session: Session, scope: Scope, row: Intervention) -> bool:
    if scope.role is not Role.TECHNICIAN:
        return sees(scope, row)
    own = exists().where(
        Visit.intervention_id == row.id, Visit.technician_id == scope.technician_id
    )
    return bool(await session.scalar(select(own)))
