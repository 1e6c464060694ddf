"""A building manager's lifts: how each one stands, told by the worst that is wrong with it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.interventions import usual_work
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.portal import shown_to_manager
from server.interventions.portal_schemas import AssetState, PortalAssetOut, PortalSiteOut
from server.interventions.shown import address
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.wire import Page
from server.sites.tables import Asset, Site

ON_SITE = frozenset({"arrived", "in_progress", "paused"})
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
    arrived_at, called_at = _attended_since(dossier), row.reopened_at or row.reported_at
    released, restored = dossier.fact("person_released"), dossier.fact("back_in_service")
    if restored is not None:
        return Trouble("working", restored.at, dossier)
    if row.severity == "S1" and released is None:
        return Trouble("person_trapped", called_at, dossier)
    if arrived_at is not None:
        return Trouble("attended", arrived_at, dossier)
    if usual_work.is_planned(row.source, row.work_type):
        return Trouble("working", None, dossier)
    return Trouble(REPORTED_AS[row.severity], called_at, dossier)


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
