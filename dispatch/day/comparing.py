"""Two versions of one day's plan side by side: what one serves otherwise than the other.

Each version may have been made from the day as it stood at another hour; a comparison of two plans
of one problem, with the bill, is `dispatch.planning.plan_difference`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.planning import Plan

MANY_STRETCHES = "/"  # a person's second stretch of the day is called after the person


def person_of(technician: str) -> str:
    """Whose stretch a planning technician is.

    >>> person_of("AINA/2")
    'AINA'
    """
    return technician.partition(MANY_STRETCHES)[0]


@dataclass(frozen=True, slots=True)
class Served:
    """Who does a piece of work, and from when."""

    technician: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Work that two versions serve differently; none where a version leaves it out."""

    work: str
    first: Served | None
    second: Served | None


def served(plan: Plan, origin: datetime) -> dict[str, Served]:
    """Who does what from when in this plan, whose seconds count from `origin`.

    >>> served(Plan(), datetime(2026, 6, 2))
    {}
    """
    return {
        stop.job: Served(person_of(route.technician), origin + timedelta(seconds=stop.start))
        for route in plan.routes
        for stop in route.stops
    }


def otherwise(first: Mapping[str, Served], second: Mapping[str, Served]) -> tuple[Otherwise, ...]:
    """List what is served otherwise, in the order of the second version's starts.

    >>> at = datetime(2026, 6, 2, 9)
    >>> [each.work for each in otherwise({"lift": Served("anna", at)}, {})]
    ['lift']
    """
    return tuple(sorted(_otherwise(first, second), key=_when))


def _otherwise(first: Mapping[str, Served], second: Mapping[str, Served]) -> Iterator[Otherwise]:
    for work in {**first, **second}:
        if first.get(work) != second.get(work):
            yield Otherwise(work, first.get(work), second.get(work))


def _when(each: Otherwise) -> tuple[datetime, str]:
    there = each.second or each.first
    assert there is not None
    return there.starts_at, each.work
