"""When a site lets somebody in: its weekly hours on one day, and those that bind a visit.

An appointment with the customer is more than the hours of the house, and is not asked about here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 1440
LOOKED_AHEAD = 8  # days: a site that opens on one weekday opens within a week


@dataclass(frozen=True, slots=True)
class AccessHours:
    """On these weekdays, Monday 0, from one minute after local midnight up to another.

    `note` says how one gets in then, such as only with the caretaker.
    """

    days: frozenset[int]
    from_minute: int
    to_minute: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch of one day in which visits may begin at a site."""

    starts_at: datetime
    ends_at: datetime
    note: str = ""


def openings(hours: Sequence[AccessHours], day: date, zone: ZoneInfo) -> tuple[Opening, ...]:
    """The hours of one local day, in order.

    >>> week = [AccessHours(frozenset({1}), 480, 720)]
    >>> [each.starts_at.hour for each in openings(week, date(2026, 6, 2), ZoneInfo("Europe/Paris"))]
    [8]
    """
    found = (
        Opening(_at(day, each.from_minute, zone), _at(day, each.to_minute, zone), each.note)
        for each in hours
        if day.weekday() in each.days
    )
    return tuple(sorted(found, key=lambda each: each.starts_at))


def opening_for(
    hours: Sequence[AccessHours],
    day: date,
    zone: ZoneInfo,
    *,
    now: datetime,
    due_at: datetime | None = None,
    planned_at: datetime | None = None,
) -> Opening | None:
    """The opening a visit is to begin in, if any binds it.

    The one it is planned in already; a visit planned outside all of them was put there knowingly,
    and none binds it. Else the first in which the promise can be kept, else the longest left of
    the day, else the next on a later day.

    >>> week = [AccessHours(frozenset({1}), 480, 600), AccessHours(frozenset({1}), 840, 1020)]
    >>> paris = ZoneInfo("Europe/Paris")
    >>> nine = datetime(2026, 6, 2, 9, tzinfo=paris)
    >>> opening_for(week, nine.date(), paris, now=nine).starts_at.hour
    14
    >>> opening_for(week, nine.date(), paris, now=nine, due_at=nine.replace(hour=12)).starts_at.hour
    8
    """
    if planned_at is not None:
        around = openings(hours, planned_at.astimezone(zone).date(), zone)
        return next((each for each in around if each.starts_at <= planned_at <= each.ends_at), None)
    left = [each for each in openings(hours, day, zone) if each.ends_at > now]
    in_time = (each for each in left if due_at is not None and each.starts_at <= due_at)
    longest = max(left, key=lambda each: each.ends_at - max(each.starts_at, now), default=None)
    return next(in_time, longest or next(_later(hours, day, zone, now), None))


def _later(
    hours: Sequence[AccessHours], day: date, zone: ZoneInfo, now: datetime
) -> Iterator[Opening]:
    for days in range(1, LOOKED_AHEAD):
        found = openings(hours, day + timedelta(days), zone)
        yield from (each for each in found if each.ends_at > now)


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """A minute after local midnight as clocks on the wall show it."""
    days, rest = divmod(minute, MINUTES_PER_DAY)
    return datetime.combine(day + timedelta(days), time(rest // 60, rest % 60), zone)
