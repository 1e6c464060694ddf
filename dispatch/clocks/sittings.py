"""When work was open for a clock: from its start to its closing, and again after a reopening.

A clock that continues is paused in between; a clock that does not ends with the first closing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from dispatch.agreements import ClockKind, ClockStop, Severity, Target
from dispatch.clocks.promised import Promised
from dispatch.clocks.timeline import Closing, Timeline
from dispatch.hours import Pause
from dispatch.hours.instants import to_seconds
from dispatch.interventions import RecordedPause, clocks_stopped

CLOSED = "closed"  # the reason told for the time between a closing and its reopening


@dataclass(frozen=True, slots=True)
class Sitting:
    """A time in which the work was open; the first event that keeps the promise, if it came."""

    from_at: datetime
    until: datetime | None
    stopped_at: datetime | None

    @property
    def left_at(self) -> datetime | None:
        """When the clock had no more to wait for: its event, or the end of the sitting."""
        return self.stopped_at or self.until


@dataclass(frozen=True, slots=True)
class Run:
    """One target against one timeline: from when to when it runs, and when it stands still."""

    started_at: datetime
    stopped_at: datetime | None
    ended_at: datetime | None
    pauses: tuple[Pause, ...]

    @property
    def over_at(self) -> datetime | None:
        """When nothing more could change for this clock."""
        return self.stopped_at or self.ended_at


def run(timeline: Timeline, promised: Promised, target: Target, stop: ClockStop) -> Run | None:
    """Lay a target on the timeline; None while what starts it has not happened.

    >>> from datetime import UTC
    >>> from dispatch.agreements import ClockStart, TargetDuration
    >>> from dispatch.clocks.promised import promised_once
    >>> from dispatch.hours import Calendar
    >>> always = Calendar("Europe/Paris", always_open=True)
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> hour = Target(ClockKind.RESPONSE, Severity.ENTRAPMENT, TargetDuration(3600), always)
    >>> run(Timeline(call), promised_once(hour, call), hour, ClockStop.ARRIVAL).stopped_at is None
    True
    """
    reopened_at = promised.stints[0].from_at
    if promised.round:
        started_at = timeline.restarted_at(target.starts_at, reopened_at)
    else:
        started_at = timeline.started_at(target.starts_at)
    if started_at is None:
        return None
    sittings = tuple(_sittings(timeline, promised, stop))
    last = sittings[-1]
    return Run(
        started_at=started_at,
        stopped_at=last.stopped_at,
        ended_at=None if last.stopped_at else last.until,
        pauses=_pauses(timeline, target, sittings),
    )


def _sittings(timeline: Timeline, promised: Promised, stop: ClockStop) -> Iterator[Sitting]:
    events = timeline.stops(stop)
    opened_at = promised.stints[0].from_at if promised.round else None
    for closing in timeline.closings_from(promised.round):
        yield _sitting(timeline, events, opened_at, closing.closed_at)
        if closing.reopened_at is None or not _continues(promised, closing):
            return
        opened_at = closing.reopened_at
    yield _sitting(timeline, events, opened_at, timeline.cancelled_at)


def _sitting(
    timeline: Timeline,
    events: tuple[datetime, ...],
    opened_at: datetime | None,
    until: datetime | None,
) -> Sitting:
    """Find the first event in a sitting; before the first closing every earlier one counts."""
    during = (
        event
        for event in events
        if (opened_at is None or event >= opened_at)
        and (until is None or to_seconds(event) <= to_seconds(until))
    )
    return Sitting(opened_at or timeline.reported_at, until, next(during, None))


def _continues(promised: Promised, closing: Closing) -> bool:
    """Whether the same clock goes on: resolution does, and safe while somebody is trapped."""
    match promised.clock:
        case ClockKind.RESOLUTION:
            return True
        case ClockKind.SAFE:
            reopened_at = closing.reopened_at or closing.closed_at
            return promised.severity_at(reopened_at) is Severity.ENTRAPMENT
        case ClockKind.ACKNOWLEDGE | ClockKind.RESPONSE:
            return False


def _pauses(timeline: Timeline, target: Target, sittings: tuple[Sitting, ...]) -> tuple[Pause, ...]:
    """Pauses that stop this target, in order; what follows its stop no longer matters to it."""
    recorded = (
        _pause(pause, sittings)
        for pause in timeline.pauses
        if target.clock in clocks_stopped(pause, parts_stop_resolution=target.stops_for_parts)
    )
    closed = (
        Pause(before.left_at or after.from_at, after.from_at, CLOSED)
        for before, after in pairwise(sittings)
    )
    known = [*(pause for pause in recorded if pause is not None), *closed]
    return tuple(sorted(known, key=lambda pause: (pause.stretch, pause.reason, pause.author)))


def _pause(pause: RecordedPause, sittings: tuple[Sitting, ...]) -> Pause | None:
    """A pause nobody ended is over when its sitting is, and none outlasts the clock."""
    over_at = sittings[-1].left_at
    if over_at is not None and pause.start >= over_at:
        return None
    ends = [sitting.left_at for sitting in sittings if sitting.left_at is not None]
    ends += [sitting.from_at for sitting in sittings[1:]]
    end = pause.end or min((each for each in ends if each > pause.start), default=None)
    if end is not None and over_at is not None:
        end = min(end, over_at)
    return Pause(pause.start, end, pause.reason.value, pause.author)
