"""One score for experience out of four parts, which are always shown beside it.

It never replaces attainment, and is never averaged with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from dispatch.errors import Fault, Invalid
from dispatch.measures.figures import WHOLE, number

USUAL_WEIGHTS = {"csat": 40, "ces": 30, "ftf": 15, "eta": 15}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: its weight, and its points from 0 to 100, None when missing."""

    name: str
    weight: Fraction
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class XlaScore:
    """The weighted mean of the parts there are: the weights of missing ones fall away.

    >>> csat, ces = Part("csat", Fraction(40), Fraction(70)), Part("ces", Fraction(30), None)
    >>> XlaScore((csat, ces)).points
    Fraction(70, 1)
    """

    definition_ids: ClassVar = ("xla_score",)
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise Invalid(faults)

    @property
    def points(self) -> Fraction | None:
        """The exact score from 0 to 100; None when every part with a weight is missing."""
        given = [(part.weight, part.points) for part in self.parts if part.points is not None]
        weight = sum((weight for weight, _ in given), Fraction(0))
        return (
            sum((each * points for each, points in given), Fraction(0)) / weight if weight else None
        )

    def answer(self) -> dict[str, object]:
        """Give the score, rounded half up to 2 decimals.

        >>> XlaScore((Part("csat", Fraction(1), Fraction("70.125")),)).answer()
        {'score': 70.13}
        """
        return {"score": number(self.points)}

    def _faults(self) -> Iterator[Fault]:
        for part in self.parts:
            if part.weight < 0:
                sentence = "A weight is 0 or more."
                yield Fault(f"weights.{part.name}", "negative", sentence)
            if part.points is not None and not 0 <= part.points <= WHOLE:
                sentence = "The points of a part are in 0 to 100."
                yield Fault(f"components.{part.name}", "out_of_range", sentence)
        if all(part.weight == 0 for part in self.parts):
            yield Fault("weights", "no_weight", "Give at least one part a weight.")
