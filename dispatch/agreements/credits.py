"""The credit of one month: a fee, the penalties agreed, and what happened.

In this order: the fee pro rata to the cent, each triggered rule's line half up to the cent, the
largest line, the cap. Who approves a credit and how it is numbered is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from dispatch.agreements.penalties import Chronic, Penalties, PenaltyRule, PerBreach, Tiers
from dispatch.errors import Fault, Invalid

NOTHING = Decimal("0.00")
CENTS = 100
HALF = Fraction(1, 2)
PERCENT = Fraction(1, 100)


@dataclass(frozen=True, slots=True)
class ServiceMonth:
    """What counts towards a month's credit.

    `breaches` includes the `excused` ones, which carry no credit. `availability` is in per cent and
    exact; None means it was not promised or not measured. Without `active_days` the unit was in
    service all month; with them, `month_days` says how long the month is.
    """

    breaches: int = 0
    excused: int = 0
    availability: Decimal | Fraction | None = None
    active_days: int | None = None
    month_days: int | None = None

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise Invalid(faults)

    @property
    def counted(self) -> int:
        """Breaches that carry a credit; more excuses than breaches leave none."""
        return max(0, self.breaches - self.excused)

    @property
    def share(self) -> Fraction:
        """The part of the month for which the fee is owed."""
        if self.active_days is None or self.month_days is None:
            return Fraction(1)
        return Fraction(self.active_days, self.month_days)

    def _faults(self) -> Iterator[Fault]:
        for name, count in (("breaches", self.breaches), ("excused", self.excused)):
            if count < 0:
                yield Fault(name, "negative", f"{count} is no number of breaches.")
        if self.availability is not None and not _is_percent(self.availability):
            sentence = f"{self.availability} is not in 0 to 100 per cent."
            yield Fault("availability", "not_a_percentage", sentence)
        yield from self._day_faults()

    def _day_faults(self) -> Iterator[Fault]:
        if self.month_days is not None and self.month_days < 1:
            yield Fault("month_days", "not_positive", "A month has at least one day.")
        elif self.active_days is not None and self.month_days is None:
            yield Fault("month_days", "missing", "Say how many days the month has.")
        elif self.active_days is not None and not 0 <= self.active_days <= (self.month_days or 0):
            sentence = f"{self.active_days} is not in 0 to {self.month_days} days."
            yield Fault("active_days", "out_of_range", sentence)


@dataclass(frozen=True, slots=True)
class CreditLine:
    """What one rule would give, before the largest is chosen and the cap applied."""

    kind: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Credit:
    """A line for every rule that was triggered, and the one amount that is owed.

    `fee` is the fee for the days in service; `cap` the most that may be owed, None without one.
    """

    fee: Decimal
    lines: tuple[CreditLine, ...]
    cap: Decimal | None
    amount: Decimal


def credit(fee: Decimal, penalties: Penalties, month: ServiceMonth) -> Credit:
    """Work out what a month's breaches are worth; raises `Invalid` on a fee that is none.

    The lines speak of the same events, so the largest is owed and never the sum.

    >>> five_each = Penalties((PerBreach(Decimal(5)),), cap_percent=Decimal(10))
    >>> credit(Decimal("250.00"), five_each, ServiceMonth(breaches=3)).amount
    Decimal('25.00')
    """
    if not fee.is_finite() or fee < 0:
        raise Invalid([Fault("fee", "not_a_fee", f"{fee} is not a fee of 0.00 or more.")])
    owed = half_up(Fraction(fee) * month.share)
    shares = ((rule, triggered_percent(rule, month)) for rule in penalties.rules)
    lines = tuple(
        CreditLine(rule.kind, _part(owed, percent))
        for rule, percent in shares
        if percent is not None
    )
    cap = None if penalties.cap_percent is None else _part(owed, Fraction(penalties.cap_percent))
    largest = max((line.amount for line in lines), default=NOTHING)
    return Credit(owed, lines, cap, largest if cap is None else min(largest, cap))


def money_at_risk(
    fee: Decimal, penalties: Penalties, month: ServiceMonth, *, more: int = 1
) -> Decimal:
    """What so many further breaches would add to the month's credit.

    >>> five_each = Penalties((PerBreach(Decimal(5)),), cap_percent=Decimal(10))
    >>> money_at_risk(Decimal(250), five_each, ServiceMonth(breaches=1), more=2)
    Decimal('12.50')
    """
    worse = replace(month, breaches=max(month.breaches, month.excused) + more)
    return credit(fee, penalties, worse).amount - credit(fee, penalties, month).amount


def triggered_percent(rule: PenaltyRule, month: ServiceMonth) -> Fraction | None:
    """Per cent of the fee a rule takes for this month; None when it is not triggered.

    >>> triggered_percent(Chronic(5, Decimal(20)), ServiceMonth(breaches=4)) is None
    True
    """
    match rule:
        case PerBreach(percent=percent):
            return Fraction(percent) * month.counted if month.counted else None
        case Chronic(count=count, percent=percent):
            return Fraction(percent) if month.counted >= count else None
        case Tiers(tiers=tiers):
            return _deepest(tiers, month.availability)


def half_up(amount: Fraction) -> Decimal:
    """Round an amount of money, never negative, half up to the cent.

    >>> half_up(Fraction("62.4950")), half_up(Fraction("62.4949"))
    (Decimal('62.50'), Decimal('62.49'))
    """
    cents = (amount * CENTS + HALF) // 1
    return Decimal(f"{cents // CENTS}.{cents % CENTS:02}")


def _deepest(
    tiers: tuple[tuple[Decimal, Decimal], ...], availability: Decimal | Fraction | None
) -> Fraction | None:
    if availability is None:
        return None
    reached = [percent for below, percent in tiers if Fraction(availability) < Fraction(below)]
    return Fraction(reached[-1]) if reached else None


def _part(fee: Decimal, percent: Fraction) -> Decimal:
    return half_up(Fraction(fee) * percent * PERCENT)


def _is_percent(given: Decimal | Fraction) -> bool:
    is_number = given.is_finite() if isinstance(given, Decimal) else True
    return is_number and 0 <= given <= CENTS
