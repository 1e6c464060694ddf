"""What is left of a technician's shifts on a day once absences and expired certificates are out.

What the technician does in that time is planning's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatch.roster.shifts import Absence, Lunch, Shift, ShiftKind
from dispatch.roster.technicians import Technician

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Availability:
    """An unbroken stretch (UTC) in which a technician can be sent out, with the skills usable."""

    technician_id: str
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    overtime_max_seconds: int
    overtime_cost: int
    lunch: Lunch | None
    skills: Mapping[str, int] = field(hash=False)


def available(
    technician: Technician,
    shifts: Iterable[Shift],
    *,
    absences: Iterable[Absence] = (),
    day: date,
    zone: ZoneInfo,
) -> tuple[Availability, ...]:
    """Find when a technician can be sent out on a local day, in order; nothing if never.

    A shift belongs whole to the local day it starts on, past midnight too. Where duties overlap,
    an ordinary shift counts before being on call and the earlier before the later. Overtime
    remains only where the shift's own end does.

    >>> from datetime import UTC
    >>> from dispatch.geo import Point
    >>> aina = Technician("aina", "VALLS", Point(42.5, 1.5), {"traction": 2})
    >>> at = lambda hour: datetime(2026, 6, 2, hour, tzinfo=UTC)
    >>> duty = Shift("aina", ShiftKind.SHIFT, at(6), at(14))
    >>> leave = Absence("aina", at(9), at(11))
    >>> june_2 = {"day": date(2026, 6, 2), "zone": ZoneInfo("Europe/Andorra")}
    >>> for free in available(aina, [duty], absences=[leave], **june_2):
    ...     print(f"{free.starts_at:%H:%M} to {free.ends_at:%H:%M} UTC")
    06:00 to 09:00 UTC
    11:00 to 14:00 UTC
    """
    taken = [(out.starts_at, out.ends_at) for out in absences if out.technician_id == technician.id]
    skills = technician.skills_on(day)
    found: list[Availability] = []
    for shift in _duties(technician, shifts, day=day, zone=zone):
        found.extend(_what_is_left(shift, taken, skills))
        taken.append((shift.starts_at, shift.ends_at))
    return tuple(sorted(found, key=lambda free: free.starts_at))


def _duties(
    technician: Technician, shifts: Iterable[Shift], *, day: date, zone: ZoneInfo
) -> list[Shift]:
    today = [
        shift
        for shift in shifts
        if shift.technician_id == technician.id and shift.starts_at.astimezone(zone).date() == day
    ]
    return sorted(today, key=lambda shift: (shift.kind is ShiftKind.ON_CALL, shift.starts_at))


def _what_is_left(
    shift: Shift, taken: list[Span], skills: Mapping[str, int]
) -> Iterable[Availability]:
    lunch = None if _is_eaten_meanwhile(shift.lunch, taken) else shift.lunch
    for starts_at, ends_at in _free_spans((shift.starts_at, shift.ends_at), taken):
        holds_lunch = lunch is not None and _can_hold(lunch, starts_at, ends_at)
        keeps_end = ends_at == shift.ends_at
        yield Availability(
            technician_id=shift.technician_id,
            kind=shift.kind,
            starts_at=starts_at,
            ends_at=ends_at,
            overtime_max_seconds=shift.overtime_max_seconds if keeps_end else 0,
            overtime_cost=shift.overtime_cost,
            lunch=lunch if holds_lunch else None,
            skills=skills,
        )
        lunch = None if holds_lunch else lunch


def _free_spans(whole: Span, taken: list[Span]) -> list[Span]:
    starts_at, ends_at = whole
    free: list[Span] = []
    for away_from, back_at in sorted(taken):
        if away_from < ends_at and starts_at < back_at:
            if starts_at < away_from:
                free.append((starts_at, away_from))
            starts_at = back_at
    return [*free, (starts_at, ends_at)] if starts_at < ends_at else free


def _is_eaten_meanwhile(lunch: Lunch | None, taken: list[Span]) -> bool:
    """Whether one absence leaves room for the whole lunch between its earliest and latest hours."""
    if lunch is None:
        return True
    enough = timedelta(seconds=lunch.duration_seconds)
    return any(
        min(back_at, lunch.over_by) - max(away_from, lunch.earliest_at) >= enough
        for away_from, back_at in taken
    )


def _can_hold(lunch: Lunch, starts_at: datetime, ends_at: datetime) -> bool:
    earliest_start = max(starts_at, lunch.earliest_at)
    ends = earliest_start + timedelta(seconds=lunch.duration_seconds)
    return earliest_start <= lunch.latest_at and ends <= ends_at
