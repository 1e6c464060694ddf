"""The server's clock: the only place that asks the system for the time.

A demo may run on a clock that is shifted, and faster than the real one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Real time plus a fixed offset; zero in production.

    From the real instant `since` (Unix seconds) on, time passes `speed` times as fast.
    """

    offset_seconds: int = 0
    speed: int = 1
    since: int = 0

    def now(self) -> datetime:
        """The server's instant, aware UTC, whole microseconds."""
        real = datetime.now(UTC)
        if self.speed != 1:
            begun = datetime.fromtimestamp(self.since, UTC)
            real = begun + (real - begun) * self.speed
        return real + timedelta(seconds=self.offset_seconds)

    @property
    def ahead(self) -> timedelta:
        """By how much it is ahead of the real time; nothing in production."""
        return self.now() - datetime.now(UTC)
