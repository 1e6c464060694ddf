"""What a building manager sees: their lifts, who comes and when, what was promised and kept.

Made from shapes of its own, in plain facts; nothing internal is read into them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ClockKind
from server.accounts.scope import Scope
from server.interventions import usual_work
from server.interventions.arrival import expected
from server.interventions.clocks import clock_row
from server.interventions.dossier import Dossier, all_dossiers, one_dossier
from server.interventions.events import first_name
from server.interventions.portal_schemas import (
    AssetState,
    PortalAssetOut,
    PortalInterventionOut,
    PortalPromiseOut,
    PortalSiteOut,
    PortalTrailsOut,
    PortalVisitOut,
    PortalVisitState,
)
from server.interventions.shown import address
from server.interventions.shown_clocks import shown_clock, state_of
from server.interventions.standing import ENDED, OPEN, counting_visits
from server.interventions.tables import Intervention
from server.interventions.trails import PROMISE_STATES, trails_for_manager
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.wire import Page
from server.sites.tables import Asset, Site

ON_SITE = frozenset({"arrived", "in_progress", "paused"})
OUTCOMES = frozenset({"completed", "partially_completed", "cannot_complete"})
VISIT_STATES: dict[str, PortalVisitState] = {
    "dispatched": "expected",
    "accepted": "expected",
    "en_route": "on_the_way",
    "arrived": "on_site",
    "in_progress": "on_site",
    "paused": "interrupted",
}
# Worst first: of several troubles with one lift, the worst is shown.
STATES: tuple[AssetState, ...] = (
    "person_trapped",
    "attended",
    "out_of_service",
    "degraded",
    "request_open",
    "working",
)

# An entrapment whose people are free leaves a lift that stands still.
REPORTED_AS: dict[str, AssetState] = {
    "S1": "out_of_service",
    "S2": "out_of_service",
    "S3": "degraded",
    "S4": "request_open",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """How one open intervention leaves its lift, and since when."""

    state: AssetState
    since: datetime | None
    dossier: Dossier | None


@dataclass(frozen=True, slots=True)
class WantedHistory:
    """Of which building, or which lift; of all of them without."""

    site_id: UUID | None = None
    asset_id: UUID | None = None


WORKING = Trouble("working", None, None)


async def portal_sites(
    session: AnySession, scope: Scope, *, now: datetime, limit: int | None, cursor: str | None
) -> Page[PortalSiteOut]:
    """The manager's buildings by name, each lift with how it stands."""
    rows, following = await page(
        session,
        select(Site).where(Site.customer_id == scope.customer_id),
        by=(Site.name, Site.id),
        limit=limit,
        cursor=cursor,
    )
    ids = [row.id for row in rows]
    assets: dict[UUID, list[Asset]] = defaultdict(list)
    in_order = select(Asset).where(Asset.site_id.in_(ids)).order_by(Asset.code)
    for asset in await session.scalars(in_order):
        assets[asset.site_id].append(asset)
    troubles = await _troubles(session, ids)
    return Page([_site(row, assets[row.id], troubles, now) for row in rows], following)


async def _troubles(session: AnySession, site_ids: Sequence[UUID]) -> dict[UUID, Trouble]:
    """The worst trouble of each lift that has one."""
    query = select(Intervention).where(
        Intervention.site_id.in_(site_ids),
        Intervention.asset_id.is_not(None),
        Intervention.status.not_in(ENDED),
    )
    worst: dict[UUID, Trouble] = {}
    for dossier in await all_dossiers(session, (await session.scalars(query)).all()):
        assert dossier.asset is not None
        trouble = _trouble(dossier)
        known = worst.get(dossier.asset.id)
        if known is None or STATES.index(trouble.state) < STATES.index(known.state):
            worst[dossier.asset.id] = trouble
    return worst


def _trouble(dossier: Dossier) -> Trouble:
    row = dossier.intervention
    arrived_at = _attended_since(dossier)
    released, restored = dossier.fact("person_released"), dossier.fact("back_in_service")
    if restored is not None:
        return Trouble("working", restored.at, dossier)
    if row.severity == "S1" and released is None:
        return Trouble("person_trapped", row.reported_at, dossier)
    if arrived_at is not None:
        return Trouble("attended", arrived_at, dossier)
    if usual_work.is_planned(row.source, row.work_type):
        return Trouble("working", None, dossier)
    return Trouble(REPORTED_AS[row.severity], row.reported_at, dossier)


def _attended_since(dossier: Dossier) -> datetime | None:
    on_site = [v.arrived_at for v in dossier.visits if v.status in ON_SITE and v.arrived_at]
    return min(on_site, default=None)


