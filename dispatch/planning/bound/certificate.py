"""The arithmetic that proves a bound: whole numbers only, and valid whatever the duals are.

Any plan serves or drops each job, and gives each technician one route or none. So it costs at least
what the duals give for all jobs, less what dropping saves of it, less the price of the cuts, plus
each technician's cheapest route under the same duals. A dual that is too high only weakens this.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dispatch.planning.bound.relaxed import SCALE, Integers


class Duals(NamedTuple):
    """What one visit to each job is worth, and the price of each cut, in scaled units."""

    worth: Integers
    cuts: Integers


def certified(
    duals: Duals, crews: Integers, drop: Integers, least: Sequence[int | None]
) -> int | None:
    """Give the bound in cost units, rounded up because totals are whole.

    `least` is each technician's cheapest route under these duals, known for certain; None where
    it is not, and then nothing is proven.

    >>> import numpy as np
    >>> duals = Duals(np.array([160, 80]), np.array([], dtype=np.int64))
    >>> certified(duals, np.array([1, 1]), np.array([320, 80]), [-32])
    13
    """
    known = [each for each in least if each is not None]
    if len(known) < len(least) or (duals.cuts < 0).any():
        return None
    total = 0
    for worth, crew, dropping in zip(
        duals.worth.tolist(), crews.tolist(), drop.tolist(), strict=True
    ):
        total += min(worth * crew, dropping)
    total -= sum(duals.cuts.tolist())
    total += sum(min(0, each) for each in known)
    return in_cost_units(total)


def in_cost_units(scaled: int) -> int:
    """Round a proven price up to whole cost units: no plan's total lies between.

    >>> in_cost_units(17), in_cost_units(-17)
    (2, -1)
    """
    return -(-scaled // SCALE)
