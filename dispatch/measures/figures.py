"""How an exact figure is shown: the one place where anything is rounded.

Comparisons are made on the exact fractions; what is written here is for eyes only.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

WHOLE = 100
HALF = Fraction(1, 2)
FEWEST_MEAN_PLACES = 2
MEAN_PLACES = 3


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many; of none there is no share, neither 0 nor 100.

    >>> Ratio(44, 48).text, Ratio(0, 0).text
    ('91.66', None)
    """

    numerator: int
    denominator: int

    @property
    def percent(self) -> Fraction | None:
        """The exact share in per cent, for comparing."""
        return Fraction(WHOLE * self.numerator, self.denominator) if self.denominator else None

    @property
    def text(self) -> str | None:
        """The share in per cent as it is shown."""
        return None if self.percent is None else percent_text(self.percent)

    @property
    def remainder_text(self) -> str | None:
        """What the others leave, as it is shown: with their text it makes 100.

        >>> Ratio(1, 7).remainder_text, Ratio(6, 7).text
        ('14.29', '85.71')
        """
        if self.percent is None:
            return None
        return _trimmed(-(-self.percent * WHOLE // 1), places=2, keep=0)


def percent_text(percent: Fraction) -> str:
    """Floor to 2 decimals, zeros at the end left out: nothing is shown as reached that is not.

    >>> [percent_text(Fraction(text)) for text in ("99.8999", "70", "62.5", "99.999")]
    ['99.89', '70', '62.5', '99.99']
    """
    return _trimmed(percent * WHOLE // 1, places=2, keep=0)


def mean_text(mean: Fraction) -> str:
    """Round a mean answer half up to 3 decimals, and show at least 2 of them.

    >>> [mean_text(Fraction(text)) for text in ("3.7", "5.125", "10/3", "4")]
    ['3.70', '5.125', '3.333', '4.00']
    """
    thousandths = (mean * 10**MEAN_PLACES + HALF) // 1
    return _trimmed(thousandths, places=MEAN_PLACES, keep=FEWEST_MEAN_PLACES)


def number(figure: Fraction | None) -> float | None:
    """Round half up to 2 decimals, as the number JSON shows; None stays None.

    >>> number(Fraction("73.7905")), number(Fraction("0.005")), number(None)
    (73.79, 0.01, None)
    """
    return None if figure is None else ((figure * WHOLE + HALF) // 1) / WHOLE


def mean(figures: list[Fraction]) -> Fraction | None:
    """Give the exact mean; of nothing there is none.

    >>> mean([Fraction(1), Fraction(2)]), mean([])
    (Fraction(3, 2), None)
    """
    return sum(figures, Fraction(0)) / len(figures) if figures else None


def _trimmed(units: int, *, places: int, keep: int) -> str:
    whole, part = divmod(units, 10**places)
    decimals = f"{part:0{places}}".rstrip("0").ljust(keep, "0")
    return f"{whole}.{decimals}" if decimals else str(whole)
