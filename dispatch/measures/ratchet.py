"""Whether a promise is kept so well that a stricter one could be talked about.

Nobody is bound by it: what it finds is a proposal.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from dispatch.measures.figures import Ratio
from dispatch.measures.watermelon import FEWEST_ANSWERS

USUAL_PERIODS = 3
USUAL_MARGIN = Fraction(3)


def is_outgrown(
    shares: Sequence[Ratio],
    target: Fraction,
    *,
    margin: Fraction = USUAL_MARGIN,
    periods: int = USUAL_PERIODS,
) -> bool:
    """Whether each of the last periods lies above target and margin, and rests on enough.

    `shares` are of periods one after the other, the newest last.

    >>> good, few = Ratio(99, 100), Ratio(4, 4)
    >>> is_outgrown([good, good, good], Fraction(95)), is_outgrown([good, good], Fraction(95))
    (True, False)
    >>> is_outgrown([good, good, few], Fraction(95)), is_outgrown([good] * 3, Fraction(96))
    (False, False)
    """
    last = shares[-periods:]
    return len(last) == periods and all(
        share.percent is not None
        and share.denominator >= FEWEST_ANSWERS
        and share.percent > target + margin
        for share in last
    )
