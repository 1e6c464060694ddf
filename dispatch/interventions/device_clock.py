"""When something happened by the server's clock, told by a device whose own clock may be wrong.

The device says how wrong it knows itself to be, the server sees how wrong it is when it sends; what
is impossible is not believed. Both times are kept where this is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FLAGGED_SECONDS = 300  # from here on a person should look at the device
LONGEST_WAY = 60  # seconds a request may be on its way; more is a wrong clock
ROUNDING = 2  # seconds two honest measures differ by


@dataclass(frozen=True, slots=True)
class Told:
    """What the device said: its times, and what to add to them by its own measure, in seconds.

    `sent_at` is by the same device clock when the request left; an old device does not say it.
    """

    at: datetime
    offset: int = 0
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """When it was by the server's clock; `skew` is what the server would add by its own measure.

    `wrong_by` is the largest sign of a wrong clock, positive where the device is behind; seconds.
    """

    at: datetime
    skew: int | None
    wrong_by: int = 0

    @property
    def is_flagged(self) -> bool:
        """Whether the device's clock, or what it claims, is off by more than five minutes."""
        return abs(self.wrong_by) > FLAGGED_SECONDS


def heard(
    told: Told, *, earliest: datetime, now: datetime, ahead: timedelta = timedelta()
) -> Heard:
    """Give the instant by the server's clock in whole seconds, never before `earliest` nor after.

    `ahead` is by how much the server's own clock is set ahead of real time, as in a demo.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> slow = Told(at=noon - timedelta(hours=4), sent_at=noon - timedelta(hours=3))
    >>> found = heard(slow, earliest=noon - timedelta(hours=2), now=noon)
    >>> found.at.hour, found.skew, found.is_flagged
    (11, 10800, True)
    """
    skew = None if told.sent_at is None else _seconds(now - told.sent_at)
    offset = told.offset if skew is None else _offset(told, skew, earliest=earliest, now=now)
    claimed = told.at + timedelta(seconds=offset)
    at = min(max(claimed, earliest), now).replace(microsecond=0)
    return Heard(at, skew, _wrong_by(told, skew, _seconds(at - claimed), _seconds(ahead)))


def _offset(told: Told, skew: int, *, earliest: datetime, now: datetime) -> int:
    """What to add to the device's time: by its own measure if the way here explains the rest."""
    own = told.offset
    if skew - LONGEST_WAY <= own <= skew + ROUNDING:
        return own
    assert told.sent_at is not None
    if told.at > told.sent_at + timedelta(seconds=ROUNDING):
        return own  # sent before it happened: the clock was turned back in between
    slack = timedelta(seconds=ROUNDING)
    possible = [
        each
        for each in (own, skew)
        if earliest - slack <= told.at + timedelta(seconds=each) <= now + slack
    ]
    # a clock found to be wrong was most likely wrong when it told the time
    return max(possible or (own, skew), key=abs)


def _wrong_by(told: Told, skew: int | None, moved: int, ahead: int) -> int:
    """The largest sign of a wrong clock: a measure, how two differ, what was not believed."""
    own = told.offset or None  # zero is also what a device says that never measured
    signs = [moved, *(each - ahead for each in (own, skew) if each is not None)]
    if own is not None and skew is not None:
        signs.append(skew - own)
    return max(signs, key=abs)


def _seconds(length: timedelta) -> int:
    return round(length.total_seconds())
