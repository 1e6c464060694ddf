"""The data of a day checked before it is planned: every fault by name, the gravest first.

The rules are in `crew_findings` and `work_findings`, one function each.
"""

from collections.abc import Collection
from statistics import median

from dispatch.day.crew_findings import CREW_RULES
from dispatch.day.day import Day
from dispatch.day.finding import NOWHERE, Checked, Finding, Weight
from dispatch.day.work_findings import WORK_RULES
from dispatch.geo import Point

GRAVEST_FIRST = tuple(Weight)


def findings(day: Day, *, uncovered: Collection[str] = ()) -> tuple[Finding, ...]:
    """List what would spoil a plan of this day; `uncovered` names the work without an agreement.

    >>> from datetime import UTC, datetime
    >>> midnight = datetime(2026, 6, 2, tzinfo=UTC)
    >>> findings(Day("VALLS", "urban", midnight, midnight))
    ()
    """
    checked = Checked(day, frozenset(uncovered), _middle(day))
    found = [each for rule in (*CREW_RULES, *WORK_RULES) for each in rule(checked)]
    return tuple(sorted(found, key=lambda each: GRAVEST_FIRST.index(each.weight)))


def _middle(day: Day) -> Point | None:
    """Where most of the day is, whatever a single wrong pin says."""
    homes = [person.technician.home for person in day.crew]
    places = [each for each in (*homes, *(work.at for work in day.work)) if each != NOWHERE]
    if not places:
        return None
    return Point(median(each.lat for each in places), median(each.lon for each in places))
