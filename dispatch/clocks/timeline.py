"""What happened to an intervention, as the instants that start, stop and pause its clocks.

What counts as an arrival or an acceptance is decided where visits are; clocks run in `course`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from dispatch.agreements import ClockStart, ClockStop
from dispatch.interventions import RecordedPause


@dataclass(frozen=True, slots=True)
class Closing:
    """The work was closed, and taken up again if it was."""

    closed_at: datetime
    reopened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that happened, in UTC and in any order; nothing is removed when work reopens.

    Nothing here lies ahead: what is only planned is no event.

    >>> from datetime import UTC
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> later, early = call.replace(hour=14), call.replace(hour=10)
    >>> Timeline(call, arrivals=(later, early)).stops(ClockStop.ARRIVAL)[0].hour
    10
    """

    reported_at: datetime
    dispatched_at: datetime | None = None
    acknowledgements: tuple[datetime, ...] = ()
    arrivals: tuple[datetime, ...] = ()
    released: tuple[datetime, ...] = ()
    restored: tuple[datetime, ...] = ()
    pauses: tuple[RecordedPause, ...] = ()
    closings: tuple[Closing, ...] = ()
    cancelled_at: datetime | None = None
    out_of_scope_at: datetime | None = None

    def stops(self, stop: ClockStop) -> tuple[datetime, ...]:
        """When events of this kind happened, earliest first."""
        match stop:
            case ClockStop.ACCEPTANCE:
                found = self.acknowledgements
            case ClockStop.ARRIVAL:
                found = self.arrivals
            case ClockStop.PERSON_RELEASED:
                found = self.released
            case ClockStop.BACK_IN_SERVICE:
                found = self.restored
            case _:
                assert_never(stop)
        return tuple(sorted(found))

    def started_at(self, start: ClockStart) -> datetime | None:
        """When a clock with this start first began to run."""
        match start:
            case ClockStart.CALL:
                return self.reported_at
            case ClockStart.DISPATCH:
                return self.dispatched_at
            case ClockStart.ACKNOWLEDGEMENT:
                return min(self.acknowledgements, default=None)
            case _:
                assert_never(start)

    def restarted_at(self, start: ClockStart, reopened_at: datetime) -> datetime | None:
        """When a clock of a return visit began to run.

        A dispatch is known once, so for a visit not dispatched since, the reopening counts.
        """
        match start:
            case ClockStart.CALL:
                return reopened_at
            case ClockStart.DISPATCH:
                return max(self.dispatched_at or reopened_at, reopened_at)
            case ClockStart.ACKNOWLEDGEMENT:
                known = (each for each in self.acknowledgements if each >= reopened_at)
                return min(known, default=None)
            case _:
                assert_never(start)

    def closings_from(self, number: int) -> tuple[Closing, ...]:
        """Closings in the order they happened, without the first so many."""
        return tuple(sorted(self.closings, key=lambda closing: closing.closed_at))[number:]
