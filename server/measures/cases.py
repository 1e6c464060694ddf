"""Interventions as figures see them: how their promises stand and what was done, read in batches.

What the figures are is in `figures`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select

from dispatch.agreements import AgreementKind
from dispatch.clocks import Clock
from server.accounts.scope import Scope
from server.breaches.tables import Breach, Excuse
from server.interventions.clocks import core_clocks
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.merging import MERGED
from server.interventions.queries import day_bounds
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.regions.tables import Region

AT_A_TIME = 500
Key = tuple[str, int]
"""A clock of the customer's and its round."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Interventions reported on the local days `[from_day, to_day)` of their region."""

    from_day: date
    to_day: date
    region_id: UUID | None = None
    customer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One intervention: the customer's clocks, and which breaches were excused or overturned.

    Of a merged report, `elsewhere` were missed by what goes on for it too, and count there.
    """

    dossier: Dossier
    clocks: tuple[Clock, ...]
    excused: frozenset[Key]
    overturned: frozenset[Key]
    elsewhere: frozenset[Key]


async def regions_of(session: AnySession, scope: Scope, wanted: Wanted) -> Sequence[Region]:
    """The regions asked about, of the caller's; one that is not looks unknown."""
    if wanted.region_id is not None and not scope.sees_region(wanted.region_id):
        raise NotFound
    query = select(Region).order_by(Region.id)
    if wanted.region_id is not None:
        query = query.where(Region.id == wanted.region_id)
    elif scope.region_ids is not None:
        query = query.where(Region.id.in_(scope.region_ids))
    found = (await session.scalars(query)).all()
    if wanted.region_id is not None and not found:
        raise NotFound
    return found


def span_of(region: Region, wanted: Wanted) -> tuple[datetime, datetime]:
    """The instants of the days asked about, on a region's clocks."""
    return day_bounds(wanted.from_day, region.zone)[0], day_bounds(wanted.to_day, region.zone)[0]


async def cases(
    session: AnySession, regions: Sequence[Region], wanted: Wanted, now: datetime
) -> list[Case]:
    """Everything that was reported on those days."""
    query = select(Intervention).where(_reported(regions, wanted)).order_by(Intervention.id)
    if wanted.customer_id is not None:
        query = query.where(Intervention.customer_id == wanted.customer_id)
    rows = (await session.scalars(query)).all()
    found: list[Case] = []
    for start in range(0, len(rows), AT_A_TIME):
        found += await _batch(session, rows[start : start + AT_A_TIME], now)
    return found


def _reported(regions: Sequence[Region], wanted: Wanted) -> ColumnElement[bool]:
    spans = ((region.id, *span_of(region, wanted)) for region in regions)
    return or_(
        false(),
        *(
            and_(
                Intervention.region_id == region_id,
                Intervention.reported_at >= start,
                Intervention.reported_at < end,
            )
            for region_id, start, end in spans
        ),
    )


async def _batch(session: AnySession, rows: Sequence[Intervention], now: datetime) -> list[Case]:
    excused, overturned, elsewhere = await _forgiven(session, [row.id for row in rows])
    return [
        Case(
            dossier,
            tuple(
                clock
                for clock in core_clocks(dossier, now)
                if clock.party is AgreementKind.CUSTOMER
            ),
            frozenset(excused[dossier.intervention.id]),
            frozenset(overturned[dossier.intervention.id]),
            frozenset(elsewhere[dossier.intervention.id]),
        )
        for dossier in await all_dossiers(session, rows, with_evidence=False)
    ]


async def _forgiven(
    session: AnySession, ids: Sequence[UUID]
) -> tuple[Mapping[UUID, set[Key]], Mapping[UUID, set[Key]], Mapping[UUID, set[Key]]]:
    """The customer's breaches that were excused, overturned, or counted with another report."""
    excused: dict[UUID, set[Key]] = defaultdict(set)
    overturned: dict[UUID, set[Key]] = defaultdict(set)
    elsewhere: dict[UUID, set[Key]] = defaultdict(set)
    query = (
        select(Breach, Excuse.id)
        .outerjoin(Excuse, and_(Excuse.breach_id == Breach.id, Excuse.decision == "approved"))
        .where(Breach.intervention_id.in_(ids), Breach.party == AgreementKind.CUSTOMER.value)
    )
    for breach, excuse_id in (await session.execute(query)).all():
        key = breach.clock, breach.round
        if breach.overturned_because == MERGED:
            elsewhere[breach.intervention_id].add(key)
        elif breach.overturned_at is not None:
            overturned[breach.intervention_id].add(key)
        elif excuse_id is not None:
            excused[breach.intervention_id].add(key)
    return excused, overturned, elsewhere
