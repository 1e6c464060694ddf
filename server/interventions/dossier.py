"""An intervention with everything that belongs to it, read in a handful of statements.

What it all amounts to is worked out in `standing` and `clocks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.interventions.tables import (
    Intervention,
    PauseOfWork,
    RecordedFact,
    ServiceHours,
    StoredClock,
    Visit,
)
from server.kit.database import AnySession, Session
from server.kit.problems import NotFound
from server.roster.tables import Technician
from server.sites.tables import Asset, Site

Row = TypeVar("Row", StoredClock, RecordedFact, PauseOfWork, Visit)


@dataclass(slots=True)
class Dossier:
    """`visits` are oldest first; `hours` maps a clock's fingerprint to its service hours."""

    intervention: Intervention
    site: Site
    customer: Customer
    asset: Asset | None
    clocks: list[StoredClock] = field(default_factory=list)
    hours: dict[str, str] = field(default_factory=dict)
    facts: list[RecordedFact] = field(default_factory=list)
    pauses: list[PauseOfWork] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    technicians: dict[UUID, Technician] = field(default_factory=dict)

    def visit(self, visit_id: UUID) -> Visit:
        return next(visit for visit in self.visits if visit.id == visit_id)

    def fact(self, kind: str) -> RecordedFact | None:
        return next((fact for fact in self.facts if fact.kind == kind), None)


def sees(scope: Scope, row: Intervention) -> bool:
    """Staff by region, managers by customer; technicians see visits, not interventions."""
    match scope.role:
        case Role.MANAGER:
            return scope.customer_id == row.customer_id
        case Role.TECHNICIAN:
            return False
        case _:
            return scope.sees_region(row.region_id)


async def one_dossier(session: AnySession, scope: Scope, intervention_id: UUID) -> Dossier:
    """One intervention of the caller's; any other looks unknown."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    return (await all_dossiers(session, [row]))[0]


async def locked_dossier(session: Session, scope: Scope, intervention_id: UUID) -> Dossier:
    """The same for a change: whoever else wants to change it waits for us."""
    found = await lock_interventions(session, [intervention_id])
    if not found or not sees(scope, found[0]):
        raise NotFound
    return (await all_dossiers(session, found))[0]


async def lock_interventions(session: Session, ids: Sequence[UUID]) -> list[Intervention]:
    """Take interventions for a change, always in the same order, so that no two wait in a ring."""
    query = (
        select(Intervention)
        .where(Intervention.id.in_(ids))
        .order_by(Intervention.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list((await session.scalars(query)).all())


async def all_dossiers(session: AnySession, rows: Sequence[Intervention]) -> list[Dossier]:
    """Whole dossiers of these interventions, in their order."""
    if not rows:
        return []
    made = await _places(session, rows)
    for clock, hours in await _clocks(session, made):
        made[clock.intervention_id].clocks.append(clock)
        made[clock.intervention_id].hours[clock.hours] = hours
    for fact in await _recorded(session, RecordedFact, made):
        made[fact.intervention_id].facts.append(fact)
    for pause in await _recorded(session, PauseOfWork, made):
        made[pause.intervention_id].pauses.append(pause)
    for visit, technician in await _visits(session, made):
        made[visit.intervention_id].visits.append(visit)
        made[visit.intervention_id].technicians[technician.id] = technician
    return [made[row.id] for row in rows]


async def _places(session: AnySession, rows: Sequence[Intervention]) -> dict[UUID, Dossier]:
    query = (
        select(Site, Customer)
        .join(Customer, Customer.id == Site.customer_id)
        .where(Site.id.in_({row.site_id for row in rows}))
    )
    sites = {site.id: (site, customer) for site, customer in (await session.execute(query)).all()}
    wanted = {row.asset_id for row in rows if row.asset_id is not None}
    assets: dict[UUID | None, Asset] = {}
    if wanted:
        found = await session.scalars(select(Asset).where(Asset.id.in_(wanted)))
        assets = {asset.id: asset for asset in found}
    return {row.id: Dossier(row, *sites[row.site_id], assets.get(row.asset_id)) for row in rows}


async def _clocks(
    session: AnySession, made: dict[UUID, Dossier]
) -> Sequence[tuple[StoredClock, str]]:
    query = (
        select(StoredClock, ServiceHours.hours)
        .join(ServiceHours, ServiceHours.fingerprint == StoredClock.hours)
        .where(StoredClock.intervention_id.in_(made))
        .order_by(StoredClock.id)
    )
    return [(clock, hours) for clock, hours in (await session.execute(query)).all()]


async def _recorded(
    session: AnySession, kind: type[Row], made: dict[UUID, Dossier]
) -> Sequence[Row]:
    query = select(kind).where(kind.intervention_id.in_(made)).order_by(kind.id)
    return (await session.scalars(query)).all()


async def _visits(
    session: AnySession, made: dict[UUID, Dossier]
) -> Sequence[tuple[Visit, Technician]]:
    query = (
        select(Visit, Technician)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(Visit.intervention_id.in_(made))
        .order_by(Visit.created_at, Visit.id)
        .execution_options(populate_existing=True)
    )
    return [(visit, technician) for visit, technician in (await session.execute(query)).all()]
