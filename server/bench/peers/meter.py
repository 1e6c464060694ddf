"""CPU seconds a peer has used, counted only while it is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, process_time

SLOWEST = 4.0  # wall seconds for a CPU second on a machine shared with others


class Meter:
    """A budget in CPU seconds; some peers know wall time only and are given a multiple of it."""

    def __init__(self, budget: float) -> None:
        self.budget = budget
        self._used = self._waited = 0.0
        self._begun: float | None = None
        self._seen = 0.0

    @property
    def used(self) -> float:
        return self._used + (0.0 if self._begun is None else process_time() - self._begun)

    @property
    def left(self) -> float:
        return max(0.0, self.budget - self.used)

    @property
    def wall(self) -> float:
        """Wall seconds that surely suffice to use what is left."""
        return max(0.1, self.left * SLOWEST)

    @property
    def pace(self) -> float:
        """Wall seconds in which to expect what is left, at the pace so far; at least as many."""
        waited = self._waited + (0.0 if self._begun is None else monotonic() - self._seen)
        return max(0.1, self.left * max(1.0, waited / self.used if self.used else 1.0))

    @contextmanager
    def running(self) -> Iterator[None]:
        self._begun, self._seen = process_time(), monotonic()
        try:
            yield
        finally:
            self._used += process_time() - self._begun
            self._waited += monotonic() - self._seen
            self._begun = None
