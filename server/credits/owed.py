"""What a version of an agreement owes for a month: for each unit its fee, its breaches, its credit.

The arithmetic is `dispatch.agreements.credit`; notes are written in `proposing`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from dispatch.agreements import Penalties, ServiceMonth, Tiers, read_penalties
from server.agreements.snapshot import HOLDING
from server.agreements.tables import Agreement, AgreementVersion
from server.breaches.queries import counts
from server.breaches.tables import Breach
from server.credits.months import Month, bounds
from server.kit.database import AnySession
from server.measures.agreed import agreed_for, availabilities, together
from server.sites.tables import Asset, Site

CUSTOMER = "customer"
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Billed:
    """What a version charges a customer; the fee is for one unit and one month.

    A promise to every customer is billed to each whose promise was missed.
    """

    agreement: Agreement
    version: AgreementVersion
    customer_id: UUID
    penalties: Penalties
    fee: Decimal
    currency: str
    unit: str

    @property
    def has_tiers(self) -> bool:
        return any(isinstance(rule, Tiers) for rule in self.penalties.rules)


@dataclass(frozen=True, slots=True)
class Available:
    """How available a unit was: the exact per cent, its text, and the minutes it rests on."""

    percent: Fraction
    text: str
    agreed_minutes: int
    down_minutes: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit did in a month: the breaches that count, and what its credit is worked out of."""

    unit_id: UUID
    breach_ids: tuple[UUID, ...]
    month: ServiceMonth
    availability: Available | None


async def billed_versions(session: AnySession, month: Month) -> Sequence[Billed]:
    """Versions with penalties that are in force on at least one day of the month."""
    query = (
        select(Agreement, AgreementVersion)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(
            Agreement.kind == CUSTOMER,
            AgreementVersion.status.in_(HOLDING),
            AgreementVersion.valid_from < month.after,
            or_(AgreementVersion.valid_to.is_(None), AgreementVersion.valid_to > month.first),
        )
        .order_by(Agreement.number, AgreementVersion.number)
    )
    rows = (await session.execute(query)).all()
    missed = await _missed(session, [version.id for each, version in rows if is_corporate(each)])
    found = (
        billed(agreement, version, customer_id)
        for agreement, version in rows
        for customer_id in (
            missed[version.id] if agreement.customer_id is None else [agreement.customer_id]
        )
    )
    return [each for each in found if each is not None]


def is_corporate(agreement: Agreement) -> bool:
    """Whether it promises the same to every customer."""
    return agreement.customer_id is None


async def _missed(
    session: AnySession, version_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[UUID]]:
    """The customers to whom something of these versions was ever missed, excused or not."""
    query = (
        select(Breach.agreement_version_id, Breach.customer_id)
        .where(Breach.agreement_version_id.in_(version_ids), Breach.party == CUSTOMER)
        .distinct()
        .order_by(Breach.customer_id)
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for version_id, customer_id in (await session.execute(query)).all():
        if version_id is not None:
            found[version_id].append(customer_id)
    return found


def billed(agreement: Agreement, version: AgreementVersion, customer_id: UUID) -> Billed | None:
    """What a version charges for promises missed to a customer; None when it charges nothing."""
    written: Mapping[str, Any] | None = version.terms.get("penalties")
    if written is None or agreement.kind != CUSTOMER:
        return None
    penalties = read_penalties({name: written.get(name) for name in ("rules", "cap_percent")}, [])
    assert penalties is not None  # a version is written only after its penalties were read
    return Billed(
        agreement,
        version,
        customer_id,
        penalties,
        fee=Decimal(written["monthly_fee"]),
        currency=written["currency"],
        unit=written["unit"],
    )


async def standings(
    session: AnySession, billed: Billed, month: Month, now: datetime
) -> Sequence[Standing]:
    """Every unit of a version that has breaches that count, or an availability to be judged."""
    breaches = await _breaches(session, billed, month)
    available = await _availability(session, billed, month, now) if billed.has_tiers else {}
    return [
        standing_of(billed, month, unit_id, breaches.get(unit_id, ()), available.get(unit_id))
        for unit_id in sorted(breaches.keys() | available.keys())
    ]


def standing_of(
    billed: Billed,
    month: Month,
    unit_id: UUID,
    breach_ids: Sequence[UUID],
    available: Available | None,
) -> Standing:
    first, after = month.active(billed.version.valid_from, billed.version.valid_to)
    service = ServiceMonth(
        breaches=len(breach_ids),
        availability=None if available is None else available.percent,
        active_days=(after - first).days,
        month_days=month.days,
    )
    return Standing(unit_id, tuple(breach_ids), service, available)


async def _breaches(
    session: AnySession, billed: Billed, month: Month
) -> Mapping[UUID, Sequence[UUID]]:
    """The customer's breaches of the month that stand, by unit, oldest first."""
    start, end = bounds(month.first, month.after, billed.version.zone)
    query = select(Breach).where(
        Breach.agreement_version_id == billed.version.id,
        Breach.customer_id == billed.customer_id,
        Breach.party == CUSTOMER,
        Breach.occurred_at >= start,
        Breach.occurred_at < end,
        counts,
    )
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for row in await session.scalars(query.order_by(Breach.occurred_at, Breach.id)):
        unit_id = unit_of(billed, row.site_id, row.asset_id)
        if unit_id is not None:
            found[unit_id].append(row.id)
    return found


def unit_of(billed: Billed, site_id: UUID, asset_id: UUID | None) -> UUID | None:
    """Which unit's fee a breach is charged to; None for a call about no unit in particular."""
    match billed.unit:
        case "site":
            return site_id
        case "asset":
            return asset_id
        case _:
            return billed.customer_id if is_corporate(billed.agreement) else billed.agreement.id


async def _availability(
    session: AnySession, billed: Billed, month: Month, now: datetime
) -> Mapping[UUID, Available]:
    """Of every unit that has units in service to measure."""
    first, after = month.active(billed.version.valid_from, billed.version.valid_to)
    start, end = bounds(first, after, billed.version.zone)
    sites, assets = await covered(session, billed.version, billed.customer_id)
    agreed = await agreed_for(session, sites, first)
    each = await availabilities(session, assets, agreed, start, end, now=now)
    grouped = defaultdict(list)
    for asset in assets:
        unit_id = unit_of(billed, asset.site_id, asset.id)
        if asset.id in each and unit_id is not None:
            grouped[unit_id].append(each[asset.id])
    return {
        unit_id: Available(
            whole.ratio.percent,
            whole.ratio.text,
            whole.agreed_seconds // MINUTE,
            whole.downtime_seconds // MINUTE,
        )
        for unit_id, whole in ((unit_id, together(found)) for unit_id, found in grouped.items())
        if whole.ratio.percent is not None and whole.ratio.text is not None
    }


async def covered(
    session: AnySession, version: AgreementVersion, customer_id: UUID
) -> tuple[Sequence[Site], Sequence[Asset]]:
    """The sites of a customer that a version covers, and what stands there."""
    query = select(Site).where(Site.customer_id == customer_id)
    rows = version.terms["services"]
    if all(row["site_ids"] is not None for row in rows):
        named = {UUID(site_id) for row in rows for site_id in row["site_ids"]}
        query = query.where(Site.id.in_(named))
    sites = (await session.scalars(query.order_by(Site.id))).all()
    assets = select(Asset).where(Asset.site_id.in_([site.id for site in sites]))
    return sites, (await session.scalars(assets.order_by(Asset.id))).all()
