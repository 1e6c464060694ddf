"""How each promised clock of an intervention stands now: a pure function of what happened.

Which due holds is decided in `course`; nothing here is stored or remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dispatch.agreements import (
    AgreementKind,
    ClockKind,
    Deadlines,
    Severity,
    Target,
    TargetDuration,
    deadlines,
)
from dispatch.clocks.course import FAR_FUTURE, course
from dispatch.clocks.promised import Promised
from dispatch.clocks.timeline import Timeline
from dispatch.hours import Pause, TrailSpan, elapsed, explain
from dispatch.hours.instants import to_seconds

CLOCK_ORDER = tuple(ClockKind)
PARTY_ORDER = tuple(AgreementKind)


class ClockState(StrEnum):
    """A breach stays a breach; a paused clock has no due to be at risk of."""

    RUNNING = "running"
    AT_RISK = "at_risk"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    ENDED = "ended"  # closed or cancelled in time without its event: no attainment counts it


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise on one intervention, judged at `judged_at`: its stop, its end, or now.

    `target` is the one in force. After a change of severity an older one may still give the due:
    that is `counted`. `started_at` is what the due is counted from, `original_due` the due before
    any change, `breached_severity` the severity in force when the promise was missed.
    """

    promised: Promised
    target: Target
    started_at: datetime
    stopped_at: datetime | None
    judged_at: datetime
    deadlines: Deadlines
    pauses: tuple[Pause, ...]
    original_due: datetime | None = None
    breached_severity: Severity | None = None
    ended_at: datetime | None = None
    counted: Target | None = None

    @property
    def kind(self) -> ClockKind:
        """Which of the four clocks this is."""
        return self.promised.clock

    @property
    def party(self) -> AgreementKind:
        """Whose promise it is."""
        return self.promised.kind

    @property
    def round(self) -> int:
        """0 for the call, n for the n-th return visit."""
        return self.promised.round

    @property
    def severity(self) -> Severity:
        """The severity the target in force was promised for."""
        return self.target.severity

    @property
    def basis(self) -> Target:
        """The target its due is counted from."""
        return self.counted or self.target

    @property
    def over_at(self) -> datetime | None:
        """When it stopped or ended; None while it is open."""
        return self.stopped_at or self.ended_at

    @property
    def state(self) -> ClockState:
        """How the promise stands; exactly at its due it is still kept."""
        due = self.deadlines.due
        if due is not None and self._has_passed(due):
            return ClockState.BREACHED
        if self.stopped_at is not None:
            return ClockState.MET
        if self.ended_at is not None:
            return ClockState.ENDED
        if due is None:
            return ClockState.PAUSED
        at_risk = self.deadlines.at_risk
        if at_risk is not None and to_seconds(self.judged_at) >= to_seconds(at_risk):
            return ClockState.AT_RISK
        return ClockState.RUNNING

    @property
    def remaining_seconds(self) -> int | None:
        """Service time left, frozen while paused and once over, 0 after the due.

        None only for a paused target that names a day: its due is found anew on resuming.
        """
        due, basis = self.deadlines.due, self.basis
        if due is None:
            return self.deadlines.left_seconds
        if isinstance(basis.promise, TargetDuration):
            used = elapsed(basis.calendar, self.started_at, self.judged_at, self.pauses)
            return max(0, basis.promise.seconds - used)
        return elapsed(basis.calendar, self.judged_at, due, self.pauses)

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
        return elapsed(self.basis.calendar, due, self.judged_at, self.pauses)

    def _has_passed(self, instant: datetime) -> bool:
        return to_seconds(self.judged_at) > to_seconds(instant)


def clocks(timeline: Timeline, promised: Iterable[Promised], now: datetime) -> tuple[Clock, ...]:
    """Tell how every promised clock stands now, what falls due first coming first.

    A clock that an agreement starts later than the call is absent until it starts. Work ruled out
    of scope has no clock at all.

    >>> from datetime import UTC
    >>> from dispatch.clocks.promised import promised_once
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> clock, = clocks(Timeline(call), [promised_once(hour, call)], now=call.replace(minute=50))
    >>> clock.state.value, clock.remaining_seconds
    ('at_risk', 600)
    """
    if timeline.out_of_scope_at is not None:
        return ()
    return tuple(sorted(_started(timeline, promised, now), key=_falls_due))


def trail(clock: Clock) -> tuple[TrailSpan, ...]:
    """Explain a clock span by span, up to its due, or while paused up to when it was judged.

    >>> from datetime import UTC
    >>> from dispatch.clocks.promised import promised_once
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> clock, = clocks(Timeline(call), [promised_once(hour, call)], now=call)
    >>> [span.seconds for span in trail(clock)]
    [3600]
    """
    end = clock.deadlines.due or clock.judged_at
    return explain(clock.basis.calendar, clock.started_at, end, clock.pauses)


def if_resumed(clock: Clock, at: datetime) -> Clock:
    """Tell how a paused clock would stand if work were resumed at an instant.

    >>> from datetime import UTC
    >>> from dispatch.clocks.promised import promised_once
    >>> from dispatch.hours import Calendar
    >>> from dispatch.interventions import PauseReason, RecordedPause
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.DEGRADED, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> locked = RecordedPause(PauseReason.NO_ACCESS, call.replace(minute=30))
    >>> timeline = Timeline(call, pauses=(locked,))
    >>> paused, = clocks(timeline, [promised_once(hour, call)], now=call.replace(hour=11))
    >>> if_resumed(paused, call.replace(hour=12)).deadlines.due.isoformat()
    '2026-06-02T12:30:00+00:00'
    """
    pauses = tuple(
        replace(pause, end=max(at, pause.start)) if pause.is_open else pause
        for pause in clock.pauses
    )
    instants = deadlines(
        clock.basis.calendar,
        clock.started_at,
        promise=clock.basis.promise,
        pauses=pauses,
        thresholds=clock.target.thresholds,
    )
    return replace(clock, judged_at=clock.over_at or at, deadlines=instants, pauses=pauses)


def _started(timeline: Timeline, promised: Iterable[Promised], now: datetime) -> Iterator[Clock]:
    for promise in promised:
        found = course(timeline, promise)
        if found is None:
            continue
        judged_at = found.run.over_at or now
        breached = found.severity if found.is_breached(judged_at) else None
        yield Clock(
            promised=promise,
            target=found.target,
            started_at=found.from_at,
            stopped_at=found.run.stopped_at,
            judged_at=judged_at,
            deadlines=found.deadlines,
            pauses=found.run.pauses,
            original_due=found.original_due,
            breached_severity=found.breached or breached,
            ended_at=found.run.ended_at,
            counted=None if found.counted is found.target else found.counted,
        )


def _falls_due(clock: Clock) -> tuple[datetime, int, int, int]:
    due = clock.deadlines.due or FAR_FUTURE
    return due, CLOCK_ORDER.index(clock.kind), PARTY_ORDER.index(clock.party), clock.round
