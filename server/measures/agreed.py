"""When units are agreed to be in service, and how available they then were.

The agreement's calendar of availability says when; without one the usual hours of the region do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.hours import Calendar
from dispatch.measures import Availability, Interval, availability
from server.agreements.snapshot import HOLDING, calendar_values
from server.agreements.tables import Agreement, AgreementVersion
from server.kit.database import AnySession
from server.measures.downtime import Lost, lost_time
from server.regions.tables import Region
from server.sites.tables import Asset, Site

NOTHING_LOST = Lost()


@dataclass(frozen=True, slots=True)
class Agreed:
    """When a site's units are agreed to be in service, and the share that was promised."""

    calendar: Calendar
    target_percent: Decimal | None


async def agreed_for(
    session: AnySession, sites: Sequence[Site], day: date
) -> Mapping[UUID, Agreed]:
    """What was agreed for these sites on a day, by site."""
    usual = dict((await session.execute(select(Region.id, Region.calendar_id))).all())
    named = {site.id: usual[site.region_id] for site in sites}
    targets: dict[UUID, Decimal | None] = {}
    promised = await _promised(session, {site.customer_id for site in sites}, day)
    for site in sites:
        for row in promised.get(site.customer_id, ()):
            if _covers(row, site) and site.id not in targets:
                named[site.id] = UUID(row["availability_calendar_id"])
                percent = row["availability_percent"]
                targets[site.id] = None if percent is None else Decimal(percent)
    calendars = await calendar_values(session, list(named.values()))
    return {
        site_id: Agreed(calendars[calendar_id], targets.get(site_id))
        for site_id, calendar_id in named.items()
    }


async def availabilities(
    session: AnySession,
    assets: Sequence[Asset],
    agreed: Mapping[UUID, Agreed],
    start: datetime,
    end: datetime,
    *,
    now: datetime,
) -> Mapping[UUID, Availability]:
    """How available each unit was in `[start, end)`, as far as that has passed, by unit."""
    end = min(end, now)
    if start >= end:
        return {}
    lost = await lost_time(session, [asset.id for asset in assets], start, end)
    return {
        asset.id: availability(
            agreed[asset.site_id].calendar,
            Interval(start, end),
            downtime=lost.get(asset.id, NOTHING_LOST).down,
            planned=lost.get(asset.id, NOTHING_LOST).planned,
            target_percent=agreed[asset.site_id].target_percent,
        )
        for asset in assets
    }


def together(each: Sequence[Availability]) -> Availability:
    """Several units as one: their seconds added up.

    >>> together([Availability(100, 10), Availability(100, 0)]).ratio.text
    '95'
    """
    return Availability(
        sum(one.agreed_seconds for one in each), sum(one.downtime_seconds for one in each)
    )


async def _promised(
    session: AnySession, customer_ids: set[UUID], day: date
) -> Mapping[UUID, Sequence[Mapping[str, Any]]]:
    """Service rows that name hours of availability, by customer, of versions in force that day."""
    query = (
        select(Agreement.customer_id, AgreementVersion.terms)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(
            Agreement.customer_id.in_(customer_ids),
            Agreement.kind == "customer",
            AgreementVersion.status.in_(HOLDING),
            AgreementVersion.valid_from <= day,
            or_(AgreementVersion.valid_to.is_(None), AgreementVersion.valid_to > day),
        )
        .order_by(Agreement.number)
    )
    found: dict[UUID, list[Mapping[str, Any]]] = {}
    for customer_id, terms in (await session.execute(query)).all():
        rows = [row for row in terms["services"] if row.get("availability_calendar_id")]
        if customer_id is not None:
            found.setdefault(customer_id, []).extend(rows)
    return found


def _covers(row: Mapping[str, Any], site: Site) -> bool:
    return row["site_ids"] is None or str(site.id) in row["site_ids"]
