"""CPU seconds a peer has used, counted only while it is at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

SLOWEST = 4.0  # wall seconds for a CPU second on a machine shared with others


class Meter:
    """A budget in CPU seconds; some peers know wall time only and are given a multiple of it."""

    def __init__(self, budget: float) -> None:
        self.budget = budget
        self._used = 0.0
        self._begun: float | None = None

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

    @contextmanager
    def running(self) -> Iterator[None]:
        self._begun = process_time()
        try:
            yield
        finally:
            self._used += process_time() - self._begun
            self._begun = None
