"""What is known of an asset, with what was done there last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from server.interventions.schemas import AssetCardOut, LastVisitOut
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.roster.tables import Technician
from server.sites.tables import Asset, Site

LAST_VISITS = 5
DONE = ("completed", "partially_completed", "cannot_complete")


@dataclass(frozen=True, slots=True)
class AssetCard:
    """One more visit is held than is shown, as a card says nothing of the visit it belongs to."""

    asset: Asset
    zone: str
    visits: tuple[tuple[UUID, LastVisitOut], ...]

    def but(self, visit: Visit, now: datetime) -> AssetCardOut:
        """The card as it lies beside one visit."""
        others = [told for visit_id, told in self.visits if visit_id != visit.id]
        return AssetCardOut(
            levels=self.asset.levels,
            maker=self.asset.maker,
            installed_on=self.asset.installed_on,
            is_retired=is_retired(self.asset, self.zone, now),
            last_visits=others[:LAST_VISITS],
        )


def is_retired(asset: Asset | None, zone: str, now: datetime) -> bool:
    """Whether it is out of use by today, where it stands."""
    retired_on = None if asset is None else asset.retired_on
    return retired_on is not None and retired_on <= now.astimezone(ZoneInfo(zone)).date()


async def asset_cards(session: AnySession, asset_ids: Collection[UUID]) -> dict[UUID, AssetCard]:
    """The cards of these assets, in two statements however many they are."""
    if not asset_ids:
        return {}
    places = await session.execute(
        select(Asset, Site.zone).join(Site, Site.id == Asset.site_id).where(Asset.id.in_(asset_ids))
    )
    visits: dict[UUID, list[tuple[UUID, LastVisitOut]]] = {id_: [] for id_ in asset_ids}
    for asset_id, visit, work, name in await _last_visits(session, asset_ids):
        visits[asset_id].append((visit.id, _told(visit, work, name)))
    return {
        asset.id: AssetCard(asset, zone, tuple(visits[asset.id])) for asset, zone in places.all()
    }


async def _last_visits(
    session: AnySession, asset_ids: Collection[UUID]
) -> list[tuple[UUID, Visit, Intervention, str]]:
    """Each asset's newest visits that came to an end on site, newest first."""
    at = func.coalesce(Visit.finished_at, Visit.ends_at)
    place = func.row_number().over(
        partition_by=Intervention.asset_id, order_by=(at.desc(), Visit.id.desc())
    )
    ranked = (
        select(Visit.id, place.label("place"))
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .where(Intervention.asset_id.in_(asset_ids), Visit.status.in_(DONE))
        .subquery()
    )
    query = (
        select(Visit, Intervention, Technician.name)
        .join(ranked, ranked.c.id == Visit.id)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(ranked.c.place <= LAST_VISITS + 1)
        .order_by(ranked.c.place)
    )
    found = (await session.execute(query)).all()
    return [
        (work.asset_id, visit, work, name)
        for visit, work, name in found
        if work.asset_id is not None
    ]


def _told(visit: Visit, work: Intervention, name: str) -> LastVisitOut:
    return LastVisitOut(
        number=work.number,
        at=visit.finished_at or visit.ends_at,
        work_type=work.work_type,  # type: ignore[arg-type]
        severity=work.severity,  # type: ignore[arg-type]
        status=visit.status,  # type: ignore[arg-type]
        cause=visit.cause,  # type: ignore[arg-type]
        action=visit.action,
        remaining=visit.remaining,
        technician_first_name=name.split(maxsplit=1)[0],
    )
