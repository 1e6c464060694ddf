"""How each promised clock of an intervention stands now: a pure function of what happened.

Instants come from `dispatch.agreements.deadlines`; nothing here is stored or remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dispatch.agreements import ClockKind, Deadlines, Severity, Target, TargetDuration, deadlines
from dispatch.clocks.timeline import Timeline
from dispatch.hours import Pause, TrailSpan, elapsed, explain
from dispatch.hours.instants import to_seconds

FAR_FUTURE = datetime.max.replace(tzinfo=UTC)


class ClockState(StrEnum):
    """A breach stays a breach; a paused clock has no due to be at risk of."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise on one intervention, judged at `judged_at`: its stop, or now."""

    target: Target
    started_at: datetime
    stopped_at: datetime | None
    judged_at: datetime
    deadlines: Deadlines
    pauses: tuple[Pause, ...]

    @property
    def kind(self) -> ClockKind:
        """Which of the four clocks this is."""
        return self.target.clock

    @property
    def severity(self) -> Severity:
        """The severity it was promised for."""
        return self.target.severity

    @property
    def state(self) -> ClockState:
        """How the promise stands; exactly at its due it is still kept."""
        if self.deadlines.due is None:
            return ClockState.PAUSED
        if self._has_passed(self.deadlines.due):
            return ClockState.BREACHED
        if self.stopped_at is not None:
            return ClockState.MET
        at_risk = self.deadlines.at_risk
        if at_risk is not None and to_seconds(self.judged_at) >= to_seconds(at_risk):
            return ClockState.AT_RISK
        return ClockState.RUNNING

    @property
    def remaining_seconds(self) -> int | None:
        """Service time left, frozen while paused and once stopped, 0 after the due.

        None only for a paused target that names a day: its due is found anew on resuming.
        """
        due = self.deadlines.due
        if due is None:
            return self.deadlines.left_seconds
        if isinstance(self.target.promise, TargetDuration):
            used = elapsed(self.target.calendar, self.started_at, self.judged_at, self.pauses)
            return max(0, self.target.promise.seconds - used)
        return elapsed(self.target.calendar, self.judged_at, due, self.pauses)

    @property
    def overrun_seconds(self) -> int:
        """Seconds on the wall between the due and the stop, or now; 0 in time."""
        due = self.deadlines.due
        return 0 if due is None else max(0, to_seconds(self.judged_at) - to_seconds(due))

    @property
    def service_overrun_seconds(self) -> int:
        """Seconds of open, unpaused time between the due and the stop, or now; 0 in time."""
        due = self.deadlines.due
        if due is None:
            return 0
        return elapsed(self.target.calendar, due, self.judged_at, self.pauses)

    def _has_passed(self, instant: datetime) -> bool:
        return to_seconds(self.judged_at) > to_seconds(instant)


def clocks(timeline: Timeline, targets: Iterable[Target], now: datetime) -> tuple[Clock, ...]:
    """Tell how every promised clock stands now, what falls due first coming first.

    A clock that an agreement starts later than the call is absent until it starts.

    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> clock, = clocks(Timeline(call), [hour], now=call.replace(minute=50))
    >>> clock.state.value, clock.remaining_seconds
    ('at_risk', 600)
    """
    return tuple(sorted(_started(timeline, targets, now), key=_falls_due))


def trail(clock: Clock) -> tuple[TrailSpan, ...]:
    """Explain a clock span by span, up to its due, or while paused up to when it was judged.

    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> [span.seconds for span in trail(clocks(Timeline(call), [hour], now=call)[0])]
    [3600]
    """
    end = clock.deadlines.due or clock.judged_at
    return explain(clock.target.calendar, clock.started_at, end, clock.pauses)


def _started(timeline: Timeline, targets: Iterable[Target], now: datetime) -> Iterator[Clock]:
    for target in targets:
        started_at = timeline.started_at(target.starts_at)
        if started_at is not None:
            yield _clock(timeline, target, started_at=started_at, now=now)


def _clock(timeline: Timeline, target: Target, *, started_at: datetime, now: datetime) -> Clock:
    stopped_at = timeline.stopped_at(target.clock)
    pauses = timeline.pauses_of(target)
    return Clock(
        target=target,
        started_at=started_at,
        stopped_at=stopped_at,
        judged_at=now if stopped_at is None else stopped_at,
        deadlines=deadlines(
            target.calendar,
            started_at,
            promise=target.promise,
            pauses=pauses,
            thresholds=target.thresholds,
        ),
        pauses=pauses,
    )


def _falls_due(clock: Clock) -> datetime:
    return clock.deadlines.due or FAR_FUTURE
