"""Hours of the day at which every trip of a region takes longer, or shorter.

How long it takes otherwise is in `speeds`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dispatch.geo.speeds import InvalidSpeedsError

MINUTES_PER_DAY = 1440


@dataclass(frozen=True, slots=True)
class BusyHours:
    """From one minute after local midnight up to another, trips take `factor` times as long."""

    from_minute: int
    to_minute: int
    factor: float

    def __post_init__(self) -> None:
        if not 0 <= self.from_minute < self.to_minute <= MINUTES_PER_DAY:
            raise InvalidSpeedsError("busy hours end after they begin, on the same day")
        if not self.factor > 0:
            raise InvalidSpeedsError("a factor of busy hours must be above 0")


def factor_at(busy: Sequence[BusyHours], minute: int) -> float:
    """By how much a trip that begins then takes longer; 1 at any other hour.

    >>> factor_at([BusyHours(450, 570, 1.4)], 480)
    1.4
    """
    return next((each.factor for each in busy if each.from_minute <= minute < each.to_minute), 1.0)


def mean_factor(busy: Sequence[BusyHours], windows: Sequence[tuple[int, int]] = ()) -> float:
    """By how much trips take longer on average over these minutes of a day; without any, all of it.

    A plan reckons every trip of a day alike: nobody knows yet at which hour it will be driven.

    >>> mean_factor([BusyHours(480, 600, 1.5)], [(480, 960)])
    1.125
    """
    hours = [span for span in windows if span[0] < span[1]] or [(0, MINUTES_PER_DAY)]
    whole = sum(end - start for start, end in hours)
    more = sum(share * (factor - 1) for share, factor in _shares(busy, hours))
    return 1 + more / whole


def require_apart(busy: Sequence[BusyHours]) -> None:
    """Refuse busy hours that overlap: a trip would have two factors.

    >>> require_apart([BusyHours(450, 570, 1.4), BusyHours(570, 600, 1.2)])
    """
    ordered = sorted(busy, key=lambda each: each.from_minute)
    for earlier, later in pairwise(ordered):
        if later.from_minute < earlier.to_minute:
            raise InvalidSpeedsError("busy hours must not overlap")


def _shares(
    busy: Sequence[BusyHours], hours: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    """The minutes each of the busy hours has of these, with its factor."""
    for each in busy:
        for start, end in hours:
            yield max(0, min(end, each.to_minute) - max(start, each.from_minute)), each.factor
