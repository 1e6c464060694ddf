"""What happened to an intervention, as the instants that start, stop and pause its clocks.

What counts as an arrival or an acceptance is decided where visits are; clocks run in `clock`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from dispatch.agreements import ClockKind, ClockStart, Target
from dispatch.hours import Pause
from dispatch.interventions import RecordedPause, clocks_stopped


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first time each thing happened, in UTC; None while it has not.

    >>> from datetime import UTC
    >>> call = datetime(2026, 6, 2, 9, tzinfo=UTC)
    >>> Timeline(call, arrived_at=call.replace(hour=10)).stopped_at(ClockKind.RESPONSE).hour
    10
    """

    reported_at: datetime
    dispatched_at: datetime | None = None
    accepted_at: datetime | None = None
    arrived_at: datetime | None = None
    person_released_at: datetime | None = None
    back_in_service_at: datetime | None = None
    pauses: tuple[RecordedPause, ...] = ()

    def started_at(self, start: ClockStart) -> datetime | None:
        """When a clock with this start began to run."""
        match start:
            case ClockStart.CALL:
                return self.reported_at
            case ClockStart.DISPATCH:
                return self.dispatched_at
            case ClockStart.ACKNOWLEDGEMENT:
                return self.accepted_at
            case _:
                assert_never(start)

    def stopped_at(self, clock: ClockKind) -> datetime | None:
        """When the event that keeps this clock's promise happened."""
        match clock:
            case ClockKind.ACKNOWLEDGE:
                return self.accepted_at
            case ClockKind.RESPONSE:
                return self.arrived_at
            case ClockKind.SAFE:
                return self.person_released_at
            case ClockKind.RESOLUTION:
                return self.back_in_service_at
            case _:
                assert_never(clock)

    def pauses_of(self, target: Target) -> tuple[Pause, ...]:
        """Pauses that stop this target's clock; what follows its stop no longer matters to it."""
        stop = self.stopped_at(target.clock)
        return tuple(
            Pause(pause.start, pause.end or stop, pause.reason.value)
            for pause in self.pauses
            if target.clock in clocks_stopped(pause, parts_stop_resolution=target.stops_for_parts)
            and (stop is None or pause.start < stop)
        )
