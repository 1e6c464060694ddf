"""What was promised about one clock: the target in force at each severity the work has had.

Which target an agreement gives is resolved in `dispatch.agreements`; how it is counted in `course`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dispatch.agreements import AgreementKind, ClockKind, Severity, Target
from dispatch.errors import Fault, Invalid


@dataclass(frozen=True, slots=True)
class Stint:
    """One severity from an instant on, and what is promised for it; None is nothing."""

    severity: Severity
    from_at: datetime
    target: Target | None


@dataclass(frozen=True, slots=True)
class Promised:
    """One clock of one agreement through every severity, from the call or a reopening on.

    Stints may come in any order; of two at one instant the later one given stands. Round 0 is
    counted from the call, round n from the n-th reopening, which is where its first stint begins.
    """

    kind: AgreementKind
    clock: ClockKind
    stints: tuple[Stint, ...]
    round: int = 0

    def __post_init__(self) -> None:
        if not self.stints:
            sentence = f"Say what is promised for the {self.clock.value} clock."
            raise Invalid([Fault("stints", "no_stint", sentence)])
        if self.round < 0:
            raise Invalid([Fault("round", "negative", f"{self.round} is no round: count from 0.")])
        ordered = tuple(sorted(self.stints, key=lambda stint: stint.from_at))
        object.__setattr__(self, "stints", ordered)

    def severity_at(self, instant: datetime) -> Severity:
        """How bad it was at an instant; before the first stint, as bad as in it.

        >>> from datetime import UTC
        >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
        >>> stints = (Stint(Severity.DEGRADED, call, None),)
        >>> Promised(AgreementKind.CUSTOMER, ClockKind.SAFE, stints).severity_at(call).value
        'S3'
        """
        known = [stint for stint in self.stints if stint.from_at <= instant]
        return (known or self.stints[:1])[-1].severity


def promised_once(target: Target, from_at: datetime) -> Promised:
    """Promise one target for work whose severity never changes.

    >>> from datetime import UTC
    >>> from dispatch.agreements import TargetDuration
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> len(promised_once(hour, datetime(2026, 6, 2, 9, tzinfo=UTC)).stints)
    1
    """
    return Promised(target.kind, target.clock, (Stint(target.severity, from_at, target),))
