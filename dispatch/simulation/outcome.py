"""What came of it: promises kept and missed, travel, overtime, and the bill of the days as lived.

The weights are those the days were planned by (`dispatch.day.WEIGHTS`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from dispatch.agreements import ClockKind, Severity
from dispatch.clocks import ClockState
from dispatch.day import WEIGHTS
from dispatch.interventions import Decided
from dispatch.simulation.case import Case


@dataclass(slots=True)
class Tally:
    """What the crew did, in seconds and times, counted as it happens."""

    travel_seconds: int = 0
    overtime_seconds: int = 0
    overtime_cost: int = 0
    call_outs: int = 0
    moved: int = 0  # times somebody was told anew
    replans: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises on one clock were kept, of all that were decided."""

    kept: int = 0
    missed: int = 0

    @property
    def share(self) -> float | None:
        """The share kept; None where nothing was promised."""
        decided = self.kept + self.missed
        return self.kept / decided if decided else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Days as they were lived. `cost` is their bill in seconds of driving, moves included.

    `crew_cost` is the part of it the crew alone costs: driving, overtime, call-outs.
    `response` and `resolution` tell by severity how many promises were kept; work left undone at
    the end is `open`.
    """

    calls: int
    closed: int
    cancelled: int
    open: int
    response: dict[Severity, Kept] = field(default_factory=dict, hash=False)
    resolution: dict[Severity, Kept] = field(default_factory=dict, hash=False)
    travel_seconds: int = 0
    overtime_seconds: int = 0
    call_outs: int = 0
    moved: int = 0
    replans: int = 0
    crew_cost: int = 0
    cost: int = 0

    def kept(self, clock: ClockKind = ClockKind.RESPONSE) -> Kept:
        """Promises of all severities together."""
        found = self.response if clock is ClockKind.RESPONSE else self.resolution
        return Kept(
            sum(each.kept for each in found.values()), sum(each.missed for each in found.values())
        )


def outcome(cases: Iterable[Case], tally: Tally, now: datetime) -> Outcome:
    """Sum up what was lived until now; a clock that still runs in time decides nothing.

    >>> from datetime import UTC
    >>> outcome([], Tally(travel_seconds=600), datetime(2026, 6, 2, tzinfo=UTC)).cost
    600
    """
    all_ = list(cases)
    work_cost = sum(sum(_costs(case, now)) for case in all_)
    call_outs = tally.call_outs * WEIGHTS.call_out_cost
    crew_cost = tally.travel_seconds + tally.overtime_cost + call_outs
    told_anew = tally.moved * WEIGHTS.move_cost
    return Outcome(
        calls=len(all_),
        closed=sum(case.decided is Decided.CLOSED for case in all_),
        cancelled=sum(case.decided is Decided.CANCELLED for case in all_),
        open=sum(case.decided is None for case in all_),
        response=_kept(all_, ClockKind.RESPONSE, now),
        resolution=_kept(all_, ClockKind.RESOLUTION, now),
        travel_seconds=tally.travel_seconds,
        overtime_seconds=tally.overtime_seconds,
        call_outs=tally.call_outs,
        moved=tally.moved,
        replans=tally.replans,
        crew_cost=crew_cost,
        cost=crew_cost + told_anew + work_cost,
    )


def _kept(cases: Iterable[Case], kind: ClockKind, now: datetime) -> dict[Severity, Kept]:
    states: dict[Severity, Counter[ClockState]] = {}
    for case in cases:
        for clock in case.clocks(now):
            if clock.kind is kind:
                states.setdefault(case.call.severity, Counter())[clock.state] += 1
    return {
        severity: Kept(found[ClockState.MET], found[ClockState.BREACHED])
        for severity, found in sorted(states.items())
    }


def _costs(case: Case, now: datetime) -> Iterator[int]:
    """What its lateness costs by the weights of its severity, and what is undone by then."""
    weights = WEIGHTS.of(case.call.severity)
    if case.decided is None:
        yield weights.wait_cost
    if case.call.is_planned or case.decided is Decided.CANCELLED:
        return
    came_at = min((v.arrived_at for v in case.visits if v.arrived_at), default=now)
    response = next((c for c in case.clocks(now) if c.kind is ClockKind.RESPONSE), None)
    if case.call.severity is Severity.ENTRAPMENT:
        yield _seconds(came_at, case.call.at) * weights.late_cost
    elif response is not None and response.deadlines.due is not None:
        yield _seconds(came_at, response.deadlines.due) * weights.late_cost
    if response is not None and response.state is ClockState.BREACHED:
        yield weights.late_fixed


def _seconds(later: datetime, earlier: datetime) -> int:
    return max(0, int((later - earlier).total_seconds()))
