"""Money at risk: what the promises that nothing planned will keep add to this month's credits.

What one missed promise costs is worked out in `misses`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import ClockKind
from server.accounts.scope import Scope
from server.credits.misses import Owed, misses
from server.credits.schemas import MoneyAtRiskOut, RiskItemOut
from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.shown_clocks import would_be_kept_at
from server.interventions.tables import Intervention, StoredClock
from server.kit.database import AnySession
from server.regions.queries import region_row

AHEAD = timedelta(hours=2)
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Threat:
    """A promise that will be missed if nothing changes."""

    dossier: Dossier
    clock: StoredClock
    due_at: datetime
    expected_at: datetime | None


async def at_risk(
    session: AnySession,
    scope: Scope,
    region_id: UUID,
    now: datetime,
    *,
    until: datetime | None = None,
) -> MoneyAtRiskOut:
    """What a region loses by `until`, in the hours ahead unless told, the dearest first.

    Of several promises of one unit each costs what it adds to those due before it, so that the
    items of a currency make up its total and no cap is counted twice.
    """
    await region_row(session, scope, region_id)
    until = until or now + AHEAD
    found = await threats(session, region_id, now, until)
    items = await _priced(session, found, now)
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


async def threats(
    session: AnySession, region_id: UUID, now: datetime, until: datetime
) -> list[Threat]:
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


def _of(dossier: Dossier, now: datetime, until: datetime) -> Iterable[Threat]:
    for clock in dossier.clocks:
        due_at = clock.due_at
        if clock.party != CUSTOMER or clock.stopped_at is not None or clock.state == "ended":
            continue
        if due_at is None or not now <= due_at <= until:
            continue
        expected_at = would_be_kept_at(dossier, clock)
        if expected_at is None or expected_at > due_at:
            yield Threat(dossier, clock, due_at, expected_at)


async def cost_of_missing(
    session: AnySession, intervention_ids: Sequence[UUID], now: datetime, until: datetime
) -> dict[str, str]:
    """What it costs if nobody is in time for these: their responses due by then, by currency."""
    query = (
        select(Intervention)
        .join(StoredClock, StoredClock.intervention_id == Intervention.id)
        .where(
            Intervention.id.in_(intervention_ids),
            Intervention.agreement_version_id.is_not(None),
            StoredClock.party == CUSTOMER,
            StoredClock.kind == ClockKind.RESPONSE.value,
            StoredClock.stopped_at.is_(None),
            StoredClock.due_at >= now,
            StoredClock.due_at <= until,
        )
        .order_by(StoredClock.due_at, Intervention.id)
    )
    rows = (await session.scalars(query)).all()
    priced = await misses(session, rows, now)
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for owed in (priced.next(row) for row in rows):
        if owed is not None:
            totals[owed.currency] += owed.amount
    return {currency: str(total) for currency, total in sorted(totals.items())}


async def _priced(session: AnySession, found: Sequence[Threat], now: datetime) -> list[RiskItemOut]:
    priced = await misses(session, [each.dossier.intervention for each in found], now)
    owing = ((threat, priced.next(threat.dossier.intervention)) for threat in found)
    return [_item(threat, owed) for threat, owed in owing if owed is not None]


def _item(threat: Threat, owed: Owed) -> RiskItemOut:
    row = threat.dossier.intervention
    return RiskItemOut(
        intervention_id=row.id,
        number=row.number,
        site_name=threat.dossier.site.name,
        severity=threat.clock.severity,  # type: ignore[arg-type]
        clock=threat.clock.kind,  # type: ignore[arg-type]
        due_at=threat.due_at,
        expected_at=threat.expected_at,
        amount=str(owed.amount),
        currency=owed.currency,
    )
