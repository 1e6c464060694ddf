"""Figures and their definitions, within what the caller may see."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from dispatch.measures import DEFINITIONS, Availability
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.problems import Invalid, NotFound
from server.kit.span import require_known_day
from server.measures.agreed import agreed_for, availabilities, together
from server.measures.cases import Wanted, cases, regions_of, span_of
from server.measures.felt import felt_about, felt_figures
from server.measures.figure import ratio_figure
from server.measures.promises_kept import attainments, pauses, reopenings
from server.measures.repairs import first_time_fix, repair_times
from server.measures.schemas import (
    AssetAvailabilityOut,
    DefinitionOut,
    DefinitionsOut,
    FigureOut,
    FiguresOut,
)
from server.regions.tables import Region
from server.sites.tables import Asset, Site

MOST_DAYS = 366


def definitions() -> DefinitionsOut:
    """The metric dictionary."""
    return DefinitionsOut(
        [
            DefinitionOut(
                id=each.id,
                version=each.version,
                unit=each.unit.value,
                direction=each.direction.value,
                text=each.sentence,
            )
            for each in DEFINITIONS.values()
        ]
    )


async def figures(session: AnySession, scope: Scope, wanted: Wanted, now: datetime) -> FiguresOut:
    """Everything that is counted about interventions reported on those days."""
    require_days(wanted.from_day, wanted.to_day)
    regions = await regions_of(session, scope, wanted)
    found = await cases(session, regions, wanted, now)
    return FiguresOut(
        from_day=wanted.from_day,
        to_day=wanted.to_day,
        region_id=wanted.region_id,
        customer_id=wanted.customer_id,
        figures=[
            *attainments(found),
            *repair_times(found),
            await first_time_fix(session, found, now),
            await _availability(session, regions, wanted, now),
            reopenings(found),
            pauses(found),
            *felt_figures(await felt_about(session, found, now)),
        ],
    )


async def asset_availability(
    session: AnySession,
    scope: Scope,
    asset_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> AssetAvailabilityOut:
    """How available one unit was on local days of its region."""
    require_days(from_day, to_day)
    asset = await session.get(Asset, asset_id)
    site = None if asset is None else await session.get(Site, asset.site_id)
    if asset is None or site is None or not scope.sees_region(site.region_id):
        raise NotFound
    region = await session.get_one(Region, site.region_id)
    start, end = span_of(region, Wanted(from_day, to_day))
    agreed = await agreed_for(session, [site], from_day)
    each = await availabilities(session, [asset], agreed, start, end, now=now)
    found = each.get(asset.id, Availability(0, 0, agreed[site.id].target_percent))
    target = found.target_percent
    return AssetAvailabilityOut(
        asset_id=asset.id,
        from_day=from_day,
        to_day=to_day,
        agreed_seconds=found.agreed_seconds,
        downtime_seconds=found.downtime_seconds,
        percent=found.ratio.text,
        target_percent=None if target is None else str(target),
        is_met=found.is_met,
        definition_version=DEFINITIONS["availability"].version,
    )


def require_days(from_day: date, to_day: date) -> None:
    """Refuse days that are out of order, unknown, or more than a year of them."""
    require_known_day("from_day", from_day)
    require_known_day("to_day", to_day)
    if not 0 < (to_day - from_day).days <= MOST_DAYS:
        sentence = f"Ask for 1 to {MOST_DAYS} days; to_day is the first day after them."
        raise Invalid([Fault("to_day", "out_of_range", sentence)])


async def _availability(
    session: AnySession, regions: Sequence[Region], wanted: Wanted, now: datetime
) -> FigureOut:
    """All units asked about as one: each region on its own local days."""
    each: list[Availability] = []
    for region in regions:
        sites_query = select(Site).where(Site.region_id == region.id)
        if wanted.customer_id is not None:
            sites_query = sites_query.where(Site.customer_id == wanted.customer_id)
        sites = (await session.scalars(sites_query)).all()
        assets_query = select(Asset).where(Asset.site_id.in_([site.id for site in sites]))
        assets = (await session.scalars(assets_query)).all()
        agreed = await agreed_for(session, sites, wanted.from_day)
        start, end = span_of(region, wanted)
        found = await availabilities(session, assets, agreed, start, end, now=now)
        each += found.values()
    ratio = together(each).ratio
    return ratio_figure("availability", ratio, facts={"assets": len(each)})
