"""One page for the review with a customer: both sides, each service, and their worst lifts."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from server.accounts.scope import Scope
from server.aims.queries import commitments_counted
from server.customers.tables import Customer
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.measures.agreed import agreed_for, availabilities
from server.measures.cases import Wanted, cases, regions_of, span_of
from server.measures.felt import felt_about, felt_figures
from server.measures.promises_kept import attainments
from server.measures.queries import require_days
from server.measures.watermelons import watermelons_among
from server.meetings.planned import counted_for
from server.regions.tables import Region
from server.reports.regions import MINUTE, by_service
from server.reports.schemas import CustomerReportOut, LiftOut
from server.sites.tables import Asset, Site

MOST_LIFTS = 10


async def customer_report(
    session: AnySession,
    scope: Scope,
    customer_id: UUID,
    from_day: date,
    to_day: date,
    *,
    now: datetime,
) -> CustomerReportOut:
    """Of what was reported at their sites on those days; sites of foreign regions are left out."""
    require_days(from_day, to_day)
    customer = await session.get(Customer, customer_id)
    wanted = Wanted(from_day, to_day, customer_id=customer_id)
    regions = await regions_of(session, scope, wanted)
    sites = await _sites(session, customer_id, regions)
    if customer is None:
        raise NotFound
    found = await cases(session, regions, wanted, now)
    felt = await felt_about(session, found, now)
    melons = await watermelons_among(session, found, wanted)
    return CustomerReportOut(
        customer_id=customer.id,
        name=customer.name,
        from_day=from_day,
        to_day=to_day,
        interventions=len(found),
        kept=[each for each in attainments(found) if each.denominator],
        felt=list(felt_figures(felt)),
        verdict=next(iter(melons.customers), None),
        watermelons=len(melons.jobs),
        services=[*by_service(found)],
        meetings=await counted_for(session, customer.id, from_day, to_day, today=now.date()),
        commitments=await commitments_counted(
            session, customer.id, from_day, to_day, today=now.date()
        ),
        lifts=await _lifts(session, sites, {each.id: each for each in regions}, wanted, now),
    )


async def _sites(
    session: AnySession, customer_id: UUID, regions: Sequence[Region]
) -> Sequence[Site]:
    query = select(Site).where(
        Site.customer_id == customer_id, Site.region_id.in_([each.id for each in regions])
    )
    return (await session.scalars(query.order_by(Site.name, Site.id))).all()


async def _lifts(
    session: AnySession,
    sites: Sequence[Site],
    regions: dict[UUID, Region],
    wanted: Wanted,
    now: datetime,
) -> list[LiftOut]:
    """Those that lost most of the time agreed for them; none that lost nothing."""
    found: list[LiftOut] = []
    for region in regions.values():
        own = {site.id: site for site in sites if site.region_id == region.id}
        query = select(Asset).where(Asset.site_id.in_(own))
        assets = (await session.scalars(query)).all()
        agreed = await agreed_for(session, list(own.values()), wanted.from_day)
        each = await availabilities(session, assets, agreed, *span_of(region, wanted), now=now)
        found += [
            LiftOut(
                asset_id=asset.id,
                site_id=asset.site_id,
                name=asset.name,
                site_name=own[asset.site_id].name,
                agreed_minutes=each[asset.id].agreed_seconds // MINUTE,
                down_minutes=each[asset.id].downtime_seconds // MINUTE,
                availability=each[asset.id].ratio.text,
            )
            for asset in assets
            if asset.id in each and each[asset.id].downtime_seconds >= MINUTE
        ]
    ordered = sorted(found, key=lambda lift: (-lift.down_minutes, lift.site_name, lift.name))
    return ordered[:MOST_LIFTS]
