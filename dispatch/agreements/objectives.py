"""What an agreement promises to be felt: a measure of experience and the least it is to reach.

How such a measure stands is worked out in `dispatch.measures`; times are promised by `clauses`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from dispatch.errors import Fault


class FeltMeasure(StrEnum):
    """A measure of the dictionary that tells what people felt; more is better in each."""

    CSAT_TOP2 = "csat_top2"
    CSAT_MEAN = "csat_mean"
    CES_EASY = "ces_easy"
    CES_MEAN = "ces_mean"
    FIRST_TIME_FIX = "first_time_fix"
    ETA_ACCURACY = "eta_accuracy"
    XLA_SCORE = "xla_score"


SHARE = (Decimal(0), Decimal(100))
SCALES: Mapping[FeltMeasure, tuple[Decimal, Decimal]] = MappingProxyType(
    {
        FeltMeasure.CSAT_MEAN: (Decimal(1), Decimal(5)),
        FeltMeasure.CES_MEAN: (Decimal(1), Decimal(7)),
    }
)
"""The lowest and the highest such a measure can be; any other is a share of 0 to 100."""


@dataclass(frozen=True, slots=True)
class Objective:
    """The least a measure is to reach, in its own unit."""

    measure: FeltMeasure
    at_least: Decimal


def objective_faults(objectives: Sequence[Objective]) -> Iterator[Fault]:
    """Name what cannot be an objective: off its scale, or a measure named twice.

    >>> [fault.code for fault in objective_faults([Objective(FeltMeasure.CSAT_MEAN, Decimal(6))])]
    ['off_the_scale']
    """
    seen: set[FeltMeasure] = set()
    for index, each in enumerate(objectives):
        lowest, highest = SCALES.get(each.measure, SHARE)
        if not lowest < each.at_least <= highest:
            sentence = f"{each.at_least} is not above {lowest} and at most {highest}."
            yield Fault(f"objectives.{index}.at_least", "off_the_scale", sentence)
        if each.measure in seen:
            sentence = "This measure has an objective already: keep one of the two."
            yield Fault(f"objectives.{index}.measure", "promised_twice", sentence)
        seen.add(each.measure)
