"""How long the search may go on: seconds, iterations, or until somebody says stop.

Nothing here reads a clock; the caller brings one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dispatch.planning.refusals import LimitsMissing

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """When the search ends: after these seconds or iterations, whichever comes first.

    >>> Limits(iterations=1000).seconds is None
    True
    """

    seconds: float | None = None
    iterations: int | None = None

    def __post_init__(self) -> None:
        given = [limit for limit in (self.seconds, self.iterations) if limit is not None]
        if not given or min(given) < 0:
            raise LimitsMissing


def never() -> bool:
    """The answer of nobody who would stop the search."""
    return False


class Budget:
    """The time of one search: how much is used, and whether it is time to end."""

    __slots__ = ("_begun", "_clock", "_kept_back", "_limits", "_stop", "iterations")

    def __init__(self, limits: Limits, clock: Clock | None, stop: Callable[[], bool]) -> None:
        if clock is None and limits.iterations is None:
            raise LimitsMissing
        self._limits = limits
        self._clock = clock
        self._stop = stop
        self._begun = 0.0 if clock is None else clock()
        self._kept_back = 0.0
        self.iterations = 0

    @property
    def seconds(self) -> float:
        """Seconds since the search began, by the caller's clock; 0 without one."""
        return 0.0 if self._clock is None else self._clock() - self._begun

    @property
    def left(self) -> float | None:
        """Seconds until the limit, none of them negative; unknown without a limit."""
        limit = self._limits.seconds
        return None if limit is None else max(0.0, limit - self.seconds)

    def used(self) -> float:
        """The share of the time that is used, 1 or more when it is over."""
        shares = [0.0]
        if self._limits.iterations is not None:
            shares.append(self.iterations / max(1, self._limits.iterations))
            if self._limits.iterations == 0:
                return 1.0
        if self._limits.seconds is not None and self._clock is not None:
            available = self._limits.seconds - self._kept_back
            shares.append(self.seconds / available if available > 0 else 1.0)
        return max(shares)

    def steps(self, at_most: int) -> int:
        """How many of these iterations are still allowed."""
        limit = self._limits.iterations
        return at_most if limit is None else min(at_most, limit - self.iterations)

    def keep_back(self, seconds: float) -> None:
        """Leave this much of the time, but never more than half, for what follows the search."""
        if self._limits.seconds is not None:
            self._kept_back = min(seconds, self._limits.seconds / 2)

    def is_stopped(self) -> bool:
        """Tell whether somebody said stop, whatever time is left."""
        return self._stop()

    def is_over(self) -> bool:
        """Tell whether the search has to end now."""
        return self._stop() or self.used() >= 1.0

    def is_late(self) -> bool:
        """Tell whether even a first plan has to end now: no seconds left, or told to stop."""
        return self._stop() or self.is_overdue(0.0)

    def is_overdue(self, grace: float) -> bool:
        """Tell whether the seconds were over this long ago."""
        seconds = self._limits.seconds
        return seconds is not None and self.seconds >= seconds + grace
