"""What a clock gives rise to on its way: warnings, the breach, escalations, each at its instant.

An instant is when it happened by the rules, however late anybody looked; telling people is not
done here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch.agreements import EscalationStep, share_due
from dispatch.clocks.clock import Clock, ClockState
from dispatch.hours.instants import to_seconds

BREACHED = "breached"
ONE_SECOND = timedelta(seconds=1)  # a promise is kept at its due and missed a second later


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing a clock gave rise to; `kind` is unique for a clock.

    It is `at_risk_<percent>`, `breached` or `escalated_<level>`, the last with who is called.
    """

    kind: str
    at: datetime
    percent: int | None = None
    level: int | None = None
    role: str | None = None


def marks(clock: Clock, now: datetime) -> tuple[Mark, ...]:
    """List everything a clock has given rise to by now, in order; nothing once it is over.

    >>> from datetime import UTC
    >>> from dispatch.agreements import ClockKind, Severity, Target, TargetDuration
    >>> from dispatch.clocks.clock import clocks
    >>> from dispatch.clocks.promised import promised_once
    >>> from dispatch.clocks.timeline import Timeline
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> clock, = clocks(Timeline(call), [promised_once(hour, call)], now=call)
    >>> [mark.kind for mark in marks(clock, call.replace(minute=50))]
    ['at_risk_50', 'at_risk_75']
    """
    return tuple(
        mark for mark, seen_at in _expected(clock) if to_seconds(seen_at) <= to_seconds(now)
    )


def next_mark_at(clock: Clock, after: datetime) -> datetime | None:
    """Say when `marks` will next tell more than it does at an instant; None if never.

    >>> from datetime import UTC
    >>> from dispatch.agreements import ClockKind, Severity, Target, TargetDuration
    >>> from dispatch.clocks.clock import clocks
    >>> from dispatch.clocks.promised import promised_once
    >>> from dispatch.clocks.timeline import Timeline
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> clock, = clocks(Timeline(call), [promised_once(hour, call)], now=call)
    >>> next_mark_at(clock, call).minute
    30
    """
    later = (seen_at for _, seen_at in _expected(clock) if to_seconds(seen_at) > to_seconds(after))
    return min(later, default=None)


def predicted_breach(clock: Clock, expected_at: datetime | None) -> bool:
    """Whether what keeps an open clock's promise is planned after its due.

    A promise already missed is no longer predicted to be, and a paused one has no due to miss.
    """
    due = clock.deadlines.due
    if expected_at is None or due is None or clock.over_at is not None:
        return False
    if clock.state is ClockState.BREACHED:
        return False
    return to_seconds(expected_at) > to_seconds(due)


def _expected(clock: Clock) -> tuple[tuple[Mark, datetime], ...]:
    """Pair every mark the clock will give rise to, if nothing stops it, with when it is seen."""
    first: dict[str, tuple[Mark, datetime]] = {}
    for mark, seen_at in sorted(_all(clock), key=lambda pair: (pair[1], pair[0].at)):
        if clock.over_at is None or to_seconds(mark.at) < to_seconds(clock.over_at):
            first.setdefault(mark.kind, (mark, seen_at))
    return tuple(sorted(first.values(), key=lambda pair: (pair[0].at, pair[1])))


def _all(clock: Clock) -> Iterator[tuple[Mark, datetime]]:
    for percent, at in clock.deadlines.warnings:
        if at is not None:
            yield Mark(f"at_risk_{percent}", at, percent), at
    due = clock.deadlines.due
    if due is not None:
        yield Mark(BREACHED, due), due + ONE_SECOND
        yield from _calls_after(clock, due)
    for step in _steps(clock):
        if step.percent is not None:
            at = share_due(
                clock.basis.calendar,
                clock.started_at,
                promise=clock.basis.promise,
                percent=step.percent,
                pauses=clock.pauses,
            )
            if at is not None:
                yield _call(step, at), at


def _calls_after(clock: Clock, due: datetime) -> Iterator[tuple[Mark, datetime]]:
    """Call somebody so long after the due, and nobody while the promise is still kept."""
    for step in _steps(clock):
        if step.after_due_seconds is not None:
            at = due + timedelta(seconds=step.after_due_seconds)
            yield _call(step, at), max(at, due + ONE_SECOND)


def _steps(clock: Clock) -> Iterator[EscalationStep]:
    return (step for step in clock.target.escalation if step.clock is clock.kind)


def _call(step: EscalationStep, at: datetime) -> Mark:
    return Mark(f"escalated_{step.level}", at, step.percent, step.level, step.role)
