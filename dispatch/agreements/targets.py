"""One promise: which clock, for which severity and region, how long, in which hours.

Which promises are in force for a call is decided in `versions`; their instants in `deadlines`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch.agreements.severity import Severity
from dispatch.errors import Fault, Invalid
from dispatch.hours import Calendar, ClockKind, RelativeTarget

AT_RISK_PERCENT = 75
INTERNAL_PERCENT = 80  # the stricter target we hold ourselves to; customers never see it
WHOLE_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of the target, in per cent, at which we warn and which we aim at ourselves."""

    at_risk_percent: int = AT_RISK_PERCENT
    internal_percent: int = INTERNAL_PERCENT

    def __post_init__(self) -> None:
        shares = {
            "at_risk_percent": self.at_risk_percent,
            "internal_percent": self.internal_percent,
        }
        faults = [
            Fault(name, "not_a_share", f"{percent} is not in 1 to 100 per cent.")
            for name, percent in shares.items()
            if not 1 <= percent <= WHOLE_PERCENT
        ]
        if faults:
            raise Invalid(faults)


USUAL_THRESHOLDS = Thresholds()


class ClockStart(StrEnum):
    """What sets the clock going: the call, unless the agreement says otherwise."""

    CALL = "call"
    DISPATCH = "dispatch"
    ACKNOWLEDGEMENT = "acknowledgement"


@dataclass(frozen=True, slots=True)
class TargetDuration:
    """So many seconds of service time.

    >>> TargetDuration(14400).share(AT_RISK_PERCENT)
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
class Target:
    """A promise on one clock for one severity; without a region it holds in every region.

    The calendar travels with the target, so that a stored target gives the same instants for ever.
    """

    clock: ClockKind
    severity: Severity
    promise: Promise
    calendar: Calendar
    calendar_id: str = ""
    region: str | None = None
    starts_at: ClockStart = ClockStart.CALL
    thresholds: Thresholds = USUAL_THRESHOLDS
    stops_for_parts: bool = False

    def __post_init__(self) -> None:
        if self.stops_for_parts and self.clock is not ClockKind.RESOLUTION:
            sentence = f"Waiting for parts never stops the {self.clock.value} clock."
            raise Invalid([Fault("stops_for_parts", "resolution_only", sentence)])
