"""What things are worth against each other when a day is planned, in seconds of driving.

One table, with the reason for each figure; the rules that use them are in `dispatch.planning`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dispatch.agreements import Severity
from dispatch.planning.job import AIM_STEP

# Our own stricter aim weighs a twentieth of the promise: it orders what is otherwise equal. The
# fifth of four hours that usually lies between the two is then worth just under telling somebody
# anew, and a second of it never as much as a second on the road.
AIM_SHARE = 20


@dataclass(frozen=True, slots=True)
class SeverityWeights:
    """What one severity weighs.

    `late_cost` for each second after the promise, `late_fixed` once for missing it: credits are
    owed by the promise, not by the minute. `drop_cost` is what leaving it out costs when the
    promise falls due that day: more than a whole day's lateness, so that late beats never.
    `wait_cost` is the same when it may wait for another day. `aim_seconds` after the call stands
    in for a promise where no agreement makes one; nothing is owed for missing an aim.
    """

    priority: int
    late_cost: int
    late_fixed: int
    drop_cost: int
    wait_cost: int
    aim_seconds: int | None

    @property
    def aim_cost(self) -> int:
        """What each full minute after our own stricter aim weighs, as long as one is set."""
        return self.late_cost * AIM_STEP // AIM_SHARE


@dataclass(frozen=True, slots=True)
class Weights:
    """Every weight of a day in one place.

    `move_cost`: telling somebody anew must save half an hour of driving. `tolerance_seconds`: a
    start that slips by less is the same announcement; customers are told a range, not a minute.
    `overtime_cost`: a second after the shift is worth three on the road, unless the shift says
    otherwise. `call_out_cost`: calling somebody from home is paid by the half day. `borrow_cost`:
    another region's technician is missing there.
    """

    severities: Mapping[Severity, SeverityWeights]
    move_cost: int = 1_800
    tolerance_seconds: int = 600
    overtime_cost: int = 3
    call_out_cost: int = 14_400
    borrow_cost: int = 1_800

    def of(self, severity: Severity) -> SeverityWeights:
        """Give the row of a severity.

        >>> WEIGHTS.of(Severity.ENTRAPMENT).priority
        1
        """
        return self.severities[severity]


WEIGHTS = Weights(
    MappingProxyType(
        {
            Severity.ENTRAPMENT: SeverityWeights(1, 60, 60_000, 6_000_000, 6_000_000, 1_800),
            Severity.OUT_OF_SERVICE: SeverityWeights(2, 12, 20_000, 1_200_000, 1_200_000, 14_400),
            Severity.DEGRADED: SeverityWeights(3, 3, 6_000, 300_000, 120_000, 86_400),
            Severity.REQUEST: SeverityWeights(4, 1, 2_000, 100_000, 25_000, None),
        }
    )
)

# Being on call is for people trapped and lifts that stand still; the rest waits for the morning.
CALLED_OUT_FOR = frozenset({Severity.ENTRAPMENT, Severity.OUT_OF_SERVICE})
