"""What an agreement charges for a month, by the four ways of asking money for lifts that work.

What is given back for missed promises is worked out in `credits`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from dispatch.agreements.credits import half_up
from dispatch.agreements.objectives import SCALES, SHARE, FeltMeasure, Objective
from dispatch.errors import Fault


class PriceKind(StrEnum):
    """What is paid for: being there, work that was done, units looked after, or what was felt."""

    FLAT = "flat"
    PER_RESOLVED_JOB = "per_resolved_job"
    PER_ASSET_MONTH = "per_asset_month"
    OUTCOME_BONUS = "outcome_bonus"


@dataclass(frozen=True, slots=True)
class Price:
    """An amount for a month, a job, a unit and month, or for an `outcome` that was reached."""

    kind: PriceKind
    amount: Decimal
    outcome: Objective | None = None


@dataclass(frozen=True, slots=True)
class ChargedMonth:
    """What a month holds that is paid for.

    `active_days` of its `month_days` the agreement was in force; `units` pay a flat price each;
    `asset_days` are the days in service of all units together. `is_reached` is whether the outcome
    was reached; None while too few answered.
    """

    active_days: int
    month_days: int
    units: int = 1
    resolved_jobs: int = 0
    asset_days: int = 0
    is_reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """How often a price is owed, exact, and the amount half up to the cent."""

    quantity: Fraction
    amount: Decimal


def charge(price: Price, month: ChargedMonth) -> Charge:
    """Work out one line: rounded once, after the days were counted, and never before.

    >>> lifts = Price(PriceKind.PER_ASSET_MONTH, Decimal("95.00"))
    >>> charge(lifts, ChargedMonth(30, 30, asset_days=70)).amount
    Decimal('221.67')
    """
    quantity = _quantity(price.kind, month)
    return Charge(quantity, half_up(Fraction(price.amount) * quantity))


def _quantity(kind: PriceKind, month: ChargedMonth) -> Fraction:
    share = Fraction(month.active_days, month.month_days)
    match kind:
        case PriceKind.FLAT:
            return month.units * share
        case PriceKind.PER_RESOLVED_JOB:
            return Fraction(month.resolved_jobs)
        case PriceKind.PER_ASSET_MONTH:
            return Fraction(month.asset_days, month.month_days)
        case PriceKind.OUTCOME_BONUS:
            return share if month.is_reached else Fraction(0)


def price_faults(prices: Sequence[Price]) -> Iterator[Fault]:
    """Name what cannot be charged: a bonus for nothing in particular, or the same twice.

    >>> bonus = Price(PriceKind.OUTCOME_BONUS, Decimal(500))
    >>> [fault.code for fault in price_faults([bonus])]
    ['no_outcome']
    """
    seen: set[tuple[PriceKind, FeltMeasure | None]] = set()
    for index, price in enumerate(prices):
        outcome = price.outcome
        if (price.kind is PriceKind.OUTCOME_BONUS) != (outcome is not None):
            sentence = "A bonus names a measure and the least it is to reach; other prices do not."
            yield Fault(f"prices.{index}.measure", "no_outcome", sentence)
        if outcome is not None:
            lowest, highest = SCALES.get(outcome.measure, SHARE)
            if not lowest < outcome.at_least <= highest:
                sentence = f"{outcome.at_least} is not above {lowest} and at most {highest}."
                yield Fault(f"prices.{index}.at_least", "off_the_scale", sentence)
        key = price.kind, None if outcome is None else outcome.measure
        if key in seen:
            sentence = "This is paid for already above: keep one of the two."
            yield Fault(f"prices.{index}.kind", "charged_twice", sentence)
        seen.add(key)
