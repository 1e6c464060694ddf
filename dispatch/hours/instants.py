"""Instants as whole UTC seconds, the only unit in which time is counted here.

Local time is the business of `edges`; nothing here knows a zone.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dispatch.errors import Refusal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ONE_SECOND = timedelta(seconds=1)
SECONDS_PER_DAY = 86_400


class NaiveInstant(Refusal):
    """A time without its zone cannot be placed on a clock."""

    code = "naive_instant"

    def __init__(self, instant: datetime) -> None:
        self.instant = instant
        super().__init__(f"{instant.isoformat()} carries no offset: say which zone it is in.")


def to_seconds(instant: datetime) -> int:
    """Whole seconds since 1970 in UTC; a fraction of a second is dropped.

    >>> to_seconds(datetime(1970, 1, 2, tzinfo=UTC))
    86400
    """
    if instant.tzinfo is None:
        raise NaiveInstant(instant)
    return (instant - EPOCH) // ONE_SECOND


def from_seconds(seconds: int) -> datetime:
    """Give the UTC instant that many seconds after 1970 began.

    >>> from_seconds(86400).isoformat()
    '1970-01-02T00:00:00+00:00'
    """
    return datetime.fromtimestamp(seconds, UTC)
