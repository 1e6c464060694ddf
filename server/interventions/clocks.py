"""The promised clocks of an intervention: started with the call, recomputed from what happened.

The arithmetic is `dispatch.clocks`; what is stored here is a cache of its answers.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import text

from dispatch.agreements import (
    ClockKind,
    ClockStart,
    Deadlines,
    Severity,
    Target,
    TargetDuration,
)
from dispatch.clocks import Clock, clocks
from dispatch.hours import Calendar, calendar_as_json, read_calendar
from server.interventions.dossier import Dossier
from server.interventions.schemas import ClockOut
from server.interventions.standing import timeline
from server.interventions.tables import StoredClock
from server.kit.database import Session

# Raised whenever the rules give another answer for the same events.
ENGINE_VERSION = 1
KEEP_HOURS = text(
    "insert into service_hours (fingerprint, hours) values (:fingerprint, :hours)"
    " on conflict do nothing"
)


async def start(
    session: Session, dossier: Dossier, targets: Iterable[Target], now: datetime
) -> None:
    """Set a clock going for each promise, with the service hours as they are today."""
    for target in targets:
        hours = msgspec.json.encode(calendar_as_json(target.calendar), order="sorted").decode()
        fingerprint = sha256(hours.encode()).hexdigest()
        await session.execute(KEEP_HOURS, {"fingerprint": fingerprint, "hours": hours})
        (clock,) = clocks(timeline(dossier), [target], now)
        row = _row(dossier, clock, fingerprint)
        session.add(row)
        dossier.clocks.append(row)
        dossier.hours[fingerprint] = hours
    await session.flush()


def refresh(dossier: Dossier, now: datetime) -> None:
    """Recompute every clock after something happened."""
    at = judged_at(dossier, now)
    for row in dossier.clocks:
        (clock,) = clocks(timeline(dossier), [_target(dossier, row)], at)
        _keep(row, clock)


def judged_at(dossier: Dossier, now: datetime) -> datetime:
    """Nothing is judged later than the end of the intervention."""
    return dossier.intervention.decided_at or now


def as_of(dossier: Dossier, row: StoredClock, now: datetime) -> Clock:
    """A stored clock as it stands now: its instants are known, only time has passed."""
    target = _target(dossier, row)
    return Clock(
        target=target,
        started_at=row.started_at,
        stopped_at=row.stopped_at,
        judged_at=row.stopped_at or judged_at(dossier, now),
        deadlines=Deadlines(row.due_at, row.at_risk_at, row.internal_due_at, row.left_seconds),
        pauses=timeline(dossier).pauses_of(target),
    )


def shown_clocks(dossier: Dossier, now: datetime) -> list[ClockOut]:
    """All clocks, what falls due first coming first."""
    shown = [shown_clock(dossier, row, now) for row in dossier.clocks]
    return sorted(shown, key=lambda clock: (clock.due_at is None, clock.due_at or now))


def shown_clock(dossier: Dossier, row: StoredClock, now: datetime) -> ClockOut:
    clock = as_of(dossier, row, now)
    return ClockOut(
        kind=row.kind,  # type: ignore[arg-type]
        state=clock.state.value,
        target_seconds=row.target_seconds,
        started_at=row.started_at,
        due_at=row.due_at,
        at_risk_at=row.at_risk_at,
        internal_due_at=row.internal_due_at,
        stopped_at=row.stopped_at,
        remaining_seconds=clock.remaining_seconds,
    )


def clock_row(dossier: Dossier, kind: ClockKind) -> StoredClock | None:
    return next((row for row in dossier.clocks if row.kind == kind.value), None)


def next_due(dossier: Dossier) -> datetime | None:
    """When the next promise still to be kept falls due; None where nothing presses."""
    running = [row.due_at for row in dossier.clocks if row.stopped_at is None and row.due_at]
    return min(running, default=None)


def _row(dossier: Dossier, clock: Clock, fingerprint: str) -> StoredClock:
    promise = clock.target.promise
    # Agreements are stored in seconds; the core's other kind of promise has no column yet.
    assert isinstance(promise, TargetDuration)
    row = StoredClock(
        intervention_id=dossier.intervention.id,
        kind=clock.kind.value,
        severity=clock.severity.value,
        target_seconds=promise.seconds,
        starts_on=clock.target.starts_at.value,
        calendar_id=UUID(clock.target.calendar_id),
        hours=fingerprint,
        started_at=clock.started_at,
        engine_version=ENGINE_VERSION,
    )
    _keep(row, clock)
    return row


def _keep(row: StoredClock, clock: Clock) -> None:
    row.due_at = clock.deadlines.due
    row.at_risk_at = clock.deadlines.at_risk
    row.internal_due_at = clock.deadlines.internal_due
    row.left_seconds = clock.deadlines.left_seconds
    row.stopped_at = clock.stopped_at
    row.state = clock.state.value
    row.engine_version = ENGINE_VERSION


def _target(dossier: Dossier, row: StoredClock) -> Target:
    return Target(
        clock=ClockKind(row.kind),
        severity=Severity(row.severity),
        promise=TargetDuration(row.target_seconds),
        calendar=_calendar(dossier.hours[row.hours]),
        calendar_id=str(row.calendar_id),
        starts_at=ClockStart(row.starts_on),
    )


@lru_cache(maxsize=1024)
def _calendar(hours: str) -> Calendar:
    return read_calendar(msgspec.json.decode(hours))
