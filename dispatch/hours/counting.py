"""How much service time has passed, and when a given amount of it will have.

`due = min{t : open and unpaused seconds in [start, t) >= target}`, in whole elapsed seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from dispatch.errors import Fault, Invalid, Refusal
from dispatch.hours.calendar import Calendar
from dispatch.hours.instants import SECONDS_PER_DAY, from_seconds, to_seconds
from dispatch.hours.pauses import STILL_OPEN, Pause, paused_stretches, without
from dispatch.hours.spans import Stretch, open_stretches

SEARCH_SECONDS = 1826 * SECONDS_PER_DAY
PROOF_DAYS = 31
PROOF_SECONDS = 3600


class NoDueInFiveYears(Refusal):
    """The target is not reached within five years of its start, so no date is promised."""

    code = "no_due_in_five_years"

    def __init__(self, start: datetime, seconds: int) -> None:
        self.start = start
        self.seconds = seconds
        super().__init__(
            f"{seconds} s of service time are not reached within five years of {start.isoformat()}."
        )


def elapsed(
    calendar: Calendar, start: datetime, end: datetime, pauses: Iterable[Pause] = ()
) -> int:
    """Seconds of open, unpaused time from start up to end.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> elapsed(always, noon, noon.replace(hour=13), [Pause(noon, noon.replace(minute=45))])
    900
    """
    counted = counted_stretches(
        calendar, to_seconds(start), to_seconds(end), paused_stretches(pauses)
    )
    return sum(closes - opens for opens, closes in counted)


def due(
    calendar: Calendar, start: datetime, seconds: int, pauses: Iterable[Pause] = ()
) -> datetime | None:
    """Instant at which that many seconds of service time have passed since start, in UTC.

    The earliest such instant: a target that ends at closing is due at closing. None while a pause
    is open that began before the target was reached. Raises `NoDueInFiveYears`.

    >>> from datetime import UTC
    >>> from dispatch.hours.calendar import Window, every_weekday
    >>> office = Calendar("Europe/Paris", weekly=every_weekday(Window(480, 1020)))
    >>> due(office, datetime(2026, 6, 2, 13, 30, tzinfo=UTC), 4 * 3600).isoformat()
    '2026-06-03T08:30:00+00:00'
    """
    begun = to_seconds(start)
    paused = paused_stretches(pauses)
    missing = seconds
    if missing <= 0:
        return from_seconds(begun)
    stands_still = paused[-1][0] if paused and paused[-1][1] == STILL_OPEN else STILL_OPEN
    limit = begun + SEARCH_SECONDS
    for opens, closes in counted_stretches(calendar, begun, min(limit, stands_still), paused):
        if missing <= closes - opens:
            return from_seconds(opens + missing)
        missing -= closes - opens
    if stands_still < limit:
        return None
    raise NoDueInFiveYears(start, seconds)


def left_when_paused(
    calendar: Calendar, start: datetime, seconds: int, pauses: Iterable[Pause]
) -> int | None:
    """Seconds of the target still to count when the open pause began; None if no pause is open.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> left_when_paused(always, noon, 7200, [Pause(noon.replace(minute=30), None)])
    5400
    """
    known = tuple(pauses)
    paused = paused_stretches(known)
    if not paused or paused[-1][1] != STILL_OPEN:
        return None
    return max(0, seconds - elapsed(calendar, start, from_seconds(paused[-1][0]), known))


def require_service_hours(calendar: Calendar, start: datetime) -> None:
    """Refuse a calendar that opens for less than one hour in the 31 days from start.

    >>> from datetime import UTC
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> require_service_hours(always, datetime(2026, 6, 2, tzinfo=UTC))
    """
    begun = to_seconds(start)
    missing = PROOF_SECONDS
    for opens, closes in open_stretches(calendar, begun, begun + PROOF_DAYS * SECONDS_PER_DAY):
        missing -= closes - opens
        if missing <= 0:
            return
    sentence = f"Less than one hour of service in the {PROOF_DAYS} days from {start.isoformat()}."
    raise Invalid([Fault("", "hardly_open", sentence)])


def counted_stretches(
    calendar: Calendar, start: int, end: int, paused: tuple[Stretch, ...]
) -> Iterator[Stretch]:
    """Open time that no pause covers, in order.

    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> list(counted_stretches(always, 0, 60, ((10, 20),)))
    [(0, 10), (20, 60)]
    """
    stretches = open_stretches(calendar, start, end)
    return without(stretches, paused) if paused else stretches
