"""Which of a site's hours bind a piece of work of a day, and how that is told.

The hours themselves are the site's; how one of them is chosen is `dispatch.day`'s.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dispatch.agreements import Severity
from dispatch.day.access import Opening, opening_for
from server.planning.day_rows import Subject
from server.planning.schemas import AccessOut
from server.sites.access import access_hours

TRAPPED = Severity.ENTRAPMENT.value


def opening_of(subject: Subject, day: date, now: datetime) -> Opening | None:
    """The opening work must begin in; none for somebody trapped, nor with an appointment."""
    row = subject.intervention
    is_agreed = row.window_from is not None or row.window_to is not None
    if row.severity == TRAPPED or is_agreed:
        return None
    return _opening(subject, day, now)


def told_access(subject: Subject, day: date, now: datetime) -> AccessOut | None:
    """What whoever sends somebody there is to know; none where one gets in at any time."""
    row = subject.intervention
    opening = _opening(subject, day, now)
    if opening is None:
        return None
    bound = opening_of(subject, day, now)
    return AccessOut(
        opens_at=opening.starts_at,
        closes_at=opening.ends_at,
        note=opening.note,
        set_aside=None if bound else "trapped" if row.severity == TRAPPED else "appointment",
    )


def _opening(subject: Subject, day: date, now: datetime) -> Opening | None:
    hours = access_hours(subject.site)
    if not hours:
        return None
    return opening_for(
        hours,
        day,
        ZoneInfo(subject.site.zone),
        now=now,
        due_at=subject.due_at,
        planned_at=None if subject.visit is None else subject.visit.starts_at,
    )
