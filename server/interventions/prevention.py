"""What falls due for prevention: maintenance by the interval agreed, inspections by certificates.

Who goes when is planned like any other work, within the window told here.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select

from dispatch.agreements import months_later
from server.accounts.scope import Scope
from server.agreements.snapshot import HOLDING
from server.agreements.tables import Agreement, AgreementVersion
from server.documents.tables import Document
from server.interventions.prevention_schemas import DueListOut, DueOut
from server.interventions.standing import ENDED
from server.interventions.tables import Closing, Intervention
from server.kit.database import AnySession
from server.regions.queries import region_row
from server.regions.tables import Region
from server.services.tables import Service
from server.sites.queries import in_service
from server.sites.tables import Asset, Site

AHEAD = timedelta(days=60)
LEEWAY = timedelta(days=14)
"""How long before its day the work may be done; once the day has passed, how long it may wait."""
CERTIFICATE, INSPECTION = "certificate", "inspection"
Place = tuple[Asset, Site]
Work = tuple[UUID, str]
"""An asset and the code of a service."""


async def due_list(session: AnySession, scope: Scope, region_id: UUID, now: datetime) -> DueListOut:
    """What is due within two months or overdue, soonest first; work that goes on is named."""
    region = await region_row(session, scope, region_id)
    today = now.astimezone(ZoneInfo(region.zone)).date()
    places = await _places(session, region, today)
    services = {row.code: row for row in await session.scalars(select(Service))}
    wanted = await _by_interval(session, places, services, today)
    inspection = next((each for each in services.values() if each.work_type == INSPECTION), None)
    if inspection is not None:
        for work, due in (await _by_certificate(session, places, inspection.code)).items():
            wanted[work] = min(due, wanted.get(work, due), key=lambda one: one[0])
    open_work = await _open(session, region_id)
    found = [
        _shown(
            places[asset_id], services[code], due, open_work.get((asset_id, code)), (region, now)
        )
        for (asset_id, code), due in wanted.items()
        if due[0] <= today + AHEAD
    ]
    return DueListOut(
        region_id=region_id,
        day=today,
        items=sorted(found, key=lambda each: (each.due_on, each.site_name, each.asset_name)),
    )


Due = tuple[date, str, str]
"""The day, why (`interval` or `certificate`), and by which agreement or paper."""


async def _places(session: AnySession, region: Region, today: date) -> Mapping[UUID, Place]:
    query = (
        select(Asset, Site)
        .join(Site, Site.id == Asset.site_id)
        .where(Site.region_id == region.id, in_service(today))
    )
    return {asset.id: (asset, site) for asset, site in (await session.execute(query)).all()}


async def _by_interval(
    session: AnySession,
    places: Mapping[UUID, Place],
    services: Mapping[str, Service],
    today: date,
) -> dict[Work, Due]:
    """So many months after the work was last done, or after the agreement began to ask for it."""
    customers = {site.customer_id for _, site in places.values()}
    last = await _last_done(session, list(places))
    found: dict[Work, Due] = {}
    for agreement, version in await _versions(session, customers, today):
        for row in version.terms["services"]:
            months, service = row.get("every_months"), services.get(row["service"])
            if months is None or service is None:
                continue
            for asset, site in places.values():
                if agreement.customer_id != site.customer_id or not _covers(row, service, asset):
                    continue
                done = last.get((asset.id, service.code))
                since = (
                    version.valid_from
                    if done is None
                    else done.astimezone(ZoneInfo(site.zone)).date()
                )
                due = (months_later(since, months), "interval", agreement.number)
                key = asset.id, service.code
                found[key] = min(due, found.get(key, due))
    return found


def _covers(row: Mapping[str, Any], service: Service, asset: Asset) -> bool:
    is_here = row["site_ids"] is None or str(asset.site_id) in row["site_ids"]
    return is_here and service.asset_kind in {None, asset.kind}


async def _versions(
    session: AnySession, customer_ids: set[UUID], today: date
) -> Sequence[tuple[Agreement, AgreementVersion]]:
    query = (
        select(Agreement, AgreementVersion)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(
            Agreement.customer_id.in_(customer_ids),
            AgreementVersion.status.in_(HOLDING),
            AgreementVersion.valid_from <= today,
            or_(AgreementVersion.valid_to.is_(None), AgreementVersion.valid_to > today),
        )
        .order_by(Agreement.number)
    )
    rows = (await session.execute(query)).all()
    return [(agreement, version) for agreement, version in rows]


async def _last_done(session: AnySession, asset_ids: Sequence[UUID]) -> Mapping[Work, datetime]:
    """When each work was last closed."""
    query = (
        select(Intervention.asset_id, Intervention.service, func.max(Closing.closed_at))
        .join(Closing, Closing.intervention_id == Intervention.id)
        .where(
            Intervention.asset_id.in_(asset_ids),
            Intervention.decided.is_distinct_from("cancelled"),
        )
        .group_by(Intervention.asset_id, Intervention.service)
    )
    rows = (await session.execute(query)).all()
    return {(asset_id, code): at for asset_id, code, at in rows if asset_id is not None}


async def _by_certificate(
    session: AnySession, places: Mapping[UUID, Place], service: str
) -> dict[Work, Due]:
    """The last day of the certificate of a lift that holds longest."""
    query = select(Document).where(
        Document.asset_id.in_(places),
        Document.kind == CERTIFICATE,
        Document.valid_until.is_not(None),
    )
    found: dict[Work, Due] = {}
    for row in await session.scalars(query):
        if row.asset_id is not None and row.valid_until is not None:
            key, due = (row.asset_id, service), (row.valid_until, "certificate", row.name)
            found[key] = max(due, found.get(key, due))
    return found


async def _open(session: AnySession, region_id: UUID) -> Mapping[Work, Intervention]:
    """Work that is under way already."""
    query = select(Intervention).where(
        Intervention.region_id == region_id,
        Intervention.asset_id.is_not(None),
        Intervention.status.not_in(ENDED),
    )
    return {
        (row.asset_id, row.service): row
        for row in await session.scalars(query)
        if row.asset_id is not None
    }


def _shown(
    place: Place,
    service: Service,
    due: Due,
    known: Intervention | None,
    asked: tuple[Region, datetime],
) -> DueOut:
    asset, site = place
    region, now = asked
    opens, closes = window(due[0], region.zone, now)
    return DueOut(
        asset_id=asset.id,
        asset_name=asset.name,
        site_id=site.id,
        site_name=site.name,
        service=service.code,
        work_type=service.work_type,  # type: ignore[arg-type]
        due_on=due[0],
        because=due[1],  # type: ignore[arg-type]
        by=due[2],
        is_overdue=due[0] < now.astimezone(ZoneInfo(region.zone)).date(),
        window_from=opens,
        window_to=closes,
        intervention_id=None if known is None else known.id,
        number=None if known is None else known.number,
    )


def window(due_on: date, zone: str, now: datetime) -> tuple[datetime, datetime]:
    """When the work may be done: up to its day, or within two weeks where that has passed.

    >>> at = datetime(2026, 6, 2, 8, tzinfo=UTC)
    >>> [str(each) for each in window(date(2026, 6, 30), "UTC", at)]
    ['2026-06-16 00:00:00+00:00', '2026-07-01 00:00:00+00:00']
    >>> [str(each) for each in window(date(2026, 5, 30), "UTC", at)]
    ['2026-06-02 08:00:00+00:00', '2026-06-16 08:00:00+00:00']
    """
    local = ZoneInfo(zone)
    ends = datetime.combine(due_on + timedelta(days=1), time(), local).astimezone(UTC)
    if ends <= now:
        return now.astimezone(UTC), now.astimezone(UTC) + LEEWAY
    begins = datetime.combine(due_on - LEEWAY, time(), local).astimezone(UTC)
    return max(begins, now.astimezone(UTC)), ends
