"""Reading sites and assets."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, or_, select

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page, Position
from server.sites.geocoding import Geocoder
from server.sites.schemas import (
    AccessHoursOut,
    AssetOut,
    ContactOut,
    CriticalWindowOut,
    KeyBoxOut,
    PlaceOut,
    SiteOut,
)
from server.sites.search import finds
from server.sites.tables import Asset, Site


def shown_site(row: Site) -> SiteOut:
    return SiteOut(
        id=row.id,
        code=row.code,
        region_id=row.region_id,
        customer_id=row.customer_id,
        name=row.name,
        street=row.street,
        number=row.number,
        postcode=row.postcode,
        place=row.place,
        position=Position(lat=row.lat, lon=row.lon),
        position_source=row.position_source,
        zone=row.zone,
        access_notes=row.access_notes,
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
        hazards=row.hazards,
        contacts=shown_contacts(row),
        access_hours=[AccessHoursOut(**each) for each in row.access_hours],
        critical_windows=[
            msgspec.convert(each, CriticalWindowOut) for each in row.critical_windows
        ],
        version=row.version,
    )


def shown_contacts(row: Site) -> list[ContactOut]:
    return [ContactOut(**contact) for contact in row.contacts]


def shown_asset(row: Asset) -> AssetOut:
    return AssetOut(
        id=row.id,
        site_id=row.site_id,
        code=row.code,
        name=row.name,
        kind=row.kind,  # type: ignore[arg-type]
        levels=row.levels,
        maker=row.maker,
        installed_on=row.installed_on,
        retired_on=row.retired_on,
        version=row.version,
    )


def in_service(day: date) -> ColumnElement[bool]:
    """Whether an asset is not retired by this day (of UTC); so is what belongs to no asset."""
    return or_(Asset.retired_on.is_(None), Asset.retired_on > day)


def sees_site(scope: Scope, row: Site) -> bool:
    """Whether a site lies in the caller's regions and, for a manager, is their own."""
    return scope.sees_region(row.region_id) and scope.customer_id in {None, row.customer_id}


async def site_row(session: AnySession, scope: Scope, site_id: UUID) -> Site:
    """One site of the caller's; any other looks unknown."""
    row = await session.get(Site, site_id)
    if row is None or not sees_site(scope, row):
        raise NotFound
    return row


async def site(session: AnySession, scope: Scope, site_id: UUID) -> SiteOut:
    return shown_site(await site_row(session, scope, site_id))


async def key_box(session: AnySession, scope: Scope, site_id: UUID) -> KeyBoxOut:
    """How to get at the key of one of the caller's sites."""
    return KeyBoxOut((await site_row(session, scope, site_id)).key_box)


@dataclass(frozen=True, slots=True)
class WantedSites:
    """Which sites a list asks for; `words` stand somewhere in code, name or address."""

    region_id: UUID | None = None
    customer_id: UUID | None = None
    words: str | None = None


async def sites(
    session: AnySession,
    scope: Scope,
    wanted: WantedSites,
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[SiteOut]:
    """The caller's sites by name."""
    query = _within(select(Site), scope)
    if wanted.region_id is not None:
        query = query.where(Site.region_id == wanted.region_id)
    if wanted.customer_id is not None:
        query = query.where(Site.customer_id == wanted.customer_id)
    if wanted.words:
        query = query.where(finds(wanted.words, Site.search))
    rows, following = await page(
        session, query, by=(Site.name, Site.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_site(row) for row in rows], next_cursor=following)


async def asset_row(session: AnySession, scope: Scope, asset_id: UUID) -> Asset:
    """One asset on a site of the caller's; any other looks unknown."""
    row = await session.get(Asset, asset_id)
    if row is None:
        raise NotFound
    await site_row(session, scope, row.site_id)
    return row


async def asset(session: AnySession, scope: Scope, asset_id: UUID) -> AssetOut:
    return shown_asset(await asset_row(session, scope, asset_id))


@dataclass(frozen=True, slots=True)
class WantedAssets:
    """Which assets a list asks for; `words` may stand in the site's address as well."""

    site_id: UUID | None = None
    words: str | None = None


async def assets(
    session: AnySession,
    scope: Scope,
    wanted: WantedAssets,
    *,
    limit: int | None,
    cursor: str | None,
) -> Page[AssetOut]:
    """The caller's assets by code."""
    query = _within(select(Asset).join(Site, Site.id == Asset.site_id), scope)
    if wanted.site_id is not None:
        query = query.where(Asset.site_id == wanted.site_id)
    if wanted.words:
        query = query.where(finds(wanted.words, Asset.search, Site.search))
    rows, following = await page(
        session, query, by=(Asset.code, Asset.id), limit=limit, cursor=cursor
    )
    return Page(items=[shown_asset(row) for row in rows], next_cursor=following)


def _within(query: Select[Any], scope: Scope) -> Select[Any]:
    if scope.region_ids is not None:
        query = query.where(Site.region_id.in_(scope.region_ids))
    if scope.customer_id is not None:
        query = query.where(Site.customer_id == scope.customer_id)
    return query


async def places(geocoder: Geocoder, address: str) -> list[PlaceOut]:
    """What the address service makes of an address, likeliest first."""
    return [
        PlaceOut(
            label=place.label,
            position=Position(lat=place.lat, lon=place.lon),
            source=place.source,
        )
        for place in await geocoder.places(address)
    ]
