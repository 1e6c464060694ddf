"""What the terms of an agreement refer to: whether it exists, and whether it is the customer's.

What else can be wrong with terms is asked in `soundness`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from dispatch.errors import Fault
from dispatch.hours import Calendar
from server.accounts.scope import Scope
from server.agreements.schemas import ClauseBody, ServiceRowBody, TermsBody
from server.agreements.snapshot import calendar_values
from server.kit.database import AnySession
from server.regions.tables import Region
from server.services.tables import Service
from server.sites.tables import Asset, Site


@dataclass(frozen=True, slots=True)
class Known:
    """What terms name, as far as it exists: sites by their customer, assets by their site."""

    services: frozenset[str]
    regions: frozenset[UUID]
    sites: Mapping[UUID, UUID]
    assets: Mapping[UUID, UUID]
    calendars: Mapping[UUID, Calendar]


async def known_to(session: AnySession, scope: Scope, terms: TermsBody) -> Known:
    """Look up everything terms refer to."""
    clauses, rows = terms.clauses, terms.services
    asset_ids = {each.asset_id for each in clauses if each.asset_id}
    assets = await session.execute(select(Asset.id, Asset.site_id).where(Asset.id.in_(asset_ids)))
    asset_sites = dict(assets.all())
    site_ids = {each.site_id for each in clauses if each.site_id} | {*asset_sites.values()}
    site_ids |= {site for row in rows for site in row.site_ids or ()}
    sites = await session.execute(select(Site.id, Site.customer_id).where(Site.id.in_(site_ids)))
    region_ids = {each.region_id for each in clauses if each.region_id}
    regions = await session.scalars(select(Region.id).where(Region.id.in_(region_ids)))
    codes = {each.service for each in clauses if each.service} | {row.service for row in rows}
    services = await session.scalars(select(Service.code).where(Service.code.in_(codes)))
    calendars = {each.calendar_id for each in clauses if each.calendar_id}
    calendars |= {row.availability_calendar_id for row in rows if row.availability_calendar_id}
    return Known(
        services=frozenset(services),
        regions=frozenset(each for each in regions if scope.sees_region(each)),
        sites=dict(sites.all()),
        assets=asset_sites,
        calendars=await calendar_values(session, calendars),
    )


def reference_faults(terms: TermsBody, known: Known, customer_id: UUID | None) -> Iterator[Fault]:
    """Name what does not exist, and what is somebody else's; without a customer all sites do."""
    for index, row in enumerate(terms.services):
        for fault in _service_faults(row, known, customer_id):
            yield fault.under(f"services.{index}")
    for index, clause in enumerate(terms.clauses):
        for fault in _clause_faults(clause, known, customer_id):
            yield fault.under(f"clauses.{index}")


def _service_faults(row: ServiceRowBody, known: Known, customer_id: UUID | None) -> Iterator[Fault]:
    if row.service not in known.services:
        yield _unknown("service", "service")
    for index, site in enumerate(row.site_ids or ()):
        yield from _site_faults(f"site_ids.{index}", site, known, customer_id)
    calendar = row.availability_calendar_id
    if calendar is not None and calendar not in known.calendars:
        yield _unknown("availability_calendar_id", "calendar")


def _clause_faults(clause: ClauseBody, known: Known, customer_id: UUID | None) -> Iterator[Fault]:
    if clause.service is not None and clause.service not in known.services:
        yield _unknown("service", "service")
    if clause.region_id is not None and clause.region_id not in known.regions:
        yield _unknown("region_id", "region")
    if clause.calendar_id is not None and clause.calendar_id not in known.calendars:
        yield _unknown("calendar_id", "calendar")
    if clause.site_id is not None:
        yield from _site_faults("site_id", clause.site_id, known, customer_id)
    if clause.asset_id is not None:
        yield from _asset_faults(clause.asset_id, clause.site_id, known, customer_id)


def _site_faults(path: str, site: UUID, known: Known, customer_id: UUID | None) -> Iterator[Fault]:
    owner = known.sites.get(site)
    if owner is None:
        yield _unknown(path, "site")
    elif customer_id not in {None, owner}:
        yield Fault(path, "site_of_another", "This site belongs to another customer.")


def _asset_faults(
    asset: UUID, site: UUID | None, known: Known, customer_id: UUID | None
) -> Iterator[Fault]:
    stands_at = known.assets.get(asset)
    if stands_at is None:
        yield _unknown("asset_id", "asset")
    elif site not in {None, stands_at}:
        yield Fault("asset_id", "asset_elsewhere", "This asset does not stand at that site.")
    elif customer_id not in {None, known.sites[stands_at]}:
        yield Fault("asset_id", "site_of_another", "This asset belongs to another customer.")


def _unknown(path: str, what: str) -> Fault:
    return Fault(path, "unknown", f"There is no such {what}.")
