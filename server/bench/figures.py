"""How a series of measurements is told: its middle and its slow end.

What is measured is in the benchmarks themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

Progress = Callable[[float], None]


def silent(share: float) -> None:
    """For whoever does not want to know how far a benchmark is."""
    del share


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds that half and 95 of 100 measurements do not exceed."""

    p50_ms: float
    p95_ms: float


def spread(seconds: Sequence[float]) -> Spread:
    """The spread of measurements in seconds; at least one is needed.

    >>> spread([0.001, 0.002, 0.009])
    Spread(p50_ms=2.0, p95_ms=9.0)
    """
    return Spread(*(round(_percentile(seconds, share) * 1000, 2) for share in (0.50, 0.95)))


def _percentile(values: Sequence[float], share: float) -> float:
    """By nearest rank: a value that was really measured."""
    return sorted(values)[ceil(share * len(values)) - 1]
