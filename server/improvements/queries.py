"""Reading improvements: staff by region, managers by customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.agreements.tables import Agreement
from server.customers.tables import Customer
from server.experience.tables import Irritation
from server.improvements.schemas import EffectOut, ImprovementOut, ImprovementState
from server.improvements.tables import Improvement
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page


@dataclass(frozen=True, slots=True)
class WantedImprovements:
    """Which improvements a list asks for: open ones of an agreement go on its next agenda."""

    state: ImprovementState | None = None
    region_id: UUID | None = None
    customer_id: UUID | None = None
    agreement_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class _Around:
    customer_name: str | None
    agreement_number: str | None
    irritations: int


async def improvements(
    session: AnySession,
    scope: Scope,
    wanted: WantedImprovements,
    *,
    now: datetime,
    limit: int | None,
    cursor: str | None,
) -> Page[ImprovementOut]:
    """What is to become better, the newest first."""
    asked = (
        (Improvement.state, wanted.state),
        (Improvement.region_id, wanted.region_id),
        (Improvement.customer_id, wanted.customer_id),
        (Improvement.agreement_id, wanted.agreement_id),
    )
    query = _within(select(Improvement), scope).where(
        *(column == value for column, value in asked if value is not None)
    )
    rows, following = await page(
        session,
        query,
        by=(Improvement.created_at, Improvement.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page(await shown_improvements(session, scope, rows, now.date()), following)


async def improvement_row(
    session: AnySession, scope: Scope, improvement_id: UUID, *, lock: bool = False
) -> Improvement:
    """One of those the caller may see; any other looks unknown."""
    query = _within(select(Improvement).where(Improvement.id == improvement_id), scope)
    row = await session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


async def shown_improvements(
    session: AnySession, scope: Scope, rows: Sequence[Improvement], today: date
) -> list[ImprovementOut]:
    around = await _around(session, rows)
    return [_shown(row, around[row.id], today, scope) for row in rows]


def _within(query: Select[Improvement], scope: Scope) -> Select[Improvement]:
    if scope.role is Role.MANAGER:
        return query.where(Improvement.customer_id == scope.customer_id)
    if scope.region_ids is None:
        return query
    return query.where(Improvement.region_id.in_(scope.region_ids))


async def _around(session: AnySession, rows: Sequence[Improvement]) -> Mapping[UUID, _Around]:
    voices = (
        select(func.count(Irritation.id))
        .where(Irritation.improvement_id == Improvement.id)
        .scalar_subquery()
    )
    query = (
        select(Improvement.id, Customer.name, Agreement.number, voices)
        .outerjoin(Customer, Customer.id == Improvement.customer_id)
        .outerjoin(Agreement, Agreement.id == Improvement.agreement_id)
        .where(Improvement.id.in_([row.id for row in rows]))
    )
    return {id_: _Around(*rest) for id_, *rest in (await session.execute(query)).all()}


def _shown(row: Improvement, around: _Around, today: date, scope: Scope) -> ImprovementOut:
    # Whoever owns it is told to the customer; who wrote it down stays inside the house.
    is_outside = scope.role is Role.MANAGER
    return ImprovementOut(
        id=row.id,
        region_id=row.region_id,
        customer_id=row.customer_id,
        customer_name=around.customer_name,
        agreement_id=row.agreement_id,
        agreement_number=around.agreement_number,
        origin=row.origin,  # type: ignore[arg-type]
        facts=row.facts,
        title=row.title,
        priority=row.priority,  # type: ignore[arg-type]
        owner_name=row.owner_name,
        due_on=row.due_on,
        is_overdue=row.state == "open" and row.due_on < today,
        measure=row.measure,  # type: ignore[arg-type]
        clock=row.clock,  # type: ignore[arg-type]
        expected_points=f"{row.expected_points.normalize():f}",
        weeks=row.weeks,
        state=row.state,  # type: ignore[arg-type]
        irritations=around.irritations,
        created_at=row.created_at,
        created_by="" if is_outside else row.created_by_name,
        ended_at=row.ended_at,
        ended_by="" if is_outside else row.ended_by_name,
        note=row.note,
        effect=None if row.effect is None else msgspec.convert(row.effect, EffectOut),
        version=row.version,
    )