def _site(
    row: Site, assets: Sequence[Asset], troubles: dict[UUID, Trouble], now: datetime
) -> PortalSiteOut:
    return PortalSiteOut(
        id=row.id,
        name=row.name,
        address=address(row),
        zone=row.zone,
        assets=[_asset(asset, troubles.get(asset.id, WORKING), now) for asset in assets],
    )


def _asset(row: Asset, trouble: Trouble, now: datetime) -> PortalAssetOut:
    return PortalAssetOut(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,  # type: ignore[arg-type]
        state=trouble.state,
        since=trouble.since,
        intervention=None if trouble.dossier is None else shown_to_manager(trouble.dossier, now),
    )


async def portal_interventions(
    session: AnySession,
    scope: Scope,
    wanted: WantedHistory,
    *,
    now: datetime,
    limit: int | None,
    cursor: str | None,
) -> Page[PortalInterventionOut]:
    """The manager's interventions, last reported first."""
    query = select(Intervention).where(Intervention.customer_id == scope.customer_id)
    if wanted.site_id is not None:
        query = query.where(Intervention.site_id == wanted.site_id)
    if wanted.asset_id is not None:
        query = query.where(Intervention.asset_id == wanted.asset_id)
    rows, following = await page(
        session,
        query,
        by=(Intervention.reported_at, Intervention.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    found = await all_dossiers(session, rows)
    return Page([shown_to_manager(each, now) for each in found], following)


async def portal_intervention(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> PortalInterventionOut:
    return shown_to_manager(await one_dossier(session, scope, intervention_id), now)


async def portal_trail(
    session: AnySession, scope: Scope, intervention_id: UUID, now: datetime
) -> PortalTrailsOut:
    """Why a promise falls due when it does."""
    return trails_for_manager(await one_dossier(session, scope, intervention_id), now)


def shown_to_manager(dossier: Dossier, now: datetime) -> PortalInterventionOut:
    """One intervention in a building manager's terms."""
    row, asset = dossier.intervention, dossier.asset
    is_open = row.status not in ENDED
    return PortalInterventionOut(
        id=row.id,
        number=row.number,
        site_id=row.site_id,
        site_name=dossier.site.name,
        asset_id=row.asset_id,
        asset_name=None if asset is None else asset.name,
        severity=row.severity,  # type: ignore[arg-type]
        summary=row.summary,
        reported_at=row.reported_at,
        arrived_at=_arrived_at(dossier),
        released_at=_time_of(dossier, "person_released"),
        restored_at=_time_of(dossier, "back_in_service"),
        ended_at=row.decided_at,
        is_open=is_open,
        is_planned=usual_work.is_planned(row.source, row.work_type),
        outcome="" if is_open else _outcome(dossier),
        visit=_visit(dossier, now),
        promise=_promise(dossier, now),
    )


def _arrived_at(dossier: Dossier) -> datetime | None:
    """Since the call, or since it was reopened."""
    arrivals = (visit.arrived_at for visit in counting_visits(dossier) if visit.arrived_at)
    return min(arrivals, default=None)


def _time_of(dossier: Dossier, kind: str) -> datetime | None:
    found = dossier.fact(kind)
    return None if found is None else found.at


def _outcome(dossier: Dossier) -> str:
    """What it was, where the technician found it; otherwise how it ended."""
    if dossier.intervention.status == "cancelled":
        return "cancelled"
    ended = [visit for visit in dossier.visits if visit.status in OUTCOMES]
    return (ended[-1].cause or ended[-1].status) if ended else ""


def _visit(dossier: Dossier, now: datetime) -> PortalVisitOut | None:
    """Who comes, or was there last; a proposal is not told to anybody yet."""
    told = [visit for visit in dossier.visits if visit.status in VISIT_STATES]
    if told:
        visit = told[-1]
        from_at, to_at = expected(visit, now) or (None, None)
        name = first_name(dossier, visit.technician_id)
        return PortalVisitOut(name, VISIT_STATES[visit.status], from_at, to_at)
    been = [visit for visit in dossier.visits if visit.arrived_at and visit.status not in OPEN]
    if not been or dossier.intervention.status not in ENDED:
        return None
    return PortalVisitOut(first_name(dossier, been[-1].technician_id), "on_site", None, None)


def _promise(dossier: Dossier, now: datetime) -> PortalPromiseOut:
    """Somebody on site in time: the response clock, and nothing of what we aim at ourselves."""
    row = clock_row(dossier, ClockKind.RESPONSE)
    if row is None:
        return PortalPromiseOut("none", None, None)
    shown = shown_clock(dossier, row, now)
    return PortalPromiseOut(PROMISE_STATES[state_of(row, now)], shown.due_at, shown.target_seconds)
