"""The hours in which a site lets somebody in: as values to plan by, and in a line for people."""

from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from dispatch.day.access import AccessHours, Opening, openings
from dispatch.errors import Fault
from server.kit.problems import Invalid
from server.sites.schemas import AccessHoursBody
from server.sites.tables import Site


def access_hours(site: Site) -> list[AccessHours]:
    """None means that anybody gets in at any time."""
    return [
        AccessHours(frozenset(each["days"]), each["from_minute"], each["to_minute"], each["note"])
        for each in site.access_hours
    ]


def require_access(hours: list[AccessHoursBody]) -> None:
    """Hours end after they begin: two lines for a night."""
    faults = [
        Fault(f"access_hours.{place}.to_minute", "not_after_start", "It closes before it opens.")
        for place, each in enumerate(hours)
        if each.to_minute <= each.from_minute
    ]
    if faults:
        raise Invalid(faults)


def access_line(site: Site, at: datetime) -> str:
    """The hours of that day and the notes, as technicians and dispatchers read them.

    Clock times only: the same words in every language.
    """
    zone = ZoneInfo(site.zone)
    found = openings(access_hours(site), at.astimezone(zone).date(), zone)
    told = [_told(note, list(each)) for note, each in groupby(found, lambda each: each.note)]
    return " · ".join([*told, site.access_notes] if site.access_notes else told)


def _told(note: str, found: list[Opening]) -> str:
    hours = ", ".join(f"{each.starts_at:%H:%M}–{each.ends_at:%H:%M}" for each in found)
    return f"{hours} ({note})" if note else hours
