"""One promise: which clock, for which severity, how long, in which hours, and where it was written.

Which promises are in force for a call is decided in `resolving`; their instants in `deadlines`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dispatch.agreements.kinds import (
    USUAL_STOPS,
    AgreementKind,
    ClockStart,
    ClockStop,
    Level,
    SeverityPolicy,
)
from dispatch.agreements.severity import Severity
from dispatch.agreements.thresholds import USUAL_THRESHOLDS, WHOLE_PERCENT, Thresholds
from dispatch.errors import Fault, Invalid
from dispatch.hours import Calendar, ClockKind, RelativeTarget


@dataclass(frozen=True, slots=True)
class TargetDuration:
    """So many seconds of service time.

    >>> TargetDuration(14400).share(75)
    10800
    """

    seconds: int

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            sentence = f"{self.seconds} s is no time to keep a promise in: give 1 or more."
            raise Invalid([Fault("seconds", "not_positive", sentence)])

    def share(self, percent: int) -> int:
        """Return that share of the target in whole seconds, rounded down."""
        return self.seconds * percent // WHOLE_PERCENT


Promise = TargetDuration | RelativeTarget


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """Who is called when a clock has used a share of its target, or so long after it was missed.

    Either `percent` (1 to 100 of the target) or `after_due_seconds` (0 or more, on the wall).
    """

    level: int
    clock: ClockKind
    role: str
    percent: int | None = None
    after_due_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written: `place` is a path in that version, such as `clauses.3`."""

    level: Level
    agreement: str
    version: str
    place: str


@dataclass(frozen=True, slots=True)
class Target:
    """A promise on one clock for one severity, with the origin of each of its values by name.

    The calendar travels with the target, so that a stored target gives the same instants for ever.
    Without `stops_at` the usual event of its clock keeps it.
    """

    clock: ClockKind
    severity: Severity
    promise: Promise
    calendar: Calendar
    calendar_id: str = ""
    starts_at: ClockStart = ClockStart.CALL
    stops_at: ClockStop | None = None
    thresholds: Thresholds = USUAL_THRESHOLDS
    stops_for_parts: bool = False
    kind: AgreementKind = AgreementKind.CUSTOMER
    on_change: SeverityPolicy = SeverityPolicy.EARLIER_OF
    escalation: tuple[EscalationStep, ...] = ()
    origins: tuple[tuple[str, Origin], ...] = ()

    def __post_init__(self) -> None:
        if self.stops_for_parts and self.clock is not ClockKind.RESOLUTION:
            sentence = f"Waiting for parts never stops the {self.clock.value} clock."
            raise Invalid([Fault("stops_for_parts", "resolution_only", sentence)])

    @property
    def kept_by(self) -> ClockStop:
        """The event that keeps this promise."""
        return self.stops_at or USUAL_STOPS[self.clock]
