"""Making and changing sites and the assets on them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from dispatch.geo import Point, lies_within
from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid, NotFound
from server.kit.wire import PositionBody
from server.kit.work import require_version
from server.regions.tables import Region
from server.sites import queries
from server.sites.access import require_access
from server.sites.contacts import merged
from server.sites.critical import stored_windows
from server.sites.geocoding import Geocoder
from server.sites.problems import GeocoderNotConfigured
from server.sites.schemas import (
    AssetBody,
    AssetChangeBody,
    AssetOut,
    SiteBody,
    SiteChangeBody,
    SiteOut,
)
from server.sites.search import folded
from server.sites.tables import Asset, Site

PIN = "pin"


async def locate(geocoder: Geocoder, data: SiteBody) -> tuple[SiteBody, str]:
    """A new site with its position, and who gave it: the pin, or else the address service.

    Asked before the transaction, so that nobody waits for a colleague's slow address service.
    """
    if data.position is not None:
        return data, PIN
    address = _address(data)
    if not address:
        raise _no_position("missing", "Drop a pin on the map, or give an address to look up.")
    try:
        places = await geocoder.places(address)
    except GeocoderNotConfigured as error:
        sentence = "Drop a pin on the map: no address service is set up."
        raise _no_position("missing", sentence) from error
    if not places:
        raise _no_position("address_not_found", "No place has this address. Drop a pin on the map.")
    found = PositionBody(lat=places[0].lat, lon=places[0].lon)
    return data.model_copy(update={"position": found}), places[0].source


def _address(data: SiteBody) -> str:
    street = f"{data.street} {data.number}".strip()
    town = f"{data.postcode} {data.place}".strip()
    return ", ".join(part for part in (street, town) if part)


def _no_position(code: str, sentence: str) -> Invalid:
    return Invalid([Fault("position", code, sentence)])


async def create_site(
    session: Session,
    scope: Scope,
    data: SiteBody,
    now: datetime,
    *,
    position_source: str = PIN,
) -> SiteOut:
    """A new site at its position; it keeps the time of its region."""
    if data.position is None:
        raise _no_position("missing", "Drop a pin on the map.")
    require_access(data.access_hours)
    region_id = data.region_id or await _region_around(session, scope, data.position)
    region = await session.get(Region, region_id)
    is_open = region is not None and scope.sees_region(region.id)
    customer = await session.get(Customer, data.customer_id)
    if region is None or customer is None or not is_open:
        exists = {"region_id": is_open, "customer_id": customer is not None}
        raise Invalid([_unknown(path) for path, is_known in exists.items() if not is_known])
    named = data.model_dump(exclude={"position"}) | {
        "region_id": region.id,
        "critical_windows": stored_windows(data.critical_windows),
    }
    row = Site(
        **named | merged([], named if data.contacts else {**named, "contacts": None}),
        lat=data.position.lat,
        lon=data.position.lon,
        position_source=position_source,
        zone=region.zone,
    )
    row.search = _site_search(row)
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, kind="site_created", now=now)
    return queries.shown_site(row)


async def _region_around(session: Session, scope: Scope, position: PositionBody) -> UUID:
    """The only region of the caller's in whose outline a place lies."""
    place = Point(position.lat, position.lon)
    found = [
        row.id
        for row in await session.scalars(select(Region).where(Region.outline.is_not(None)))
        if scope.sees_region(row.id)
        and row.outline is not None
        and lies_within(place, row.outline["coordinates"])
    ]
    if len(found) != 1:
        sentence = "Say which region this site belongs to: its pin lies in none or in several."
        raise Invalid([Fault("region_id", "no_region_there", sentence)])
    return found[0]


async def change_site(
    session: Session,
    scope: Scope,
    site_id: UUID,
    data: SiteChangeBody,
    *,
    expected: int,
    now: datetime,
) -> SiteOut:
    """Change what is named, on the version the caller saw; the pin stays until it is moved."""
    row = await queries.site_row(session, scope, site_id)
    require_version(row.version, expected)
    named = changes(data)
    if data.access_hours is not None:
        require_access(data.access_hours)
        named["access_hours"] = [each.model_dump() for each in data.access_hours]
    if data.critical_windows is not None:
        named["critical_windows"] = stored_windows(data.critical_windows)
    for name, value in (named | merged(row.contacts, named)).items():
        if name != "position":
            setattr(row, name, value)
    if data.position is not None:
        row.lat, row.lon, row.position_source = data.position.lat, data.position.lon, PIN
    row.search = _site_search(row)
    await session.flush()
    await _tell(session, scope, row, kind="site_changed", now=now)
    return queries.shown_site(row)


async def create_asset(session: Session, scope: Scope, data: AssetBody, now: datetime) -> AssetOut:
    """A new asset on a site of the caller's."""
    site = await _open_site(session, scope, data.site_id)
    row = Asset(**data.model_dump())
    row.search = _asset_search(row)
    session.add(row)
    await session.flush()
    await _tell(session, scope, site, kind="asset_created", now=now)
    return queries.shown_asset(row)


async def _open_site(session: Session, scope: Scope, site_id: UUID) -> Site:
    try:
        return await queries.site_row(session, scope, site_id)
    except NotFound as error:
        raise Invalid([_unknown("site_id")]) from error


async def change_asset(
    session: Session,
    scope: Scope,
    asset_id: UUID,
    data: AssetChangeBody,
    *,
    expected: int,
    now: datetime,
) -> AssetOut:
    """Change what is named, on the version the caller saw; what was reported about it stays."""
    row = await queries.asset_row(session, scope, asset_id)
    require_version(row.version, expected)
    if data.site_id is not None:
        await _open_site(session, scope, data.site_id)
    for name, value in changes(data, may_be_empty=("levels", "installed_on", "retired_on")).items():
        setattr(row, name, value)
    row.search = _asset_search(row)
    await session.flush()
    site = await queries.site_row(session, scope, row.site_id)
    await _tell(session, scope, site, kind="asset_changed", now=now)
    return queries.shown_asset(row)


def _site_search(row: Site) -> str:
    return folded(row.code, row.name, row.street, row.number, row.postcode, row.place)


def _asset_search(row: Asset) -> str:
    return folded(row.code, row.name, row.maker)


def _unknown(path: str) -> Fault:
    return Fault(path, "unknown", "There is nothing with this id that you may use here.")


async def _tell(session: Session, scope: Scope, site: Site, *, kind: str, now: datetime) -> None:
    about = About(region_id=site.region_id, customer_id=site.customer_id, site_id=site.id)
    await announce(session, scope.actor, now, Happening(kind, about))
