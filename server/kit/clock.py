"""The server's clock: the only place that asks the system for the time.

A demo may run on a clock shifted by a fixed, announced offset.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Real time plus a fixed offset; zero in production."""

    offset_seconds: int = 0

    def now(self) -> datetime:
        """The server's instant, aware UTC, whole microseconds."""
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)
