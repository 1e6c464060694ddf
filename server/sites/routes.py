"""Sites, assets and the address service over HTTP.

Technicians are told about the sites of their own visits by sync, not here.
"""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import DISPATCH, STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.sites import actions, queries
from server.sites.geocoding import Geocoder
from server.sites.problems import GeocoderNotConfigured, GeocoderUnavailable
from server.sites.queries import WantedAssets, WantedSites
from server.sites.schemas import (
    AssetBody,
    AssetChangeBody,
    AssetOut,
    KeyBoxOut,
    PlaceOut,
    SiteBody,
    SiteChangeBody,
    SiteOut,
)

READERS = (*STAFF_READERS, Role.MANAGER)


@get("/sites", operation_id="list_sites", responses=answers(Invalid), **allow(*READERS))
async def list_sites(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    region_id: FromQuery[UUID | None] = None,
    customer_id: FromQuery[UUID | None] = None,
    q: FromQuery[str | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[SiteOut]:
    """The caller's sites by name; `q` finds words in code, name and address."""
    wanted = WantedSites(region_id, customer_id, q)
    async with work.read() as session:
        return await queries.sites(session, caller, wanted, limit=limit, cursor=cursor)


@get(
    "/sites/{site_id:uuid}",
    operation_id="get_site",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_site(
    work: NamedDependency[Work], caller: NamedDependency[Scope], site_id: FromPath[UUID]
) -> Response[SiteOut]:
    """One site."""
    async with work.read() as session:
        return shown(await queries.site(session, caller, site_id))


@get(
    "/sites/{site_id:uuid}/key_box",
    operation_id="site_key_box",
    responses=answers(NotFound),
    **allow(*DISPATCH),
)
async def site_key_box(
    work: NamedDependency[Work], caller: NamedDependency[Scope], site_id: FromPath[UUID]
) -> KeyBoxOut:
    """Where the key is; technicians are told with their visit."""
    async with work.read() as session:
        return await queries.key_box(session, caller, site_id)


@post(
    "/sites",
    operation_id="create_site",
    responses=answers(AlreadyExists, Invalid, GeocoderUnavailable),
    **allow(*DISPATCH),
)
async def create_site(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    geocoder: NamedDependency[Geocoder],
    data: JSONBody[SiteBody],
) -> Response[SiteOut]:
    """Add a site, at its pin or where its address is."""
    located, source = await actions.locate(geocoder, data)
    return await work.command(
        lambda session: actions.create_site(
            session, caller, located, work.now, position_source=source
        ),
        status=201,
    )


@patch(
    "/sites/{site_id:uuid}",
    operation_id="change_site",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*DISPATCH),
)
async def change_site(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    site_id: FromPath[UUID],
    data: JSONBody[SiteChangeBody],
) -> Response[SiteOut]:
    """Change a site or move its pin."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_site(
            session, caller, site_id, data, expected=expected, now=work.now
        )
    )


@get("/assets", operation_id="list_assets", responses=answers(Invalid), **allow(*READERS))
async def list_assets(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    site_id: FromQuery[UUID | None] = None,
    q: FromQuery[str | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[AssetOut]:
    """The caller's assets by code; `q` finds words in code, name, maker and the site's address."""
    wanted = WantedAssets(site_id, q)
    async with work.read() as session:
        return await queries.assets(session, caller, wanted, limit=limit, cursor=cursor)


@get(
    "/assets/{asset_id:uuid}",
    operation_id="get_asset",
    responses=answers(NotFound),
    **allow(*READERS),
)
async def get_asset(
    work: NamedDependency[Work], caller: NamedDependency[Scope], asset_id: FromPath[UUID]
) -> Response[AssetOut]:
    """One asset."""
    async with work.read() as session:
        return shown(await queries.asset(session, caller, asset_id))


@post(
    "/assets",
    operation_id="create_asset",
    responses=answers(AlreadyExists, Invalid),
    **allow(*DISPATCH),
)
async def create_asset(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[AssetBody]
) -> Response[AssetOut]:
    """Add an asset to a site."""
    return await work.command(
        lambda session: actions.create_asset(session, caller, data, work.now), status=201
    )


@patch(
    "/assets/{asset_id:uuid}",
    operation_id="change_asset",
    responses=answers(NotFound, Stale, VersionMissing, Invalid),
    **allow(*DISPATCH),
)
async def change_asset(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    asset_id: FromPath[UUID],
    data: JSONBody[AssetChangeBody],
) -> Response[AssetOut]:
    """Change an asset."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change_asset(
            session, caller, asset_id, data, expected=expected, now=work.now
        )
    )


@get(
    "/geocode",
    operation_id="geocode",
    responses=answers(GeocoderNotConfigured, GeocoderUnavailable),
    **allow(*DISPATCH),
)
async def geocode(geocoder: NamedDependency[Geocoder], q: FromQuery[str]) -> list[PlaceOut]:
    """Places an address may mean, likeliest first."""
    return await queries.places(geocoder, q)


handlers = [
    list_sites,
    get_site,
    site_key_box,
    create_site,
    change_site,
    list_assets,
    get_asset,
    create_asset,
    change_asset,
    geocode,
]
