"""The clauses of an agreement: where each applies, which values it sets, and which clause wins.

Putting clauses of several agreements together is done in `resolving`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dispatch.agreements.kinds import ClockStart, ClockStop, Level
from dispatch.agreements.severity import Severity
from dispatch.agreements.targets import Promise
from dispatch.hours import Calendar, ClockKind

Selectors = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What a call is about, as far as its promises depend on it; ids as text."""

    service: str
    severity: Severity
    region: str
    site: str
    asset: str | None
    customer: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One line of an agreement: a selector left out matches everything, a value left out inherits.

    `calendar_id` belongs to `calendar`. What people got wrong in a clause is told by `soundness`.
    """

    service: str | None = None
    severity: Severity | None = None
    clock: ClockKind | None = None
    region: str | None = None
    site: str | None = None
    asset: str | None = None
    promise: Promise | None = None
    calendar: Calendar | None = None
    calendar_id: str = ""
    starts_at: ClockStart | None = None
    stops_at: ClockStop | None = None
    warn_percents: tuple[int, ...] | None = None
    internal_percent: int | None = None
    internal_seconds: int | None = None
    stops_for_parts: bool | None = None

    @property
    def selectors(self) -> Selectors:
        """Where the clause applies, the selector that weighs most coming first."""
        return (self.asset, self.site, self.service, self.region, self.severity, self.clock)

    @property
    def rank(self) -> tuple[bool, ...]:
        """How specific the clause is: an asset outweighs a site, a site a service, and so on."""
        return tuple(selector is not None for selector in self.selectors)

    @property
    def sets_nothing(self) -> bool:
        """Whether the clause leaves every value as it was."""
        return all(value is None for value in self._values())

    def applies_to(self, question: Question) -> bool:
        """Whether the clause is about such a call, on whichever clock it sets.

        >>> night = Question("lifts", Severity.ENTRAPMENT, "north", "mill", "lift-1", "acme")
        >>> Clause(site="mill", clock=ClockKind.SAFE).applies_to(night)
        True
        >>> Clause(severity=Severity.REQUEST).applies_to(night)
        False
        """
        return (
            self.severity in (None, question.severity)
            and self.service in (None, question.service)
            and self.region in (None, question.region)
            and self.site in (None, question.site)
            and self.asset in (None, question.asset)
        )

    def level(self, customer: str | None) -> Level:
        """Name the level of a clause in an agreement for that customer, or for all of them.

        >>> Clause(site="mill").level("acme").value, Clause(site="mill").level(None).value
        ('site', 'corporate')
        """
        if customer is None:
            return Level.CORPORATE
        if self.asset is not None:
            return Level.ASSET
        if self.site is not None:
            return Level.SITE
        return Level.CUSTOMER if self.service is None else Level.SERVICE

    def _values(self) -> Iterator[object]:
        yield from (self.promise, self.calendar, self.starts_at, self.stops_at)
        yield from (self.warn_percents, self.internal_percent, self.internal_seconds)
        yield self.stops_for_parts
