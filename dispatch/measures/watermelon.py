"""Green outside, red inside: every promise kept, and still somebody is unhappy.

How promises stand comes from `dispatch.clocks`, answers from `satisfaction`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from dispatch.clocks import ClockState

UNHAPPY_UP_TO = 2  # satisfied, of 5
HARD_UP_TO = 3  # easy, of 7
FEWEST_ANSWERS = 5  # fewer tell nothing, and one person could be recognised


@dataclass(frozen=True, slots=True)
class JobWatermelon:
    """One job: how its clocks ended and what was said about it; None is no answer.

    >>> JobWatermelon((ClockState.MET, ClockState.MET), csat=2).is_watermelon
    True
    """

    definition_ids: ClassVar = ("watermelon_job",)
    clocks: tuple[ClockState, ...]
    csat: int | None = None
    ces: int | None = None
    irritation: bool = False
    complaint: bool = False

    @property
    def is_green_outside(self) -> bool:
        """Whether every promise was kept; where none was made, none was kept."""
        return bool(self.clocks) and all(state is ClockState.MET for state in self.clocks)

    @property
    def is_red_inside(self) -> bool:
        """Whether somebody said so: a low answer, an irritation, a complaint."""
        return (
            (self.csat is not None and self.csat <= UNHAPPY_UP_TO)
            or (self.ces is not None and self.ces <= HARD_UP_TO)
            or self.irritation
            or self.complaint
        )

    @property
    def is_watermelon(self) -> bool:
        """A job nobody spoke of is none: unlike a site, it is listed only on somebody's word."""
        return self.is_green_outside and self.is_red_inside

    def answer(self) -> dict[str, object]:
        """Give the verdict as plain JSON values.

        >>> JobWatermelon((ClockState.BREACHED,), csat=1).answer()
        {'watermelon': False}
        """
        return {"watermelon": self.is_watermelon}


@dataclass(frozen=True, slots=True)
class SiteWatermelon:
    """One site over a period, in exact per cent; None is a share that does not exist.

    >>> some = [Fraction(97), Fraction(95), Fraction(58), Fraction(75)]
    >>> SiteWatermelon(*some, answers=12).is_watermelon
    True
    """

    definition_ids: ClassVar = ("watermelon_site",)
    attainment: Fraction | None
    attainment_target: Fraction
    csat: Fraction | None
    csat_target: Fraction
    answers: int
    min_answers: int = FEWEST_ANSWERS

    @property
    def is_watermelon(self) -> bool | None:
        """Whether targets are reached and experience is not; None, unknown, on too few answers."""
        if self.answers < self.min_answers or self.attainment is None or self.csat is None:
            return None
        return self.attainment >= self.attainment_target and self.csat < self.csat_target

    def answer(self) -> dict[str, object]:
        """Give the verdict as plain JSON values, null for unknown.

        >>> green = [Fraction(97), Fraction(95), Fraction(50), Fraction(75)]
        >>> SiteWatermelon(*green, answers=4).answer()
        {'watermelon': None}
        """
        return {"watermelon": self.is_watermelon}
