"""Pauses as seen by a clock: from an instant to another, or still open.

Who may pause, and which clocks a reason stops, is decided in `dispatch.interventions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from dispatch.errors import Fault, Invalid
from dispatch.hours.instants import to_seconds
from dispatch.hours.spans import Stretch, joined

STILL_OPEN = 1 << 62


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stands still; without an end it is still open.

    `author` says who recorded it, for whoever reads the trail.

    >>> from datetime import UTC
    >>> Pause(datetime(2026, 6, 2, 8, tzinfo=UTC), None, reason="no_access").is_open
    True
    """

    start: datetime
    end: datetime | None
    reason: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and to_seconds(self.end) < to_seconds(self.start):
            fault = Fault("[1]", "ends_before_start", "The pause ends before it begins.")
            raise Invalid([fault])

    @property
    def is_open(self) -> bool:
        """Whether nobody has resumed yet."""
        return self.end is None

    @property
    def stretch(self) -> Stretch:
        """The pause in UTC seconds, without end while it is open."""
        return to_seconds(self.start), STILL_OPEN if self.end is None else to_seconds(self.end)


def paused_stretches(pauses: Iterable[Pause]) -> tuple[Stretch, ...]:
    """Union of all pauses: two that overlap stop the clock once, and one without length never.

    >>> paused_stretches([])
    ()
    """
    stretches = (pause.stretch for pause in pauses)
    return tuple(joined(sorted((start, end) for start, end in stretches if start < end)))


def without(stretches: Iterable[Stretch], removed: tuple[Stretch, ...]) -> Iterator[Stretch]:
    """Cut ordered stretches out of ordered stretches.

    >>> list(without([(0, 10), (20, 30)], ((4, 6), (25, 99))))
    [(0, 4), (6, 10), (20, 25)]
    """
    position = 0
    for start, end in stretches:
        while position < len(removed) and removed[position][1] <= start:
            position += 1
        reached = start
        for cut_start, cut_end in removed[position:]:
            if cut_start >= end:
                break
            if cut_start > reached:
                yield reached, cut_start
            reached = max(reached, cut_end)
        if reached < end:
            yield reached, end
