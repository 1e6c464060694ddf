"""What a missed promise costs: rules as data, checked once when they are made.

The money of one month is worked out in `credits`; figures are read from JSON in `penalty_reading`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from dispatch.errors import Fault, Invalid

WHOLE = Decimal(100)
FEWEST_FOR_CHRONIC = 2  # one breach repeats nothing: that is what `PerBreach` is for


def _share_faults(path: str, percent: Decimal) -> Iterator[Fault]:
    if not percent.is_finite() or not 0 < percent <= WHOLE:
        yield Fault(path, "not_a_share", f"{percent} is not above 0 and up to 100 per cent.")


def _refuse(faults: Iterator[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise Invalid(found)


@dataclass(frozen=True, slots=True)
class PerBreach:
    """So many per cent of the fee for every counted breach."""

    kind: ClassVar[str] = "per_breach"
    percent: Decimal

    def __post_init__(self) -> None:
        _refuse(_share_faults("percent", self.percent))


@dataclass(frozen=True, slots=True)
class Tiers:
    """Pairs (below, percent): what an availability below each border costs, highest border first.

    Only the deepest tier reached counts; an availability exactly on a border has not sunk below it.
    """

    kind: ClassVar[str] = "tier"
    tiers: tuple[tuple[Decimal, Decimal], ...]

    def __post_init__(self) -> None:
        _refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        if not self.tiers:
            yield Fault("tiers", "no_tier", "Give at least one tier.")
        for index, (below, percent) in enumerate(self.tiers):
            yield from _share_faults(f"tiers[{index}].below", below)
            yield from _share_faults(f"tiers[{index}].percent", percent)
        borders = [below for below, _ in self.tiers]
        if not all(border.is_finite() for border in borders):
            return
        for index, (upper, lower) in enumerate(pairwise(borders), start=1):
            if upper <= lower:
                sentence = f"{lower} does not come below {upper}: give the highest border first."
                yield Fault(f"tiers[{index}].below", "tiers_not_descending", sentence)


@dataclass(frozen=True, slots=True)
class Chronic:
    """One share of the fee as soon as the month holds that many counted breaches."""

    kind: ClassVar[str] = "chronic"
    count: int
    percent: Decimal

    def __post_init__(self) -> None:
        _refuse(self._faults())

    def _faults(self) -> Iterator[Fault]:
        if self.count < FEWEST_FOR_CHRONIC:
            sentence = f"{self.count} is too few to be chronic: give {FEWEST_FOR_CHRONIC} or more."
            yield Fault("count", "too_few", sentence)
        yield from _share_faults("percent", self.percent)


PenaltyRule = PerBreach | Tiers | Chronic


@dataclass(frozen=True, slots=True)
class Penalties:
    """The rules of an agreement, and the share of the month's fee they never exceed, if any.

    >>> Penalties((PerBreach(Decimal(5)),), cap_percent=Decimal(10)).rules[0].kind
    'per_breach'
    """

    rules: tuple[PenaltyRule, ...]
    cap_percent: Decimal | None = None

    def __post_init__(self) -> None:
        cap = self.cap_percent
        if cap is not None and not (cap.is_finite() and 0 <= cap <= WHOLE):
            sentence = f"{cap} is not in 0 to 100 per cent."
            raise Invalid([Fault("cap_percent", "not_a_cap", sentence)])
