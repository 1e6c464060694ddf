"""A technician's usual week in local wall time, written out into dated shifts.

Shifts themselves are in `shifts`; exceptions to the week are absences.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatch.hours.edges import closing_edge, opening_edge
from dispatch.hours.instants import from_seconds
from dispatch.roster.shifts import InvalidShiftError, Lunch, Shift, ShiftKind

WEEK = range(7)


@dataclass(frozen=True, slots=True)
class PatternLunch:
    """A usual lunch: it starts between two wall times and lasts so many seconds."""

    earliest: time
    latest: time
    duration_seconds: int


@dataclass(frozen=True, slots=True)
class PatternShift:
    """The same duty on some weekdays (0 is Monday), in local wall time to the minute.

    One that ends no later than it starts ends on the following day.
    """

    weekdays: frozenset[int]
    starts: time
    ends: time
    kind: ShiftKind = ShiftKind.SHIFT
    overtime_max_seconds: int = 0
    overtime_cost: int = 0
    lunch: PatternLunch | None = None

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays.issubset(WEEK):
            raise InvalidShiftError(f"weekdays {sorted(self.weekdays)} are not all from 0 to 6")


def shifts_from_pattern(
    pattern: Iterable[PatternShift],
    *,
    technician_id: str,
    first_day: date,
    days: int,
    zone: ZoneInfo,
) -> tuple[Shift, ...]:
    """Write a technician's usual week out into the shifts of so many days, in order.

    Wall times keep their meaning when the clocks change: a night of 22:00 to 06:00 lasts seven
    hours in spring. A start that the clocks skip is the moment of the change.

    >>> early = PatternShift(frozenset({0, 1}), time(7), time(15))
    >>> week = {"first_day": date(2026, 6, 1), "days": 7, "zone": ZoneInfo("Europe/Andorra")}
    >>> for shift in shifts_from_pattern([early], technician_id="aina", **week):
    ...     print(f"{shift.starts_at:%d %H:%M} to {shift.ends_at:%H:%M} UTC")
    01 05:00 to 13:00 UTC
    02 05:00 to 13:00 UTC
    """
    calendar = [first_day + timedelta(days=number) for number in range(days)]
    shifts = [
        _shift(usual, technician_id, day=day, zone=zone)
        for usual in pattern
        for day in calendar
        if day.weekday() in usual.weekdays and _exists(usual, day, zone)
    ]
    return tuple(sorted(shifts, key=lambda shift: shift.starts_at))


def _span(usual: PatternShift, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    last_day = day + timedelta(days=usual.ends <= usual.starts)
    return _opening(day, usual.starts, zone), _closing(last_day, usual.ends, zone)


def _exists(usual: PatternShift, day: date, zone: ZoneInfo) -> bool:
    """Whether anything is left of a duty on a day when the clocks may skip all of it."""
    starts_at, ends_at = _span(usual, day, zone)
    return starts_at < ends_at


def _shift(usual: PatternShift, technician_id: str, *, day: date, zone: ZoneInfo) -> Shift:
    starts_at, ends_at = _span(usual, day, zone)
    return Shift(
        technician_id=technician_id,
        kind=usual.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        overtime_max_seconds=usual.overtime_max_seconds,
        overtime_cost=usual.overtime_cost,
        lunch=_lunch(usual, usual.lunch, day=day, zone=zone) if usual.lunch else None,
    )


def _lunch(usual: PatternShift, lunch: PatternLunch, *, day: date, zone: ZoneInfo) -> Lunch:
    def dated(wall: time) -> date:
        return day + timedelta(days=wall < usual.starts)

    return Lunch(
        earliest_at=_opening(dated(lunch.earliest), lunch.earliest, zone),
        latest_at=_closing(dated(lunch.latest), lunch.latest, zone),
        duration_seconds=lunch.duration_seconds,
    )


def _opening(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return from_seconds(opening_edge(zone, day, _minutes(wall)))


def _closing(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return from_seconds(closing_edge(zone, day, _minutes(wall)))


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute
