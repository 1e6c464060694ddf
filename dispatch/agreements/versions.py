"""Versions of an agreement: which one a call falls under, and what that one promises.

Who signed what, and how versions come about, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from zoneinfo import ZoneInfo

from dispatch.agreements.severity import Severity
from dispatch.agreements.targets import Target
from dispatch.errors import Fault, Invalid, Refusal
from dispatch.hours import ClockKind
from dispatch.hours.calendar import zone_faults

CLOCK_ORDER = tuple(ClockKind)


class VersionsOverlap(Refusal):
    """Two versions claim the same day, so no one could tell which holds."""

    code = "versions_overlap"

    def __init__(self, first: AgreementVersion, second: AgreementVersion) -> None:
        self.first = first
        self.second = second
        super().__init__(
            f"Version {second.id} starts {second.valid_from} while {first.id} is in force."
        )


@dataclass(frozen=True, slots=True)
class AgreementVersion:
    """What was agreed from one local date up to, not including, another; open-ended without it."""

    id: str
    zone: str
    valid_from: date
    valid_to: date | None
    targets: tuple[Target, ...]

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

    def _faults(self) -> Iterator[Fault]:
        yield from (Fault("zone", fault.code, fault.sentence) for fault in zone_faults(self.zone))
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            yield Fault("valid_to", "ends_before_start", "The version ends before its first day.")
        for (index, first), (_, second) in combinations(enumerate(self.targets), 2):
            if _same_promise(first, second):
                sentence = f"{first.severity} {first.clock} is promised twice for the same region."
                yield Fault(f"targets[{index}]", "promised_twice", sentence)


def version_in_force(
    versions: Iterable[AgreementVersion], reported_at: datetime
) -> AgreementVersion | None:
    """Find the version that held on the local day of the call; None means the call is uncovered.

    The day is read in each version's own zone. Raises `VersionsOverlap`.

    >>> from datetime import UTC
    >>> july = AgreementVersion("v2", "Europe/Paris", date(2026, 7, 1), None, ())
    >>> version_in_force([july], datetime(2026, 6, 30, 22, 10, tzinfo=UTC)).id
    'v2'
    >>> version_in_force([july], datetime(2026, 6, 30, 21, 50, tzinfo=UTC)) is None
    True
    """
    holding = [
        version
        for version in versions
        if version.holds_on(reported_at.astimezone(ZoneInfo(version.zone)).date())
    ]
    if len(holding) > 1:
        raise VersionsOverlap(*holding[:2])
    return holding[0] if holding else None


def require_no_overlap(versions: Iterable[AgreementVersion]) -> None:
    """Refuse versions of one agreement that share a day, before they are stored.

    >>> spring = AgreementVersion("v1", "Europe/Paris", date(2026, 1, 1), date(2026, 7, 1), ())
    >>> require_no_overlap([spring])
    """
    ordered = sorted(versions, key=lambda version: version.valid_from)
    for first, second in combinations(ordered, 2):
        if first.overlaps(second):
            raise VersionsOverlap(first, second)


def targets_for(version: AgreementVersion, region: str, severity: Severity) -> tuple[Target, ...]:
    """List what is promised for a severity in a region, one target a clock, in clock order.

    A target made for the region goes before one made for every region.

    >>> from dispatch.agreements.targets import TargetDuration
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> version = AgreementVersion("v1", "Europe/Paris", date(2026, 1, 1), None, (hour,))
    >>> [target.promise.seconds for target in targets_for(version, "north", Severity.ENTRAPMENT)]
    [3600]
    """
    found: dict[ClockKind, Target] = {}
    for target in _everywhere_first(version.targets):
        if target.severity is severity and target.region in {None, region}:
            found[target.clock] = target
    return tuple(found[clock] for clock in CLOCK_ORDER if clock in found)


def _everywhere_first(targets: Sequence[Target]) -> list[Target]:
    return sorted(targets, key=lambda target: target.region is not None)


def _same_promise(first: Target, second: Target) -> bool:
    return (first.clock, first.severity, first.region) == (
        second.clock,
        second.severity,
        second.region,
    )
