"""Taking voices up as improvements, and seeing those through."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements.tables import AgreementVersion
from server.customers.tables import Customer
from server.experience.irritation_queries import irritation_row, state_of
from server.experience.problems import IrritationSettled
from server.experience.tables import Irritation
from server.improvements import queries
from server.improvements.problems import ImprovementOver
from server.improvements.schemas import ImprovementBody, ImprovementCommandBody, ImprovementOut
from server.improvements.tables import Improvement
from server.interventions.tables import Intervention
from server.kit.database import Session
from server.kit.events import About, Actor, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.kit.span import require_known_day
from server.kit.work import require_version
from server.regions.queries import region_row


async def open_improvement(
    session: Session, scope: Scope, data: ImprovementBody, now: datetime
) -> ImprovementOut:
    """Propose something better; the voices it takes up wait for nothing else from now on."""
    require_known_day("due_on", data.due_on)
    if data.due_on < now.date():
        raise Invalid([Fault("due_on", "in_the_past", "It is due today or later.")])
    voices = await _voices(session, scope, data)
    region_id, customer_id = await _about(session, scope, data, voices)
    row = Improvement(
        region_id=region_id,
        customer_id=customer_id,
        agreement_id=await _agreement_of(session, voices),
        origin="voices" if voices else "office",
        title=data.title,
        priority=data.priority,
        owner_name=data.owner_name,
        due_on=data.due_on,
        measure=data.measure,
        clock=data.clock,
        expected_points=data.expected_points,
        weeks=data.weeks,
        state="open",
        created_at=now,
        created_by_name=scope.name,
    )
    session.add(row)
    await session.flush()
    for voice in voices:
        voice.improvement_id = row.id
    await session.flush()
    await tell(session, scope.actor, row, "improvement_opened", now)
    return (await queries.shown_improvements(session, scope, [row], now.date()))[0]


async def command_improvement(
    session: Session,
    scope: Scope,
    improvement_id: UUID,
    data: ImprovementCommandBody,
    *,
    now: datetime,
) -> ImprovementOut:
    """Hand it over, finish it, or drop it with a reason; what is over stays as it is."""
    row = await queries.improvement_row(session, scope, improvement_id, lock=True)
    require_version(row.version, data.base_version)
    if row.state != "open":
        raise ImprovementOver
    if data.kind == "assign":
        if data.due_on is not None:
            require_known_day("due_on", data.due_on)
        row.owner_name = data.owner_name or row.owner_name
        row.due_on = data.due_on or row.due_on
        row.priority = data.priority or row.priority
    else:
        row.state = "done" if data.kind == "complete" else "dropped"
        row.ended_at, row.ended_by_name, row.note = now, scope.name, data.note
        await _close_voices(session, row, now)
    await session.flush()
    await tell(session, scope.actor, row, "improvement_changed", now)
    return (await queries.shown_improvements(session, scope, [row], now.date()))[0]


async def tell(session: Session, actor: Actor, row: Improvement, kind: str, now: datetime) -> None:
    about = About(region_id=row.region_id, customer_id=row.customer_id)
    facts = {"title": row.title, "origin": row.origin, "state": row.state}
    await announce(session, actor, now, Happening(kind, about, facts))


async def _close_voices(session: Session, row: Improvement, now: datetime) -> None:
    """What was done, or why nothing was, is the answer to whoever spoke."""
    query = select(Irritation).where(Irritation.improvement_id == row.id)
    for voice in await session.scalars(query):
        voice.closed_at, voice.closed_by_name = now, row.ended_by_name
        voice.closed_reason = row.note or row.title


async def _voices(session: Session, scope: Scope, data: ImprovementBody) -> list[Irritation]:
    found = []
    for place, each in enumerate(sorted(set(data.irritation_ids))):
        try:
            row = await irritation_row(session, scope, each, lock=True)
        except NotFound:
            sentence = "There is no such irritation."
            raise Invalid([Fault(f"irritation_ids.{place}", "unknown", sentence)]) from None
        if state_of(row) != "open":
            raise IrritationSettled
        found.append(row)
    return found


async def _about(
    session: Session, scope: Scope, data: ImprovementBody, voices: Sequence[Irritation]
) -> tuple[UUID, UUID | None]:
    """The region and the customer it is about; voices of several customers name none."""
    if voices:
        regions = {voice.region_id for voice in voices}
        if len(regions) > 1:
            sentence = "One improvement is about one region."
            raise Invalid([Fault("irritation_ids", "several_regions", sentence)])
        customers = {voice.customer_id for voice in voices}
        return regions.pop(), customers.pop() if len(customers) == 1 else None
    if data.region_id is None:
        raise Invalid([Fault("region_id", "missing", "Name irritations or a region.")])
    try:
        await region_row(session, scope, data.region_id)
    except NotFound:
        sentence = "There is no such region."
        raise Invalid([Fault("region_id", "unknown", sentence)]) from None
    if data.customer_id and await session.get(Customer, data.customer_id) is None:
        raise Invalid([Fault("customer_id", "unknown", "There is no such customer.")])
    return data.region_id, data.customer_id


async def _agreement_of(session: Session, voices: Sequence[Irritation]) -> UUID | None:
    """The one agreement under which all of it was done, where it was one."""
    query = (
        select(AgreementVersion.agreement_id)
        .join(Intervention, Intervention.agreement_version_id == AgreementVersion.id)
        .where(Intervention.id.in_([voice.intervention_id for voice in voices]))
        .distinct()
    )
    found = (await session.scalars(query)).all()
    return found[0] if len(found) == 1 else None
