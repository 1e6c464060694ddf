"""A technician's working day as they tell it: begun, interrupted, ended, sick; and what that means.

Planned hours are in `shifts`; what is left of them for planning is in `availability`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType

from dispatch.roster.shifts import Absence, Shift, ShiftKind

# So much before its shift begins somebody may begin to work.
EARLY = timedelta(hours=2)


class DutyState(StrEnum):
    """Where somebody's working day stands."""

    OFF = "off"
    ON_SHIFT = "on_shift"
    ON_BREAK = "on_break"
    ON_CALL = "on_call"
    SICK = "sick"


class DutyStep(StrEnum):
    """What somebody may say of their working day."""

    START_SHIFT = "start_shift"
    END_SHIFT = "end_shift"
    START_BREAK = "start_break"
    END_BREAK = "end_break"
    REPORT_SICK = "report_sick"
    REPORT_FIT = "report_fit"


MOVES: Mapping[DutyState, Mapping[DutyStep, DutyState]] = MappingProxyType(
    {
        DutyState.OFF: {
            DutyStep.START_SHIFT: DutyState.ON_SHIFT,
            DutyStep.REPORT_SICK: DutyState.SICK,
        },
        # Whoever is called out while on call begins to work, and is on call again afterwards.
        DutyState.ON_CALL: {
            DutyStep.START_SHIFT: DutyState.ON_SHIFT,
            DutyStep.REPORT_SICK: DutyState.SICK,
        },
        DutyState.ON_SHIFT: {
            DutyStep.START_BREAK: DutyState.ON_BREAK,
            DutyStep.END_SHIFT: DutyState.OFF,
            DutyStep.REPORT_SICK: DutyState.SICK,
        },
        DutyState.ON_BREAK: {
            DutyStep.END_BREAK: DutyState.ON_SHIFT,
            DutyStep.END_SHIFT: DutyState.OFF,
            DutyStep.REPORT_SICK: DutyState.SICK,
        },
        DutyState.SICK: {DutyStep.REPORT_FIT: DutyState.OFF},
    }
)
WORKING: Mapping[DutyStep, DutyState] = MappingProxyType(
    {
        DutyStep.START_SHIFT: DutyState.ON_SHIFT,
        DutyStep.END_BREAK: DutyState.ON_SHIFT,
        DutyStep.START_BREAK: DutyState.ON_BREAK,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """One step somebody took, at an instant (UTC)."""

    step: DutyStep
    at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """Where a working day stands: since when, until when as far as known, in which shift.

    `shift` is the one that is worked, or that can be begun now; none if there is none.
    """

    state: DutyState
    since: datetime | None = None
    until: datetime | None = None
    shift: Shift | None = None

    @property
    def allowed(self) -> tuple[DutyStep, ...]:
        """What can be said next."""
        return tuple(
            step
            for step in MOVES[self.state]
            if step is not DutyStep.START_SHIFT or self.shift is not None
        )


@dataclass(frozen=True, slots=True)
class DutyLog:
    """What one technician said in order, with their shifts and absences around that time."""

    steps: Sequence[Told] = ()
    shifts: Sequence[Shift] = ()
    absences: Sequence[Absence] = ()

    def at(self, instant: datetime) -> Duty:
        """Tell how the working day stood at an instant.

        A shift nobody ended is over when the roster and its overtime are; one that was taken out
        of the roster was never begun. Being away counts before anything that was said.

        >>> from datetime import UTC
        >>> at = lambda hour: datetime(2026, 6, 2, hour, tzinfo=UTC)
        >>> early = Shift("aina", ShiftKind.SHIFT, at(6), at(14))
        >>> log = DutyLog([Told(DutyStep.START_SHIFT, at(6))], [early])
        >>> [log.at(at(hour)).state.value for hour in (5, 9, 14)]
        ['off', 'on_shift', 'off']
        """
        away = _away(self.absences, instant)
        if away is not None:
            state = DutyState.SICK if away.is_sick else DutyState.OFF
            return Duty(state, away.starts_at, away.ends_at)
        last = self._last(instant)
        worked = None if last is None else self._worked(last, instant)
        if last is not None and worked is not None:
            return Duty(WORKING[last.step], last.at, worked.ends_at, worked)
        return self._resting(instant, last)

    def _last(self, instant: datetime) -> Told | None:
        place = bisect_right(self.steps, instant, key=attrgetter("at"))
        return self.steps[place - 1] if place else None

    def _worked(self, last: Told, instant: datetime) -> Shift | None:
        """The shift that is still worked after the last step, if any."""
        if last.step not in WORKING:
            return None
        shift = shift_to_begin(self.shifts, last.at)
        return shift if shift is not None and instant < latest_end(shift) else None

    def _resting(self, instant: datetime, last: Told | None) -> Duty:
        shift = shift_to_begin(self.shifts, instant)
        on_call = [
            each
            for each in self.shifts
            if each.kind is ShiftKind.ON_CALL and each.starts_at <= instant < each.ends_at
        ]
        if on_call:
            return Duty(DutyState.ON_CALL, on_call[0].starts_at, on_call[0].ends_at, shift)
        following = [each.starts_at for each in self.shifts if each.starts_at > instant]
        since = last.at if last is not None and last.step is DutyStep.END_SHIFT else None
        return Duty(DutyState.OFF, since, min(following, default=None), shift)

    def may_be_reached(self, instant: datetime) -> bool:
        """Tell whether the right to disconnect allows a message: on shift or on call, not away.

        In a shift that was not begun somebody may be reached, after they ended it not; a break
        is theirs to take, but what is urgent must find them.
        """
        duty = self.at(instant)
        if duty.state is not DutyState.OFF:
            return duty.state is not DutyState.SICK
        if _away(self.absences, instant) is not None:
            return False
        within = (each for each in self.shifts if each.starts_at <= instant < latest_end(each))
        return any(not self._has_ended(each, instant) for each in within)

    def _has_ended(self, shift: Shift, instant: datetime) -> bool:
        last = self._last(instant)
        return (
            last is not None
            and last.step is DutyStep.END_SHIFT
            and shift.starts_at - EARLY <= last.at
        )


def latest_end(shift: Shift) -> datetime:
    """When a shift is over whatever was said: its end, and the overtime it allows."""
    return shift.ends_at + timedelta(seconds=shift.overtime_max_seconds)


def shift_to_begin(shifts: Iterable[Shift], instant: datetime) -> Shift | None:
    """Find the shift that somebody who begins to work now begins; an ordinary one first."""
    near = [
        each
        for each in shifts
        if each.starts_at - (EARLY if each.kind is ShiftKind.SHIFT else timedelta())
        <= instant
        < latest_end(each)
    ]
    near.sort(key=lambda each: (each.kind is ShiftKind.ON_CALL, each.starts_at))
    return near[0] if near else None


def _away(absences: Iterable[Absence], instant: datetime) -> Absence | None:
    """The absence somebody is in; being sick counts before any other, then the longest."""
    within = [each for each in absences if each.starts_at <= instant < each.ends_at]
    return max(within, key=lambda each: (each.is_sick, each.ends_at), default=None)
