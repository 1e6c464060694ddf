"""What versions of agreements charge for a month: days in force, units in service, work, outcomes.

The arithmetic is `dispatch.agreements.charge`; which credit notes come off is asked in `queries`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, or_, select

from dispatch.agreements import ChargedMonth, Price, PriceKind, charge
from server.agreements.snapshot import HOLDING
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.values import prices_of
from server.credits.months import Month, bounds
from server.credits.owed import CUSTOMER, covered
from server.interventions.tables import Closing, Intervention
from server.invoicing.jobs import is_charged
from server.invoicing.schemas import StatementLineOut
from server.kit.database import AnySession
from server.measures.cases import Wanted, cases
from server.measures.felt import Felt, felt_about
from server.measures.objectives import covers, doing
from server.measures.schemas import ObjectiveDoingOut
from server.regions.tables import Region
from server.sites.tables import Asset, Site

QUANTITY_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Contract:
    """A version of a customer's agreement, on its local days `[first, after)` of a month."""

    agreement: Agreement
    version: AgreementVersion
    customer_id: UUID
    month: Month
    first: date
    after: date

    @property
    def days(self) -> int:
        return (self.after - self.first).days

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The instants of its days."""
        return bounds(self.first, self.after, self.version.zone)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What a contract's month holds that is paid for; `jobs` are numbers of interventions."""

    sites: Sequence[Site]
    asset_days: int
    jobs: Sequence[str]
    felt: Felt | None


async def contracts(
    session: AnySession, month: Month, customer_id: UUID | None = None
) -> Sequence[Contract]:
    """Versions in force on at least one day of a month; corporate ones charge nothing."""
    query = (
        select(Agreement, AgreementVersion)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(
            Agreement.kind == CUSTOMER,
            Agreement.customer_id.is_not(None),
            AgreementVersion.status.in_(HOLDING),
            AgreementVersion.valid_from < month.after,
            or_(AgreementVersion.valid_to.is_(None), AgreementVersion.valid_to > month.first),
        )
        .order_by(Agreement.number, AgreementVersion.number)
    )
    if customer_id is not None:
        query = query.where(Agreement.customer_id == customer_id)
    return [
        Contract(
            agreement,
            version,
            agreement.customer_id,
            month,
            *month.active(version.valid_from, version.valid_to),
        )
        for agreement, version in (await session.execute(query)).all()
        if agreement.customer_id is not None
    ]


async def charged(
    session: AnySession, contract: Contract, now: datetime
) -> Sequence[StatementLineOut]:
    """A line for each price; what does not come to anything is told with its zero."""
    currency, unit, prices = _asked(contract.version)
    if not prices:
        return []
    counted = await _counted(session, contract, prices, now)
    units = len(counted.sites) if unit == "site" else 1
    return [*_lines(contract, currency, prices, counted, units)]


def _asked(version: AgreementVersion) -> tuple[str, str, Sequence[Price]]:
    """Currency, the unit of a flat price, and the prices.

    Where none are written, the monthly fee its penalties are shares of is what is charged.
    """
    prices = [*prices_of(version.terms)]
    if prices:
        return version.terms["pricing"]["currency"], "agreement", prices
    penalties = version.terms.get("penalties")
    if penalties is None:
        return "", "agreement", []
    per_asset = penalties["unit"] == "asset"
    kind = PriceKind.PER_ASSET_MONTH if per_asset else PriceKind.FLAT
    fee = Price(kind, Decimal(penalties["monthly_fee"]))
    return penalties["currency"], penalties["unit"], [fee]


def _lines(
    contract: Contract, currency: str, prices: Sequence[Price], counted: _Counted, units: int
) -> Iterator[StatementLineOut]:
    for price in prices:
        held = None
        if price.outcome is not None and counted.felt is not None:
            held = doing(price.outcome, counted.felt)
        owed = charge(price, _month(contract, counted, units, held))
        jobs = list(counted.jobs) if price.kind is PriceKind.PER_RESOLVED_JOB else []
        yield StatementLineOut(
            kind=price.kind.value,
            agreement_number=contract.agreement.number,
            currency=currency,
            amount=str(owed.amount),
            price=f"{price.amount:.2f}",
            quantity=_quantity(owed.quantity),
            days=contract.days,
            measure=None if held is None else held.measure,
            at_least=None if held is None else held.at_least,
            value=None if held is None else held.value,
            standing=None if held is None else held.standing,
            interventions=jobs,
        )


def _month(
    contract: Contract, counted: _Counted, units: int, held: ObjectiveDoingOut | None
) -> ChargedMonth:
    return ChargedMonth(
        active_days=contract.days,
        month_days=contract.month.days,
        units=units,
        resolved_jobs=len(counted.jobs),
        asset_days=counted.asset_days,
        is_reached=None if held is None else held.standing == "reached",
    )


def _quantity(exact: Fraction) -> str:
    """As one writes it, to four places; the amount is worked out of the exact one.

    >>> _quantity(Fraction(7, 3)), _quantity(Fraction(2))
    ('2.3333', '2')
    """
    rounded = (Decimal(exact.numerator) / exact.denominator).quantize(QUANTITY_PLACES)
    return f"{rounded.normalize():f}"


async def _counted(
    session: AnySession, contract: Contract, prices: Sequence[Price], now: datetime
) -> _Counted:
    """Read what the prices count, and nothing else."""
    kinds = {price.kind for price in prices}
    sites, assets = await covered(session, contract.version, contract.customer_id)
    return _Counted(
        sites=sites,
        asset_days=sum(days_in_service(each, contract.first, contract.after) for each in assets),
        jobs=await _resolved(session, contract) if PriceKind.PER_RESOLVED_JOB in kinds else (),
        felt=await _felt(session, contract, now) if PriceKind.OUTCOME_BONUS in kinds else None,
    )


def days_in_service(asset: Asset, first: date, after: date) -> int:
    """Days of `[first, after)` from its installation to its retirement."""
    begins = max(first, asset.installed_on or first)
    ends = min(after, asset.retired_on or after)
    return max(timedelta(), ends - begins).days


async def _resolved(session: AnySession, contract: Contract) -> Sequence[str]:
    """Numbers of interventions closed for the first time on these days.

    Reopened and closed again, one was resolved once.
    """
    start, end = contract.span
    closed_at = func.min(Closing.closed_at)
    query = (
        select(Intervention.number)
        .join(Closing, Closing.intervention_id == Intervention.id)
        .where(
            Intervention.agreement_version_id == contract.version.id,
            Intervention.customer_id == contract.customer_id,
            *is_charged(),
        )
        .group_by(Intervention.id, Intervention.number)
        .having(closed_at >= start, closed_at < end)
        .order_by(Intervention.number)
    )
    return (await session.scalars(query)).all()


async def _felt(session: AnySession, contract: Contract, now: datetime) -> Felt:
    """What was felt about what was reported on these days and the version covers."""
    wanted = Wanted(contract.first, contract.after, customer_id=contract.customer_id)
    regions = (await session.scalars(select(Region).order_by(Region.id))).all()
    found = await cases(session, regions, wanted, now)
    return await felt_about(
        session, [case for case in found if covers(contract.version, case)], now
    )
