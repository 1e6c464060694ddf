"""Which due holds after every change of severity: the stints of a clock, folded into one course.

Where a clock stands at a given time is told in `clock`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from dispatch.agreements import (
    Deadlines,
    Severity,
    SeverityPolicy,
    Target,
    Thresholds,
    deadlines,
)
from dispatch.clocks.promised import Promised, Stint
from dispatch.clocks.sittings import Run, run
from dispatch.clocks.timeline import Timeline
from dispatch.hours.instants import to_seconds

WORST_FIRST = tuple(Severity)
FAR_FUTURE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Course:
    """How a clock runs: the target in force, and the one its due is counted from, from when."""

    target: Target
    counted: Target
    from_at: datetime
    run: Run
    deadlines: Deadlines
    severity: Severity
    breached: Severity | None = None  # the severity in force when a change found it breached
    original_due: datetime | None = None

    def is_over(self, instant: datetime) -> bool:
        """Whether it had stopped or ended by an instant."""
        over_at = self.run.over_at
        return over_at is not None and over_at <= instant

    def is_breached(self, instant: datetime) -> bool:
        """Whether its due had passed by an instant; exactly at the due it is still kept."""
        due = self.deadlines.due
        return due is not None and to_seconds(instant) > to_seconds(due)


def course(timeline: Timeline, promised: Promised) -> Course | None:
    """Fold the stints of a clock; None while nothing is promised or nothing has started it.

    What a change finds stopped or ended stays as it was, and what it finds breached stays so.
    Raises `NoDueInFiveYears` or `NoServiceDay`.
    """
    first, *changes = promised.stints
    started = _counted_from(timeline, promised, first)
    current, before = started, first
    for stint in changes:
        if current is not None and current.is_over(stint.from_at):
            break
        current = _changed(timeline, promised, current, before, stint)
        before = stint
    if current is None:
        return None
    settled = _settled(timeline, promised, current)
    original_due = None if started is None else started.deadlines.due
    return replace(
        settled, original_due=None if original_due == settled.deadlines.due else original_due
    )


def _changed(
    timeline: Timeline, promised: Promised, current: Course | None, before: Stint, after: Stint
) -> Course | None:
    """Apply one change of severity to what runs already, or to nothing."""
    if current is not None and (current.breached or current.is_breached(after.from_at)):
        return _still_breached(timeline, promised, current, after)
    if after.target is None:
        return None
    if not _is_worse(after.severity, before.severity):
        return _counted_from(timeline, promised, after)
    match after.target.on_change:
        case SeverityPolicy.RETROACTIVE:
            return _counted_from(timeline, promised, after)
        case SeverityPolicy.FROM_CHANGE:
            return _counted_from(timeline, promised, after, not_before=after.from_at)
        case SeverityPolicy.EARLIER_OF:
            fresh = _counted_from(timeline, promised, after, not_before=after.from_at)
            return _earlier_of(current, fresh, after)


def _still_breached(
    timeline: Timeline, promised: Promised, current: Course, after: Stint
) -> Course:
    """Keep the due that was missed, and name the severity it was missed at."""
    breached = current.breached or current.severity
    latest = after.target or current.target
    reached = run(timeline, promised, latest, latest.kept_by)
    return replace(
        current,
        target=latest if reached else current.target,
        run=reached or current.run,
        severity=after.severity,
        breached=breached,
    )


def _earlier_of(current: Course | None, fresh: Course | None, after: Stint) -> Course | None:
    """Choose what falls due first; what had not started by the change does not bind."""
    if current is None or current.from_at >= after.from_at:
        return fresh
    if fresh is None:
        return current
    if _falls_due(fresh) <= _falls_due(current):
        return fresh
    return replace(current, target=fresh.target, run=fresh.run, severity=after.severity)


def _falls_due(counted: Course) -> tuple[datetime, int]:
    """Order by due; of two that stand still, the one with less left comes first."""
    return counted.deadlines.due or FAR_FUTURE, counted.deadlines.left_seconds or 0


def _counted_from(
    timeline: Timeline, promised: Promised, stint: Stint, *, not_before: datetime | None = None
) -> Course | None:
    """Count a stint's target from its own start, or from an instant if that comes later."""
    if stint.target is None:
        return None
    reached = run(timeline, promised, stint.target, stint.target.kept_by)
    if reached is None:
        return None
    from_at = max(reached.started_at, not_before or reached.started_at)
    return Course(
        target=stint.target,
        counted=stint.target,
        from_at=from_at,
        run=reached,
        deadlines=_deadlines(stint.target, from_at, reached, stint.target.thresholds),
        severity=stint.severity,
    )


def _settled(timeline: Timeline, promised: Promised, current: Course) -> Course:
    """Stop and warn as the target in force says, also where an older one gives the due."""
    if current.counted is current.target:
        return current
    counted, stop = current.counted, current.target.kept_by
    paused = run(timeline, promised, counted, stop) or current.run
    return replace(
        current,
        run=Run(paused.started_at, current.run.stopped_at, current.run.ended_at, paused.pauses),
        deadlines=_deadlines(counted, current.from_at, paused, current.target.thresholds),
    )


def _deadlines(
    target: Target, from_at: datetime, reached: Run, thresholds: Thresholds
) -> Deadlines:
    return deadlines(
        target.calendar,
        from_at,
        promise=target.promise,
        pauses=reached.pauses,
        thresholds=thresholds,
    )


def _is_worse(after: Severity, before: Severity) -> bool:
    return WORST_FIRST.index(after) < WORST_FIRST.index(before)
