"""Money at risk: what the promises that nothing planned will keep add to this month's credits.

What a credit is worked out of stands in `owed`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ServiceMonth, money_at_risk
from server.accounts.scope import Scope
from server.agreements.tables import Agreement, AgreementVersion
from server.credits.months import month_at
from server.credits.owed import Billed, billed, standing_of, standings, unit_of
from server.credits.schemas import MoneyAtRiskOut, RiskItemOut
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.shown_clocks import would_be_kept_at
from server.interventions.tables import Intervention, StoredClock
from server.kit.database import AnySession
from server.regions.queries import region_row

AHEAD = timedelta(hours=2)
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class _Threat:
    """A promise that will be missed if nothing changes."""

    dossier: Dossier
    clock: StoredClock
    due_at: datetime
    expected_at: datetime | None


async def at_risk(
    session: AnySession, scope: Scope, region_id: UUID, now: datetime
) -> MoneyAtRiskOut:
    """What a region loses by `until`, the dearest first.

    Of several promises of one unit each costs what it adds to those due before it, so that the
    items of a currency make up its total and no cap is counted twice.
    """
    await region_row(session, scope, region_id)
    until = now + AHEAD
    threats = await _threats(session, region_id, now, until)
    items = await _priced(session, threats, now)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for item in items:
        totals[item.currency] += Decimal(item.amount)
    return MoneyAtRiskOut(
        region_id=region_id,
        now=now,
        until=until,
        totals={currency: str(total) for currency, total in sorted(totals.items())},
        items=sorted(items, key=lambda item: (-Decimal(item.amount), item.due_at)),
    )


async def _threats(
    session: AnySession, region_id: UUID, now: datetime, until: datetime
) -> list[_Threat]:
    """Open clocks of customers that fall due by then, with nothing planned in time; due first."""
    query = (
        select(Intervention)
        .join(StoredClock, StoredClock.intervention_id == Intervention.id)
        .where(
            Intervention.region_id == region_id,
            Intervention.agreement_version_id.is_not(None),
            StoredClock.party == CUSTOMER,
            StoredClock.state.in_(("running", "at_risk")),
            StoredClock.due_at >= now,
            StoredClock.due_at <= until,
        )
        .distinct()
        .order_by(Intervention.id)
    )
    rows = (await session.scalars(query)).all()
    found = [
        threat
        for dossier in await all_dossiers(session, rows)
        for threat in _of(dossier, now, until)
    ]
    return sorted(found, key=lambda threat: threat.due_at)


def _of(dossier: Dossier, now: datetime, until: datetime) -> Iterable[_Threat]:
    for clock in dossier.clocks:
        due_at = clock.due_at
        if clock.party != CUSTOMER or clock.stopped_at is not None or clock.state == "ended":
            continue
        if due_at is None or not now <= due_at <= until:
            continue
        expected_at = would_be_kept_at(dossier, clock)
        if expected_at is None or expected_at > due_at:
            yield _Threat(dossier, clock, due_at, expected_at)


async def _priced(
    session: AnySession, threats: Sequence[_Threat], now: datetime
) -> list[RiskItemOut]:
    rows = [each.dossier.intervention for each in threats]
    concerned = {(row.agreement_version_id, row.customer_id) for row in rows}
    query = (
        select(Agreement, AgreementVersion)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(AgreementVersion.id.in_({version_id for version_id, _ in concerned}))
    )
    found = [
        billed(agreement, version, customer_id)
        for agreement, version in (await session.execute(query)).all()
        for version_id, customer_id in concerned
        if version_id == version.id
    ]
    prices = {
        (each.version.id, each.customer_id): (each, await _months(session, each, now))
        for each in found
        if each is not None
    }
    items, before = [], Counter[tuple[UUID, UUID]]()
    for threat in threats:
        row = threat.dossier.intervention
        version_id = row.agreement_version_id
        if version_id is None or (version_id, row.customer_id) not in prices:
            continue
        price, months = prices[version_id, row.customer_id]
        unit_id = unit_of(price, row.site_id, row.asset_id)
        if unit_id is None:
            continue
        month = months.get(unit_id) or _clean(price, unit_id, now)
        items.append(_item(threat, price, month, before[price.version.id, unit_id]))
        before[price.version.id, unit_id] += 1
    return items


async def _months(session: AnySession, price: Billed, now: datetime) -> dict[UUID, ServiceMonth]:
    month = month_at(now, price.version.zone)
    return {each.unit_id: each.month for each in await standings(session, price, month, now)}


def _clean(price: Billed, unit_id: UUID, now: datetime) -> ServiceMonth:
    """The month of a unit with no breach so far."""
    return standing_of(price, month_at(now, price.version.zone), unit_id, (), None).month


def _item(threat: _Threat, price: Billed, month: ServiceMonth, before: int) -> RiskItemOut:
    row = threat.dossier.intervention
    so_far = _more(price, month, before)
    return RiskItemOut(
        intervention_id=row.id,
        number=row.number,
        site_name=threat.dossier.site.name,
        severity=threat.clock.severity,  # type: ignore[arg-type]
        clock=threat.clock.kind,  # type: ignore[arg-type]
        due_at=threat.due_at,
        expected_at=threat.expected_at,
        amount=str(_more(price, month, before + 1) - so_far),
        currency=price.currency,
    )


def _more(price: Billed, month: ServiceMonth, count: int) -> Decimal:
    return money_at_risk(price.fee, price.penalties, month, more=count)
