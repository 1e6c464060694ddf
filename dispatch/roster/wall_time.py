"""From what the clock on the wall shows in a zone to the instant it means.

Counting open hours between instants is in `hours`.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

SECOND = timedelta(seconds=1)


def first_instant(day: date, wall: time, zone: tzinfo) -> datetime:
    """When the clocks of a zone first show this time or later on this day, as UTC.

    A time skipped in spring means the moment of the change; one shown twice means the first.
    """
    first, _ = _passes(day, wall, zone)
    return first


def last_instant(day: date, wall: time, zone: tzinfo) -> datetime:
    """When the clocks of a zone have shown every time before this one, as UTC.

    A time skipped in spring means the moment of the change; one shown twice means the second.
    """
    first, second = _passes(day, wall, zone)
    return second if _bare(second - SECOND, zone) < datetime.combine(day, wall) else first


def _passes(day: date, wall: time, zone: tzinfo) -> tuple[datetime, datetime]:
    """Find both instants at which a zone shows this time; they differ when clocks are set back."""
    shown = datetime.combine(day, wall)
    passes = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    earlier, later = sorted(passes)
    if _bare(earlier, zone) == _bare(later, zone) == shown:
        return earlier, later
    change = _change_between(earlier, later, shown=shown, zone=zone)
    return change, change


def _change_between(
    earlier: datetime, later: datetime, *, shown: datetime, zone: tzinfo
) -> datetime:
    """Narrow down the second at which the clocks jumped over the time to be shown."""
    while (span := later - earlier) > SECOND:
        middle = earlier + timedelta(seconds=int(span.total_seconds()) // 2)
        if _bare(middle, zone) >= shown:
            later = middle
        else:
            earlier = middle
    return later


def _bare(instant: datetime, zone: tzinfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
