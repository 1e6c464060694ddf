"""Which services each site is given: one for each kind of work, by the assets that stand there.

What is promised for them stands in agreements.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.agreements.tables import Agreement
from server.kit.database import AnySession
from server.regions.tables import Region
from server.services.tables import Service
from server.sites.tables import Asset, Site

# How a line of the terms names where it holds.
PLACE: Mapping[str, type[Region | Site | Asset]] = {
    "region_id": Region,
    "site_id": Site,
    "asset_id": Asset,
}


async def where_held(
    session: AnySession, lines: Sequence[Mapping[str, object]]
) -> list[tuple[str, ...]]:
    """The names of the region, site and asset each line is for; none where it holds everywhere."""
    names: dict[object, str] = {}
    for name, table in PLACE.items():
        ids = {UUID(str(line[name])) for line in lines if line.get(name) is not None}
        query = select(table.id, table.name).where(table.id.in_(ids))
        names.update({str(key): said for key, said in await session.execute(query)})
    return [tuple(names[key] for key in map(line.get, PLACE) if key is not None) for line in lines]


@dataclass(frozen=True, slots=True)
class Given:
    """A site, how many assets stand there, and the services it is given, by code."""

    site: Site
    assets: int
    services: tuple[str, ...]


async def places(session: AnySession, scope: Scope, *, site_id: UUID | None = None) -> list[Given]:
    """The caller's sites by name, or one of them."""
    query = select(Site).order_by(Site.name, Site.id)
    if scope.region_ids is not None:
        query = query.where(Site.region_id.in_(scope.region_ids))
    if scope.customer_id is not None:
        query = query.where(Site.customer_id == scope.customer_id)
    if site_id is not None:
        query = query.where(Site.id == site_id)
    rows = (await session.scalars(query)).all()
    kinds = await _kinds(session, site_id)
    catalogue = (await session.scalars(select(Service).order_by(Service.code))).all()
    return [
        Given(row, len(kinds[row.id]), tuple(services_at(set(kinds[row.id]), catalogue)))
        for row in rows
    ]


def services_at(kinds: set[str], catalogue: Sequence[Service]) -> Iterator[str]:
    """The services that fit these kinds of assets; one for any kind where there is no other."""
    own = {(each.work_type, each.asset_kind) for each in catalogue}
    for service in catalogue:
        if service.asset_kind is not None:
            is_given = service.asset_kind in kinds
        else:
            is_given = not kinds or any((service.work_type, kind) not in own for kind in kinds)
        if is_given:
            yield service.code


def covered_places(
    agreement: Agreement, terms: Mapping[str, list[dict[str, object]]], given: Sequence[Given]
) -> list[Given]:
    """The sites an agreement's service rows are about."""
    own = [
        each
        for each in given
        if agreement.customer_id is None or each.site.customer_id == agreement.customer_id
    ]
    rows = [row["site_ids"] for row in terms["services"]]
    if None in rows:
        return own
    named = {site for row in rows if isinstance(row, list) for site in row}
    return [each for each in own if str(each.site.id) in named]


async def _kinds(session: AnySession, site_id: UUID | None) -> Mapping[UUID, list[str]]:
    query = select(Asset.site_id, Asset.kind)
    if site_id is not None:
        query = query.where(Asset.site_id == site_id)
    found: dict[UUID, list[str]] = defaultdict(list)
    for site, kind in await session.execute(query):
        found[site].append(kind)
    return found
