"""What goes with being satisfied or not: the same question for jobs with and without something.

A difference is no cause; it says where to look first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dispatch.measures.figures import Ratio
from dispatch.measures.satisfaction import SATISFIED_FROM

FEWEST = 30


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer from 1 to 5 about one job, and what is known of the job; None is not known."""

    csat: int
    traits: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Driver:
    """Satisfied of jobs with a trait and of those without it; shown from 30 answers on."""

    trait: str
    with_it: Ratio
    without: Ratio

    @property
    def answers(self) -> int:
        """How many answers about jobs of which it is known."""
        return self.with_it.denominator + self.without.denominator

    @property
    def points(self) -> Fraction | None:
        """Points of satisfaction that go with it, below zero where people are less satisfied.

        None under 30 answers, and where all jobs have it or none.
        """
        one, other = self.with_it.percent, self.without.percent
        if self.answers < FEWEST or one is None or other is None:
            return None
        return one - other


def drivers(rated: Iterable[Rated], traits: Iterable[str]) -> list[Driver]:
    """One for each trait, what goes with the largest difference first, unknown ones last.

    >>> late = [Rated(1, {"late": True})] * 10 + [Rated(5, {"late": False})] * 20
    >>> [(each.points, each.answers) for each in drivers(late, ["late"])]
    [(Fraction(-100, 1), 30)]
    >>> drivers(late[1:], ["late"])[0].points is None
    True
    """
    all_of_it = list(rated)
    found = [_driver(all_of_it, trait) for trait in traits]
    return sorted(found, key=lambda each: (each.points is None, -abs(each.points or 0), each.trait))


def _driver(rated: list[Rated], trait: str) -> Driver:
    def share(*, has: bool) -> Ratio:
        scores = [each.csat for each in rated if each.traits.get(trait) is has]
        return Ratio(sum(score >= SATISFIED_FROM for score in scores), len(scores))

    return Driver(trait, share(has=True), share(has=False))
