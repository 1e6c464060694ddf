"""Reading irritations: staff by region, managers what their own side said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.experience.irritation_schemas import IrritationOut, IrritationState
from server.experience.tables import Irritation
from server.interventions.queries import under_agreement
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page
from server.sites.tables import Site

RESIDENT = "resident"
THEIR_SIDE = (Role.MANAGER.value, RESIDENT)


@dataclass(frozen=True, slots=True)
class WantedIrritations:
    """Which irritations a list asks for; of an agreement those under any of its versions."""

    state: IrritationState | None = None
    intervention_id: UUID | None = None
    region_id: UUID | None = None
    customer_id: UUID | None = None
    agreement_id: UUID | None = None


async def irritations(
    session: AnySession,
    scope: Scope,
    wanted: WantedIrritations,
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[IrritationOut]:
    """What somebody wants talked about, the newest first."""
    query = _within(select(Irritation), scope).where(*_conditions(wanted))
    rows, following = await page(
        session,
        query,
        by=(Irritation.raised_at, Irritation.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page(await shown_irritations(session, rows), following)


async def irritation_row(
    session: AnySession, scope: Scope, irritation_id: UUID, *, lock: bool = False
) -> Irritation:
    """One of those the caller may see; any other looks unknown."""
    query = _within(select(Irritation).where(Irritation.id == irritation_id), scope)
    row = await session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


async def shown_irritations(session: AnySession, rows: Sequence[Irritation]) -> list[IrritationOut]:
    around = await _around(session, rows)
    return [_shown(row, *around[row.id]) for row in rows]


def state_of(row: Irritation) -> IrritationState:
    if row.closed_at is not None:
        return "closed"
    return "open" if row.improvement_id is None else "taken_up"


def _within(query: Select[Irritation], scope: Scope) -> Select[Irritation]:
    if scope.role is Role.MANAGER:
        return query.where(
            Irritation.customer_id == scope.customer_id, Irritation.role.in_(THEIR_SIDE)
        )
    if scope.region_ids is None:
        return query
    return query.where(Irritation.region_id.in_(scope.region_ids))


def _conditions(wanted: WantedIrritations) -> list[ColumnElement[bool]]:
    asked = (
        (Irritation.intervention_id, wanted.intervention_id),
        (Irritation.region_id, wanted.region_id),
        (Irritation.customer_id, wanted.customer_id),
    )
    found: list[ColumnElement[bool]] = [
        column == value for column, value in asked if value is not None
    ]
    if wanted.agreement_id is not None:
        found.append(Irritation.intervention_id.in_(under_agreement(wanted.agreement_id)))
    match wanted.state:
        case "open":
            found += [Irritation.closed_at.is_(None), Irritation.improvement_id.is_(None)]
        case "taken_up":
            found += [Irritation.closed_at.is_(None), Irritation.improvement_id.is_not(None)]
        case "closed":
            found.append(Irritation.closed_at.is_not(None))
        case None:
            pass
    return found


async def _around(
    session: AnySession, rows: Sequence[Irritation]
) -> Mapping[UUID, tuple[str, str, str, str]]:
    query = (
        select(Irritation.id, Intervention.number, Intervention.summary, Site.name, Customer.name)
        .join(Intervention, Intervention.id == Irritation.intervention_id)
        .join(Site, Site.id == Irritation.site_id)
        .join(Customer, Customer.id == Irritation.customer_id)
        .where(Irritation.id.in_([row.id for row in rows]))
    )
    return {
        id_: (number, summary, site, customer)
        for id_, number, summary, site, customer in (await session.execute(query)).all()
    }


def _shown(
    row: Irritation, number: str, summary: str, site_name: str, customer_name: str
) -> IrritationOut:
    return IrritationOut(
        id=row.id,
        intervention_id=row.intervention_id,
        number=number,
        summary=summary,
        site_id=row.site_id,
        site_name=site_name,
        customer_id=row.customer_id,
        customer_name=customer_name,
        region_id=row.region_id,
        role=row.role,
        kind=row.kind,  # type: ignore[arg-type]
        text=row.text,
        raised_at=row.raised_at,
        state=state_of(row),
        improvement_id=row.improvement_id,
        closed_reason=row.closed_reason,
        closed_by=row.closed_by_name,
        closed_at=row.closed_at,
        version=row.version,
    )
