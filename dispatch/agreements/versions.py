"""Versions of an agreement: what each covers, from when to when, and which hold on a day.

How they come about is in `lifecycle`; what they promise a call, in `resolving`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from dispatch.agreements.choices import Choices
from dispatch.agreements.clauses import Clause
from dispatch.agreements.kinds import AgreementKind, SeverityPolicy
from dispatch.agreements.objectives import Objective
from dispatch.agreements.targets import EscalationStep
from dispatch.errors import Fault, Invalid, Refusal
from dispatch.hours.calendar import zone_faults

USUAL_ON_UPGRADE = SeverityPolicy.EARLIER_OF
USUAL_REOPEN_SECONDS = 72 * 3600


class VersionsOverlap(Refusal):
    """Two versions claim the same day for the same clause, so no one could tell which holds.

    `place` is the clause of the first one, or nothing when both belong to one agreement.
    """

    code = "versions_overlap"

    def __init__(self, first: AgreementVersion, second: AgreementVersion, place: str = "") -> None:
        self.first = first
        self.second = second
        self.place = place
        super().__init__(
            f"Version {second.id} starts {second.valid_from} while {first.id} is in force."
        )


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service an agreement covers; without sites, at every site."""

    service: str
    sites: frozenset[str] | None = None

    def covers(self, service: str, site: str) -> bool:
        """Whether that service at that site is in this row."""
        return self.service == service and (self.sites is None or site in self.sites)

    def meets(self, other: ServiceRow, site: str | None = None) -> bool:
        """Whether both rows cover the same service at that site, or at some site.

        >>> ServiceRow("lifts", frozenset({"mill"})).meets(ServiceRow("lifts"), "station")
        False
        """
        if self.service != other.service:
            return False
        if site is not None:
            return self.covers(self.service, site) and other.covers(self.service, site)
        return self.sites is None or other.sites is None or not self.sites.isdisjoint(other.sites)


@dataclass(frozen=True, slots=True)
class Policies:
    """Rules that hold for a whole agreement; None is inherited. Seconds are on the wall."""

    on_upgrade: SeverityPolicy | None = None
    reopen_seconds: int | None = None


INHERITED = Policies()


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """What was agreed from one local date up to, not including, another; open-ended without it.

    `agreement` is its number. Without a customer it is corporate: it holds for all of them.
    `party` is the division or supplier who promises; empty when we do. `valid_to` is as effective:
    shortened by an amendment or a termination.
    """

    id: str
    agreement: str
    kind: AgreementKind
    customer: str | None
    party: str
    zone: str
    valid_from: date
    valid_to: date | None
    services: tuple[ServiceRow, ...]
    clauses: tuple[Clause, ...]
    policies: Policies = INHERITED
    escalation: tuple[EscalationStep, ...] = ()
    objectives: tuple[Objective, ...] = ()
    choices: Choices | None = None

    def __post_init__(self) -> None:
        faults = tuple(self._faults())
        if faults:
            raise Invalid(faults)

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on a local date."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def overlaps(self, other: AgreementVersion) -> bool:
        """Whether some day would fall under both."""
        return self.holds_on(other.valid_from) or other.holds_on(self.valid_from)

    def covers(self, service: str, site: str) -> bool:
        """Whether one of its service rows covers a service at a site."""
        return any(row.covers(service, site) for row in self.services)

    def _faults(self) -> Iterator[Fault]:
        yield from (Fault("zone", fault.code, fault.sentence) for fault in zone_faults(self.zone))
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            yield Fault("valid_to", "ends_before_start", "The version ends before its first day.")


def versions_in_force(
    versions: Iterable[AgreementVersion], reported_at: datetime
) -> tuple[AgreementVersion, ...]:
    """List the versions that held on the local day of a call; the day is read in each one's zone.

    Raises `VersionsOverlap` when an agreement has two.

    >>> from datetime import UTC
    >>> july = AgreementVersion(
    ...     "v2", "A-1", AgreementKind.CUSTOMER, "acme", "", "Europe/Paris",
    ...     date(2026, 7, 1), None, (), (),
    ... )
    >>> [each.id for each in versions_in_force([july], datetime(2026, 6, 30, 22, 10, tzinfo=UTC))]
    ['v2']
    >>> versions_in_force([july], datetime(2026, 6, 30, 21, 50, tzinfo=UTC))
    ()
    """
    holding = tuple(
        version
        for version in versions
        if version.holds_on(reported_at.astimezone(ZoneInfo(version.zone)).date())
    )
    for first, second in combinations(holding, 2):
        if first.agreement == second.agreement:
            raise VersionsOverlap(first, second)
    return holding


def require_no_overlap(versions: Iterable[AgreementVersion]) -> None:
    """Refuse versions that share a day and a clause, before they are stored.

    Versions of one agreement never share a day; those of two agreements of one kind, for the same
    customer, may as long as no clause of theirs has the same selectors for the same calls.

    >>> require_no_overlap([])
    """
    ordered = sorted(versions, key=lambda version: version.valid_from)
    for first, second in combinations(ordered, 2):
        if not first.overlaps(second):
            continue
        if first.agreement == second.agreement:
            raise VersionsOverlap(first, second)
        if (first.kind, first.customer) == (second.kind, second.customer):
            for place in _shared_clauses(first, second):
                raise VersionsOverlap(first, second, place)


def _shared_clauses(first: AgreementVersion, second: AgreementVersion) -> Iterator[str]:
    clauses = {clause.selectors for clause in second.clauses}
    for index, clause in enumerate(first.clauses):
        if clause.selectors in clauses and _meet(clause, first, second):
            yield f"clauses.{index}"


def _meet(clause: Clause, first: AgreementVersion, second: AgreementVersion) -> bool:
    return any(
        row.meets(other, clause.site)
        for row in first.services
        for other in second.services
        if clause.service is None or clause.service == row.service
    )
