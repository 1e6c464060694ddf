"""How an objective of experience stands: reached, missed, or unknown on too few answers.

What is promised is `dispatch.agreements`; never averaged with what was kept on time.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from dispatch.agreements import Objective
from dispatch.measures.watermelon import FEWEST_ANSWERS


class Standing(StrEnum):
    """How it ended, told by a word."""

    REACHED = "reached"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ObjectiveStanding:
    """An objective with the exact figure it is held against, and how many it rests on.

    >>> from decimal import Decimal
    >>> from dispatch.agreements import FeltMeasure
    >>> easy = Objective(FeltMeasure.CES_MEAN, Decimal("5.5"))
    >>> [ObjectiveStanding(easy, Fraction(11, 2), n).standing.value for n in (4, 5)]
    ['unknown', 'reached']
    """

    objective: Objective
    figure: Fraction | None
    rests_on: int

    @property
    def standing(self) -> Standing:
        """The exact figure beside the least agreed; unknown under five."""
        if self.figure is None or self.rests_on < FEWEST_ANSWERS:
            return Standing.UNKNOWN
        is_reached = self.figure >= Fraction(self.objective.at_least)
        return Standing.REACHED if is_reached else Standing.MISSED
