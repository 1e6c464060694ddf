"""What people answered: satisfied from 1 to 5, and how easy it was from 1 to 7.

When a question is asked, and how answers come in, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from dispatch.errors import Fault, Invalid
from dispatch.measures.figures import WHOLE, Ratio, mean, mean_text

LOWEST = 1
BEST_SATISFACTION = 5
SATISFIED_FROM = 4
BEST_EFFORT = 7
EASY_FROM = 5


def require_on_scale(scores: Iterable[int], best: int) -> None:
    """Refuse answers that the question did not offer, each by its place.

    >>> require_on_scale([1, 5], 5)
    """
    faults = [
        Fault(f"scores[{index}]", "off_the_scale", f"{score} is not in {LOWEST} to {best}.")
        for index, score in enumerate(scores)
        if not LOWEST <= score <= best
    ]
    if faults:
        raise Invalid(faults)


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Answers from 1 to 5; the two best count as satisfied.

    >>> Satisfaction((5, 4, 4, 3, 5, 2, 4, 5, 1, 4)).satisfied.text
    '70'
    """

    definition_ids: ClassVar = ("csat_top2", "csat_mean")
    scores: tuple[int, ...]

    def __post_init__(self) -> None:
        require_on_scale(self.scores, BEST_SATISFACTION)

    @property
    def satisfied(self) -> Ratio:
        """Who answered 4 or 5, of all who answered."""
        return Ratio(sum(score >= SATISFIED_FROM for score in self.scores), len(self.scores))

    @property
    def mean(self) -> Fraction | None:
        """The exact mean answer."""
        return mean([Fraction(score) for score in self.scores])

    def answer(self) -> dict[str, object]:
        """Give number, share and mean as plain JSON values.

        >>> Satisfaction(()).answer()
        {'n': 0, 'pct': None, 'mean': None}
        """
        return {"n": len(self.scores), "pct": self.satisfied.text, "mean": _shown(self.mean)}


@dataclass(frozen=True, slots=True)
class Effort:
    """Answers from 1 to 7 to one wording, kept with the direction it was asked in.

    Where a high answer means hard work, `high_is_easy` is false and the scale is turned round.
    """

    definition_ids: ClassVar = ("ces_mean", "ces_easy")
    scores: tuple[int, ...]
    wording: str = ""
    high_is_easy: bool = True

    def __post_init__(self) -> None:
        require_on_scale(self.scores, BEST_EFFORT)

    @property
    def ease(self) -> tuple[int, ...]:
        """The answers with 7 as the easiest."""
        if self.high_is_easy:
            return self.scores
        return tuple(BEST_EFFORT + LOWEST - score for score in self.scores)

    @property
    def easy(self) -> Ratio:
        """Who found it easy, 5 to 7, of all who answered."""
        return Ratio(sum(score >= EASY_FROM for score in self.ease), len(self.ease))

    @property
    def mean(self) -> Fraction | None:
        """The exact mean answer, 7 the easiest."""
        return mean([Fraction(score) for score in self.ease])

    @property
    def points(self) -> Fraction | None:
        """The mean as points from 0 to 100, as the XLA score weighs it.

        >>> Effort((7, 6, 5, 3, 6, 7, 2, 5)).points
        Fraction(275, 4)
        """
        if self.mean is None:
            return None
        return (self.mean - LOWEST) * WHOLE / (BEST_EFFORT - LOWEST)

    def answer(self) -> dict[str, object]:
        """Give number, mean and share as plain JSON values.

        >>> Effort((7, 6, 5, 3, 6, 7, 2, 5)).answer()
        {'n': 8, 'mean': '5.125', 'pct_5_plus': '75'}
        """
        return {"n": len(self.ease), "mean": _shown(self.mean), "pct_5_plus": self.easy.text}


def _shown(figure: Fraction | None) -> str | None:
    return None if figure is None else mean_text(figure)
