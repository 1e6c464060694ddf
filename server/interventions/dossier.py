"""An intervention with everything that belongs to it, read in a handful of statements.

What it all amounts to is worked out in `standing` and `clocks`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.interventions.not_answered import not_answered
from server.interventions.tables import (
    Answer,
    Closing,
    Goodwill,
    Intervention,
    PartUsed,
    PauseOfWork,
    Promise,
    PromisedFile,
    RecordedFact,
    ServiceHours,
    SeverityChange,
    StoredClock,
    Visit,
    VisitCommand,
)
from server.kit.database import AnySession, Session
from server.kit.problems import NotFound
from server.parts.queries import parts_by_code
from server.parts.tables import Part
from server.regions.tables import Region
from server.roster.queries import AUTHORITY
from server.roster.tables import Technician
from server.sites.tables import Asset, Site

Row = TypeVar(
    "Row",
    StoredClock,
    RecordedFact,
    PauseOfWork,
    SeverityChange,
    Closing,
    Answer,
    PartUsed,
    Goodwill,
    PromisedFile,
)
# Known once for good; what is established on site is established anew after a reopening.
LASTING = frozenset({"call_received", "acknowledged"})


@dataclass(slots=True)
class Dossier:
    """All of it oldest first; `hours` maps a promise's fingerprint to its service hours.

    `catalogue` holds the parts it speaks of by code; `skews` how many seconds a phone's clock was
    wrong, by visit, where that was too much to go unnoticed; `unanswered` since when the office has
    known of a visit that nobody answered; `authority` what each technician may decide alone, EUR
    or None without a limit.
    """

    intervention: Intervention
    site: Site
    customer: Customer
    asset: Asset | None
    promises: list[Promise] = field(default_factory=list)
    clocks: list[StoredClock] = field(default_factory=list)
    hours: dict[str, str] = field(default_factory=dict)
    facts: list[RecordedFact] = field(default_factory=list)
    pauses: list[PauseOfWork] = field(default_factory=list)
    severity_changes: list[SeverityChange] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    parts: list[PartUsed] = field(default_factory=list)
    goodwill: list[Goodwill] = field(default_factory=list)
    catalogue: dict[str, Part] = field(default_factory=dict)
    skews: dict[UUID, int] = field(default_factory=dict)
    unanswered: dict[UUID, datetime] = field(default_factory=dict)
    files: list[PromisedFile] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    technicians: dict[UUID, Technician] = field(default_factory=dict)
    authority: dict[UUID, Decimal | None] = field(default_factory=dict)

    def visit(self, visit_id: UUID) -> Visit:
        return next(visit for visit in self.visits if visit.id == visit_id)

    @property
    def round(self) -> int:
        """How many times it was reopened."""
        return sum(closing.reopened_at is not None for closing in self.closings)

    def round_at(self, instant: datetime) -> int:
        """How many times it had been reopened by an instant."""
        reopened = (closing.reopened_at for closing in self.closings)
        return sum(at is not None and at <= instant for at in reopened)

    def fact(self, kind: str) -> RecordedFact | None:
        """What is known since the call, or since it was reopened."""
        known = (fact for fact in self.facts if fact.kind == kind)
        return next((f for f in known if kind in LASTING or f.round == self.round), None)


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


async def all_dossiers(
    session: AnySession, rows: Sequence[Intervention], *, with_evidence: bool = True
) -> list[Dossier]:
    """Whole dossiers of these interventions, in their order.

    Figures about thousands do without evidence: answers, parts, files, and how phones were set.
    """
    if not rows:
        return []
    made = await _places(session, rows)
    for promise, hours in await _promises(session, made):
        made[promise.intervention_id].promises.append(promise)
        if promise.hours is not None and hours is not None:
            made[promise.intervention_id].hours[promise.hours] = hours
    for visit, technician, authority in await _visits(session, made):
        made[visit.intervention_id].visits.append(visit)
        made[visit.intervention_id].technicians[technician.id] = technician
        made[visit.intervention_id].authority[technician.id] = authority
    await _fill(session, made)
    if with_evidence:
        await _fill_evidence(session, made)
    return [made[row.id] for row in rows]


async def _fill(session: AnySession, made: dict[UUID, Dossier]) -> None:
    for clock in await _recorded(session, StoredClock, made):
        made[clock.intervention_id].clocks.append(clock)
    for fact in await _recorded(session, RecordedFact, made):
        made[fact.intervention_id].facts.append(fact)
    for pause in await _recorded(session, PauseOfWork, made):
        made[pause.intervention_id].pauses.append(pause)
    for change in await _recorded(session, SeverityChange, made):
        made[change.intervention_id].severity_changes.append(change)
    for closing in await _recorded(session, Closing, made):
        made[closing.intervention_id].closings.append(closing)


async def _fill_evidence(session: AnySession, made: dict[UUID, Dossier]) -> None:
    for answer in await _recorded(session, Answer, made):
        made[answer.intervention_id].answers.append(answer)
    for part in await _recorded(session, PartUsed, made):
        made[part.intervention_id].parts.append(part)
    for goodwill in await _recorded(session, Goodwill, made):
        made[goodwill.intervention_id].goodwill.append(goodwill)
    for file in await _recorded(session, PromisedFile, made):
        made[file.intervention_id].files.append(file)
    await _fill_catalogue(session, made)
    for intervention_id, visit_id, skew_seconds in await _flagged(session, made):
        made[intervention_id].skews[visit_id] = skew_seconds
    await _fill_unanswered(session, made)


async def _fill_unanswered(session: AnySession, made: dict[UUID, Dossier]) -> None:
    waiting = {
        visit.id: visit.intervention_id
        for dossier in made.values()
        for visit in dossier.visits
        if visit.status == "dispatched"
    }
    for visit_id, at in (await not_answered(session, waiting)).items():
        made[waiting[visit_id]].unanswered[visit_id] = at


async def _fill_catalogue(session: AnySession, made: dict[UUID, Dossier]) -> None:
    named = {
        dossier.intervention.id: {
            *(used.part for used in dossier.parts),
            *(wanted["part"] for wanted in dossier.intervention.wanted_parts),
        }
        for dossier in made.values()
    }
    found = await parts_by_code(session, set().union(*named.values()))
    for intervention_id, codes in named.items():
        made[intervention_id].catalogue = {code: found[code] for code in codes if code in found}


async def _flagged(
    session: AnySession, made: dict[UUID, Dossier]
) -> Sequence[tuple[UUID, UUID, int]]:
    """Intervention, visit and skew of each command from a phone with a clock that was far off."""
    query = (
        select(Visit.intervention_id, Visit.id, VisitCommand.skew_seconds)
        .join(Visit, Visit.id == VisitCommand.visit_id)
        .where(
            Visit.intervention_id.in_(made),
            VisitCommand.is_skew_flagged.is_(True),
            VisitCommand.skew_seconds.is_not(None),
        )
        .order_by(VisitCommand.received_at, VisitCommand.sequence)
    )
    return [(row[0], row[1], row[2] or 0) for row in (await session.execute(query)).all()]


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


async def _promises(
    session: AnySession, made: dict[UUID, Dossier]
) -> Sequence[tuple[Promise, str | None]]:
    query = (
        select(Promise, ServiceHours.hours)
        .outerjoin(ServiceHours, ServiceHours.fingerprint == Promise.hours)
        .where(Promise.intervention_id.in_(made))
        .order_by(Promise.from_at, Promise.id)
    )
    return [(promise, hours) for promise, hours in (await session.execute(query)).all()]


async def _recorded(
    session: AnySession, kind: type[Row], made: dict[UUID, Dossier]
) -> Sequence[Row]:
    query = select(kind).where(kind.intervention_id.in_(made)).order_by(kind.id)
    return (await session.scalars(query)).all()


async def _visits(
    session: AnySession, made: dict[UUID, Dossier]
) -> Sequence[tuple[Visit, Technician, Decimal | None]]:
    query = (
        select(Visit, Technician, AUTHORITY)
        .join(Technician, Technician.id == Visit.technician_id)
        .join(Region, Region.id == Technician.region_id)
        .where(Visit.intervention_id.in_(made))
        .order_by(Visit.created_at, Visit.id)
        .execution_options(populate_existing=True)
    )
    rows = (await session.execute(query)).all()
    return [(visit, technician, authority) for visit, technician, authority in rows]
