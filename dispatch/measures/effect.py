"""What an improvement did: the same share before it was proposed and after it was carried out.

Which jobs fall into either span is known to whoever counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from dispatch.measures.definitions import DEFINITIONS, Direction
from dispatch.measures.figures import Ratio
from dispatch.measures.watermelon import FEWEST_ANSWERS


@dataclass(frozen=True, slots=True)
class Effect:
    """Two shares in per cent, and by how many points the second was to be better.

    >>> Effect("csat_top2", Ratio(6, 10), Ratio(9, 12), expected=Fraction(10)).is_reached
    True
    """

    measure: str
    before: Ratio
    after: Ratio
    expected: Fraction

    @property
    def is_known(self) -> bool:
        """Whether both spans hold enough to say anything."""
        return min(self.before.denominator, self.after.denominator) >= FEWEST_ANSWERS

    @property
    def gain(self) -> Fraction | None:
        """Points it is better by, below zero where it is worse; None on too few.

        >>> Effect("reopen_rate", Ratio(4, 10), Ratio(1, 10), expected=Fraction(5)).gain
        Fraction(30, 1)
        >>> Effect("csat_top2", Ratio(1, 4), Ratio(9, 10), expected=Fraction(5)).gain is None
        True
        """
        before, after = self.before.percent, self.after.percent
        if not self.is_known or before is None or after is None:
            return None
        is_higher_better = DEFINITIONS[self.measure].direction is Direction.HIGHER_IS_BETTER
        return after - before if is_higher_better else before - after

    @property
    def is_reached(self) -> bool | None:
        """Whether it is better by what was expected; None, unknown, on too few."""
        return None if self.gain is None else self.gain >= self.expected
