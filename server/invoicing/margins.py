"""What each agreement brought in a month, and what its work cost us: for our own eyes only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, select

from dispatch.agreements import half_up
from server.accounts.scope import Scope
from server.agreements.tables import Agreement, AgreementVersion
from server.credits.months import Month, bounds
from server.credits.tables import CreditNote
from server.interventions.tables import Intervention, PartUsed, Visit
from server.invoicing.charges import charged, contracts
from server.invoicing.goodwill import EUR, goodwill_given
from server.invoicing.jobs import taken_off
from server.invoicing.queries import customers_of, newest_rates
from server.invoicing.schemas import MarginOut, MarginsOut, StatementLineOut
from server.invoicing.tables import CostRates
from server.kit.database import AnySession

ZERO = Decimal("0.00")
HOUR, MINUTE = 3600, 60
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Work:
    """What was done under an agreement: seconds on site and on the road, parts by code."""

    visits: int
    on_site: int
    travel: int
    parts: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Cost:
    """What work came to; `unpriced` kinds of parts are not in it."""

    whole: Decimal
    parts: Decimal
    unpriced: int


@dataclass(frozen=True, slots=True)
class _Earned:
    """What is charged and credited in one currency."""

    currency: str
    charged: Decimal
    credited: Decimal


def cost_of(work: Work, rates: CostRates) -> Cost:
    """Hours on site, hours on the road and parts, each half up to the cent, then added."""
    priced = {code: Decimal(cost) for code, cost in rates.parts.items()}
    parts = half_up(
        sum(
            (
                Fraction(priced[code]) * Fraction(n)
                for code, n in work.parts.items()
                if code in priced
            ),
            Fraction(0),
        )
    )
    hours = half_up(Fraction(rates.work_hour) * work.on_site / HOUR) + half_up(
        Fraction(rates.travel_hour) * work.travel / HOUR
    )
    return Cost(hours + parts, parts, len(work.parts.keys() - priced.keys()))


async def margins(session: AnySession, scope: Scope, month: Month, now: datetime) -> MarginsOut:
    """Of agreements in force in a month: what is charged, less what was credited, less the cost."""
    customers = {each.id: each.name for each in await customers_of(session, scope)}
    rates = await newest_rates(session)
    lines: dict[UUID, list[StatementLineOut]] = defaultdict(list)
    agreements: dict[UUID, Agreement] = {}
    zones: dict[UUID, str] = {}
    for contract in await contracts(session, month):
        if contract.customer_id in customers:
            agreements[contract.agreement.id] = contract.agreement
            zones[contract.agreement.id] = contract.version.zone
            lines[contract.agreement.id] += await charged(session, contract, now)
    for id_, agreement in agreements.items():
        if agreement.customer_id is not None:
            off = await taken_off(session, agreement.customer_id, month)
            lines[id_] += [each for each in off if each.agreement_number == agreement.number]
    items = []
    for id_, agreement in agreements.items():
        work = await _work(session, id_, bounds(month.first, month.after, zones[id_]))
        notes = await _credited(session, id_, month, zones[id_])
        currencies = {line.currency for line in lines[id_]} | notes.keys()
        for currency in sorted(currencies) or ([] if rates is None else [rates.currency]):
            name = customers[agreement.customer_id] if agreement.customer_id else ""
            charged_sum = sum(
                (Decimal(each.amount) for each in lines[id_] if each.currency == currency), ZERO
            )
            earned = charged_sum, notes.get(currency, ZERO)
            items.append(_shown(agreement, name, _Earned(currency, *earned), work, rates))
    ordered = sorted(items, key=lambda each: (Decimal(each.margin or "Infinity"), each.number))
    return MarginsOut(str(month), ordered)


def _shown(
    agreement: Agreement,
    customer_name: str,
    earned: _Earned,
    work: Work,
    rates: CostRates | None,
) -> MarginOut:
    is_priced = rates is not None and rates.currency == earned.currency
    cost = cost_of(work, rates) if rates is not None and is_priced else None
    margin = None if cost is None else earned.charged - earned.credited - cost.whole
    return MarginOut(
        agreement_id=agreement.id,
        number=agreement.number,
        name=agreement.name,
        customer_name=customer_name,
        currency=earned.currency,
        charged=str(earned.charged),
        credited=str(earned.credited),
        visits=work.visits,
        work_minutes=work.on_site // MINUTE,
        travel_minutes=work.travel // MINUTE,
        parts_cost=str(ZERO if cost is None else cost.parts),
        unpriced_parts=len(work.parts) if cost is None else cost.unpriced,
        cost=None if cost is None else str(cost.whole),
        margin=None if margin is None else str(margin),
        margin_percent=_share(margin, earned.charged),
    )


def _share(margin: Decimal | None, charged_sum: Decimal) -> str | None:
    if margin is None or not charged_sum:
        return None
    return str((margin * 100 / charged_sum).quantize(TENTH, ROUND_HALF_UP))


async def _work(session: AnySession, agreement_id: UUID, span: tuple[datetime, datetime]) -> Work:
    """Visits somebody set out for in the month, as long as they lasted, and what was put in."""
    start, end = span
    versions = select(AgreementVersion.id).where(AgreementVersion.agreement_id == agreement_id)
    began = func.coalesce(Visit.en_route_at, Visit.arrived_at)
    query = (
        select(Visit.en_route_at, Visit.arrived_at, Visit.finished_at)
        .join(Intervention, Intervention.id == Visit.intervention_id)
        .where(Intervention.agreement_version_id.in_(versions), began >= start, began < end)
    )
    visits = (await session.execute(query)).all()
    put_in = (
        select(PartUsed.part, PartUsed.quantity)
        .join(Intervention, Intervention.id == PartUsed.intervention_id)
        .where(
            Intervention.agreement_version_id.in_(versions),
            PartUsed.at >= start,
            PartUsed.at < end,
        )
    )
    parts: dict[str, Decimal] = defaultdict(Decimal)
    for code, quantity in (await session.execute(put_in)).all():
        parts[code] += quantity
    return Work(
        visits=len(visits),
        on_site=_seconds((arrived, finished) for _, arrived, finished in visits),
        travel=_seconds((left, arrived or finished) for left, arrived, finished in visits),
        parts=parts,
    )


def _seconds(stretches: Iterable[tuple[datetime | None, datetime | None]]) -> int:
    """What has begun and ended."""
    lasted = (ends - begins for begins, ends in stretches if begins and ends and begins < ends)
    return int(sum(lasted, timedelta()).total_seconds())


async def _credited(
    session: AnySession, agreement_id: UUID, month: Month, zone: str
) -> Mapping[str, Decimal]:
    """Approved notes for the month and goodwill given in it, by currency."""
    query = (
        select(CreditNote.currency, CreditNote.amount)
        .join(AgreementVersion, AgreementVersion.id == CreditNote.agreement_version_id)
        .where(
            AgreementVersion.agreement_id == agreement_id,
            CreditNote.month == month.first,
            CreditNote.status == "approved",
        )
    )
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for currency, amount in (await session.execute(query)).all():
        found[currency] += amount
    given = await goodwill_given(session, agreement_id, *bounds(month.first, month.after, zone))
    if given:
        found[EUR] += given
    return found
