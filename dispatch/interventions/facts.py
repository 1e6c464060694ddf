"""Facts about an intervention: what happened, by the device's clock and by the server's.

A fact is not a status; which clock a fact stops is decided in `dispatch.clocks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.errors import Fault, Invalid


class FactKind(StrEnum):
    """What can be established about an intervention."""

    CALL_RECEIVED = "call_received"
    ACKNOWLEDGED = "acknowledged"
    PERSON_RELEASED = "person_released"
    MADE_SAFE = "made_safe"
    BACK_IN_SERVICE = "back_in_service"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened at `at`, by the server's judgement; a device may claim another time.

    >>> from datetime import UTC
    >>> Fact(FactKind.MADE_SAFE, datetime(2026, 6, 2, 9, tzinfo=UTC)).device_at is None
    True
    """

    kind: FactKind
    at: datetime
    device_at: datetime | None = None

    def __post_init__(self) -> None:
        times = {"at": self.at, "device_at": self.device_at}
        faults = [
            Fault(name, "no_offset", "A fact's time says its offset from UTC.")
            for name, instant in times.items()
            if instant is not None and instant.tzinfo is None
        ]
        if faults:
            raise Invalid(faults)


def recorded(facts: tuple[Fact, ...], new: Fact) -> tuple[Fact, ...]:
    """Add a fact, unless one of its kind is known: a time once recorded is never overwritten.

    >>> from datetime import UTC
    >>> early = Fact(FactKind.BACK_IN_SERVICE, datetime(2026, 6, 2, 9, tzinfo=UTC))
    >>> late = Fact(FactKind.BACK_IN_SERVICE, datetime(2026, 6, 2, 11, tzinfo=UTC))
    >>> recorded((early,), late) == (early,)
    True
    """
    return facts if any(fact.kind is new.kind for fact in facts) else (*facts, new)


def time_of(facts: tuple[Fact, ...], kind: FactKind) -> datetime | None:
    """When a fact is known to have happened; None while it is not known.

    >>> time_of((), FactKind.PERSON_RELEASED) is None
    True
    """
    return next((fact.at for fact in facts if fact.kind is kind), None)
