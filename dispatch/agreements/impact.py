"""What a new version changes for the customer, and from which day it may.

Touching any of the five asks for a new version and its notice; the rest may be corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from dispatch.agreements.clauses import Clause
from dispatch.agreements.versions import AgreementVersion
from dispatch.hours import ClockKind

EffectiveDay = Literal["any_day", "first_of_month"]
LAST_MONTH = 12


class Touched(StrEnum):
    """The five things a customer has to be told about before they change."""

    SERVICE_HOURS = "service_hours"
    ACCESS = "access"  # which services can be asked for, and where
    AVAILABILITY = "availability"
    PERFORMANCE = "performance"  # when people are free and lifts run again
    RESPONSE = "response"  # when somebody answers and arrives


Reading = tuple[object, ...]
NOTHING_BESIDE: Mapping[Touched, tuple[object, object]] = MappingProxyType({})
RESPONDING = frozenset({ClockKind.ACKNOWLEDGE, ClockKind.RESPONSE})


def touched(
    old: AgreementVersion,
    new: AgreementVersion,
    *,
    beside: Mapping[Touched, tuple[object, object]] = NOTHING_BESIDE,
) -> frozenset[Touched]:
    """Tell which of the five differ between two versions; the order of clauses is no difference.

    `beside` is what an agreement holds outside its clauses, before and after: its objective of
    availability, for one.

    >>> from dispatch.agreements.kinds import AgreementKind
    >>> always = AgreementVersion(
    ...     "v1", "A-1", AgreementKind.CUSTOMER, "acme", "", "Europe/Paris",
    ...     date(2026, 1, 1), None, (), (),
    ... )
    >>> touched(always, always, beside={Touched.AVAILABILITY: (99, 98)})
    frozenset({<Touched.AVAILABILITY: 'availability'>})
    """
    changed = {field for field, (before, after) in beside.items() if before != after}
    if set(old.services) != set(new.services):
        changed.add(Touched.ACCESS)
    if old.choices != new.choices:
        changed.add(Touched.RESPONSE)
    if set(old.objectives) != set(new.objectives):
        changed.add(Touched.PERFORMANCE)
    for field, reading in READINGS.items():
        if _read(old, reading) != _read(new, reading):
            changed.add(field)
    return frozenset(changed)


def earliest_amendment(today: date, notice_days: int, effective: EffectiveDay) -> date:
    """Give the first day from which an amendment announced today may hold.

    >>> earliest_amendment(date(2026, 6, 2), 30, "any_day").isoformat()
    '2026-07-02'
    >>> earliest_amendment(date(2026, 6, 2), 30, "first_of_month").isoformat()
    '2026-08-01'
    """
    first = today + timedelta(days=notice_days)
    if effective == "any_day" or first.day == 1:
        return first
    if first.month == LAST_MONTH:
        return date(first.year + 1, 1, 1)
    return date(first.year, first.month + 1, 1)


def _hours(clause: Clause) -> Reading:
    return (clause.calendar,)


def _response(clause: Clause) -> Reading:
    concerns = clause.clock is None or clause.clock in RESPONDING
    return (clause.promise, clause.starts_at, clause.stops_at) if concerns else ()


def _performance(clause: Clause) -> Reading:
    if clause.clock in RESPONDING:
        return ()
    return (clause.promise, clause.starts_at, clause.stops_at, clause.stops_for_parts)


READINGS: Mapping[Touched, Callable[[Clause], Reading]] = MappingProxyType(
    {
        Touched.SERVICE_HOURS: _hours,
        Touched.RESPONSE: _response,
        Touched.PERFORMANCE: _performance,
    }
)


def _read(
    version: AgreementVersion, reading: Callable[[Clause], Reading]
) -> frozenset[tuple[object, ...]]:
    read = ((clause.selectors, reading(clause)) for clause in version.clauses)
    return frozenset(pair for pair in read if any(value is not None for value in pair[1]))
