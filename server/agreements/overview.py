"""The register as a whole: what nobody promised anything for, and what the promises can cost."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from dispatch.agreements import Place, uncovered
from dispatch.agreements.credits import half_up
from server.accounts.scope import Scope
from server.agreements.places import Given, covered_places, places
from server.agreements.queries import CUSTOMER_KIND
from server.agreements.schemas import CoverageOut, ExposureOut, ExposuresOut, UncoveredOut
from server.agreements.shown import holds_on, is_review_overdue
from server.agreements.snapshot import held_versions, versions_value
from server.agreements.tables import Agreement
from server.customers.tables import Customer
from server.kit.database import AnySession
from server.kit.span import require_known_day

NOON = time(12, tzinfo=UTC)


async def coverage(session: AnySession, scope: Scope, day: date) -> CoverageOut:
    """Each of the caller's sites and services that no agreement covers on a day, by site."""
    require_known_day("day", day)
    given = await places(session, scope)
    held = await held_versions(session, _noon(day))
    values = await versions_value(session, held)
    asked = [
        Place(
            customer=str(each.site.customer_id),
            region=str(each.site.region_id),
            site=str(each.site.id),
            services=each.services,
        )
        for each in given
    ]
    sites = {str(each.site.id): each.site for each in given}
    names = await _customer_names(session)
    items = [
        UncoveredOut(
            site_id=sites[site].id,
            site_name=sites[site].name,
            customer_id=sites[site].customer_id,
            customer_name=names[sites[site].customer_id],
            region_id=sites[site].region_id,
            service=service,
        )
        for site, service in uncovered(asked, values, day)
    ]
    return CoverageOut(day, items)


async def exposures(session: AnySession, scope: Scope, now: datetime) -> ExposuresOut:
    """What the agreements in force can cost in a month at most, by number."""
    today = now.date()
    given = await places(session, scope)
    names = await _customer_names(session)
    items = []
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for agreement, version in await held_versions(session, now):
        penalties = version.terms["penalties"]
        if penalties is None or agreement.kind != CUSTOMER_KIND or not holds_on(version, today):
            continue
        covered = covered_places(agreement, version.terms, given)
        units = _units(penalties["unit"], covered)
        most = most_per_month(penalties["monthly_fee"], penalties["cap_percent"], units)
        totals[penalties["currency"]] += most or Decimal()
        items.append(
            ExposureOut(
                agreement_id=agreement.id,
                number=agreement.number,
                customer_name=_customer_name(agreement, names),
                currency=penalties["currency"],
                monthly_fee=penalties["monthly_fee"],
                units=units,
                most_per_month=None if most is None else f"{most:.2f}",
                next_review_on=agreement.next_review_on,
                is_review_overdue=is_review_overdue(agreement, today),
            )
        )
    return ExposuresOut(items, {currency: f"{sum_:.2f}" for currency, sum_ in totals.items()})


def most_per_month(fee: str, cap_percent: str | None, units: int) -> Decimal | None:
    """The cap of one unit, to the cent, as often as there are units; None without a cap.

    >>> most_per_month("249.99", "10", 3)
    Decimal('75.00')
    """
    if cap_percent is None:
        return None
    return half_up(Fraction(Decimal(fee)) * Fraction(Decimal(cap_percent)) / 100) * units


def _units(unit: str, covered: Sequence[Given]) -> int:
    match unit:
        case "site":
            return len(covered)
        case "asset":
            return sum(each.assets for each in covered)
    # A promise to every customer has one fee for each.
    return len({each.site.customer_id for each in covered})


def _customer_name(agreement: Agreement, names: dict[UUID, str]) -> str:
    return "" if agreement.customer_id is None else names[agreement.customer_id]


async def _customer_names(session: AnySession) -> dict[UUID, str]:
    rows = await session.execute(select(Customer.id, Customer.name))
    return dict(rows.all())


def _noon(day: date) -> datetime:
    """An instant that day: versions of a day before and after are read with it anyway."""
    return datetime.combine(day, NOON)
