"""When we warn and what we aim at ourselves, as shares of what was promised.

The promise itself is in `targets`; the instants of its shares in `deadlines`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dispatch.errors import Fault, Invalid

AT_RISK_PERCENT = 75
INTERNAL_PERCENT = 80  # the stricter target we hold ourselves to; customers never see it
USUAL_WARN_PERCENTS = (50, AT_RISK_PERCENT, 90)
WHOLE_PERCENT = 100


def warning_faults(percents: tuple[int, ...]) -> Iterator[Fault]:
    """Name what is wrong with the shares at which we warn.

    >>> [fault.code for fault in warning_faults((75, 50))]
    ['not_ascending']
    """
    for percent in percents:
        if not 1 <= percent <= WHOLE_PERCENT:
            yield Fault("warn_percents", "not_a_share", f"{percent} is not in 1 to 100 per cent.")
    for first, second in pairwise(percents):
        if second <= first:
            sentence = f"{second} comes after {first}: give the warnings in rising order."
            yield Fault("warn_percents", "not_ascending", sentence)


def internal_faults(percent: int | None, seconds: int | None) -> Iterator[Fault]:
    """Name what is wrong with the target we hold ourselves to.

    >>> [fault.path for fault in internal_faults(101, 0)]
    ['internal_percent', 'internal_seconds']
    """
    if percent is not None and not 1 <= percent <= WHOLE_PERCENT:
        yield Fault("internal_percent", "not_a_share", f"{percent} is not in 1 to 100 per cent.")
    if seconds is not None and seconds <= 0:
        sentence = f"{seconds} s is no time to aim at: give 1 or more."
        yield Fault("internal_seconds", "not_positive", sentence)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of the target, in per cent, at which we warn and which we aim at ourselves.

    `internal_seconds`, when given, is the time we aim at in place of the share.
    """

    warn_percents: tuple[int, ...] = USUAL_WARN_PERCENTS
    internal_percent: int = INTERNAL_PERCENT
    internal_seconds: int | None = None

    def __post_init__(self) -> None:
        faults = (
            *warning_faults(self.warn_percents),
            *internal_faults(self.internal_percent, self.internal_seconds),
        )
        if faults:
            raise Invalid(faults)


USUAL_THRESHOLDS = Thresholds()
