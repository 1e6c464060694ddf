"""A question about one deadline, and its answer as plain JSON values.

Questions are read in `reading`; the arithmetic is in `dispatch.hours`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dispatch.agreements import Deadlines, Promise, TargetDuration, deadlines
from dispatch.clocks.wording import why_due, why_paused
from dispatch.hours import Calendar, Pause, explain, restarted_at


@dataclass(frozen=True, slots=True)
class Check:
    """The question when a promise made at `start` falls due."""

    id: str | int
    calendar: Calendar
    start: datetime
    promise: Promise
    pauses: tuple[Pause, ...] = ()

    def deadlines(self) -> Deadlines:
        """Give the check's instants; raises `NoDueInFiveYears` or `NoServiceDay`."""
        return deadlines(self.calendar, self.start, promise=self.promise, pauses=self.pauses)

    def answer(self) -> dict[str, object]:
        """Give the check's instants as UTC text, and a sentence that says why.

        >>> from datetime import UTC
        >>> always = Calendar("Europe/Paris", always_open=True)
        >>> call = datetime(2026, 6, 2, 7, tzinfo=UTC)
        >>> Check("c1", always, call, TargetDuration(7200)).answer()["due_utc"]
        '2026-06-02T09:00:00Z'
        """
        instants = self.deadlines()
        # a file tells shares of seconds alone: a named day has a due and nothing else
        is_counted = isinstance(self.promise, TargetDuration)
        return {
            "id": self.id,
            "due_utc": _utc_text(instants.due),
            "at_risk_utc": _utc_text(instants.at_risk if is_counted else None),
            "internal_due_utc": _utc_text(instants.internal_due if is_counted else None),
            "remaining_seconds": instants.left_seconds,
            "why": self._why(instants.due, instants.left_seconds),
        }

    def _why(self, due: datetime | None, left_seconds: int | None) -> str:
        if due is None:
            since = min(pause.start for pause in self.pauses if pause.is_open)
            return why_paused(self.calendar, since, left_seconds)
        trail = explain(self.calendar, self.start, due, self.pauses)
        return why_due(
            self.calendar, trail, promise=self.promise, start=self._counted_from(), due=due
        )

    def _counted_from(self) -> datetime:
        if isinstance(self.promise, TargetDuration):
            return self.start
        return restarted_at(self.calendar, self.start, self.promise, self.pauses) or self.start


def _utc_text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.strftime("%Y-%m-%dT%H:%M:%SZ")
