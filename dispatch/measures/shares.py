"""Shares printed beside attainment, so that nobody reaches it by the wrong road.

Arrivals that were announced rightly, jobs that came back, time during which clocks stood still.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dispatch.measures.figures import Ratio

ETA_TOLERANCE = timedelta(minutes=15)


def eta_accuracy(visits: Iterable[tuple[datetime, datetime]]) -> Ratio:
    """Count visits that came within 15 minutes of what was announced, early or late.

    Each visit is its arrival and the last arrival time given 30 minutes before or earlier.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> eta_accuracy([(noon, noon.replace(minute=15)), (noon, noon.replace(minute=16))]).text
    '50'
    """
    kept = [abs(arrived - announced) <= ETA_TOLERANCE for arrived, announced in visits]
    return Ratio(sum(kept), len(kept))


def reopen_rate(*, reopened: int, closed: int) -> Ratio:
    """Closed jobs that were opened again, out of closed jobs.

    >>> reopen_rate(reopened=1, closed=8).text
    '12.5'
    """
    return Ratio(reopened, closed)


def pause_share(*, paused_seconds: int, open_seconds: int) -> Ratio:
    """Service time during which a clock was paused, out of all service time it was open.

    >>> pause_share(paused_seconds=900, open_seconds=3600).text
    '25'
    """
    return Ratio(paused_seconds, open_seconds)
