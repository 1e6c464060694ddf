"""What tests of clocks begin with: one Tuesday morning's call and what is promised for it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dispatch.agreements import (
    AgreementKind,
    ClockKind,
    ClockStart,
    Severity,
    SeverityPolicy,
    Target,
    TargetDuration,
)
from dispatch.clocks import Clock, Promised, Stint, Timeline, clocks, promised_once
from dispatch.hours import Calendar, Window, every_weekday
from dispatch.interventions import PauseReason, RecordedPause

ALWAYS = Calendar("Europe/Paris", always_open=True)
OFFICE = Calendar("Europe/Paris", every_weekday(Window(480, 1020)))
CALL = datetime(2026, 6, 2, 7, tzinfo=UTC)  # nine o'clock in Paris
EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "examples" / "sla_examples.json").read_text("utf-8")
)


def after(hours: float) -> datetime:
    return CALL + timedelta(hours=hours)


def hours(
    amount: float,
    severity: Severity = Severity.DEGRADED,
    clock: ClockKind = ClockKind.RESPONSE,
    *,
    calendar: Calendar = ALWAYS,
    on_change: SeverityPolicy = SeverityPolicy.EARLIER_OF,
    starts_at: ClockStart = ClockStart.CALL,
) -> Target:
    promise = TargetDuration(int(amount * 3600))
    return Target(clock, severity, promise, calendar, on_change=on_change, starts_at=starts_at)


def pause(
    start: float, end: float | None = None, reason: PauseReason = PauseReason.NO_ACCESS
) -> RecordedPause:
    return RecordedPause(reason, after(start), None if end is None else after(end))


def in_turn(
    *stints: tuple[float, Severity, Target | None],
    clock: ClockKind = ClockKind.RESPONSE,
    number: int = 0,
) -> Promised:
    """One clock whose severity changes so many hours after the call."""
    return Promised(
        AgreementKind.CUSTOMER,
        clock,
        tuple(Stint(severity, after(at), target) for at, severity, target in stints),
        number,
    )


def judged(timeline: Timeline, at: float, promised: Promised | Target) -> Clock:
    """The one clock there is, so many hours after the call."""
    given = promised_once(promised, CALL) if isinstance(promised, Target) else promised
    (clock,) = clocks(timeline, [given], after(at))
    return clock
