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
    original_due = None if started is None else started.deadlines.due
    has_moved = original_due != current.deadlines.due
    return replace(current, original_due=original_due if has_moved else None)


def _changed(
    timeline: Timeline, promised: Promised, current: Course | None, before: Stint, after: Stint
) -> Course | None:
    """Apply one change of severity to what runs already, or to nothing."""
    if current is not None and (current.breached or current.is_breached(after.from_at)):
        return _still_breached(timeline, promised, current, after)
    if after.target is None:
        return None
    policy = after.target.on_change
    if policy is SeverityPolicy.RETROACTIVE or not _is_worse(after.severity, before.severity):
        return _counted_from(timeline, promised, after)
    fresh = _counted_from(timeline, promised, after, not_before=after.from_at)
    # what had not started by the change does not bind
    has_begun = current is not None and current.from_at < after.from_at
    if policy is SeverityPolicy.FROM_CHANGE or current is None or not has_begun:
        return fresh
    return current if fresh is None else _earlier_of(timeline, promised, current, fresh)


def _still_breached(
    timeline: Timeline, promised: Promised, current: Course, after: Stint
) -> Course:
    """Keep the due that was missed, and name the severity it was missed at."""
    kept = replace(current, severity=after.severity, breached=current.breached or current.severity)
    latest = _counted_from(timeline, promised, after)
    if latest is None:
        return kept
    moved = _laid_on(timeline, promised, kept, latest)
    # an event the new target waits for, long past already, stopped nothing at the time
    return kept if moved.is_over(after.from_at) else moved


def _earlier_of(timeline: Timeline, promised: Promised, current: Course, fresh: Course) -> Course:
    """Choose what falls due first, both waiting for the event of the target in force."""
    held = _laid_on(timeline, promised, current, fresh)
    return fresh if _falls_due(fresh) <= _falls_due(held) else held


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


def _laid_on(timeline: Timeline, promised: Promised, older: Course, latest: Course) -> Course:
    """Keep the promise the due is counted from; stop and warn as the target in force says."""
    counted, target = older.counted, latest.target
    paused = run(timeline, promised, counted, target.kept_by) or older.run
    return replace(
        older,
        target=target,
        run=replace(latest.run, pauses=paused.pauses),
        deadlines=_deadlines(counted, older.from_at, paused, target.thresholds),
        severity=latest.severity,
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
