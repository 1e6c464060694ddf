"""Judging what a technician said of their working day: when it was, and whether it could be.

Nothing is read or written here; carrying out is in `actions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from dispatch.interventions.device_clock import Told as ToldByDevice
from dispatch.interventions.device_clock import heard
from dispatch.roster import Duty, DutyLog, DutyState, DutyStep
from server.presence.schemas import DutyCommandBody, Outcome

# Said again, it changes nothing: a second phone, or a slip nobody needs to hear of.
SAID_ALREADY: Mapping[DutyStep, frozenset[DutyState]] = MappingProxyType(
    {
        DutyStep.START_SHIFT: frozenset({DutyState.ON_SHIFT}),
        DutyStep.END_BREAK: frozenset({DutyState.ON_SHIFT}),
        DutyStep.START_BREAK: frozenset({DutyState.ON_BREAK}),
        DutyStep.END_SHIFT: frozenset({DutyState.OFF, DutyState.ON_CALL, DutyState.SICK}),
        DutyStep.REPORT_SICK: frozenset({DutyState.SICK}),
        DutyStep.REPORT_FIT: frozenset({DutyState.OFF, DutyState.ON_CALL, DutyState.ON_SHIFT}),
    }
)


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it was not carried out."""

    outcome: Outcome
    code: str


def judged_instant(said: DutyCommandBody, log: DutyLog, now: datetime) -> datetime:
    """When it happened by the server's clock: not before what was said before."""
    earliest = log.steps[-1].at if log.steps else now - timedelta(days=3)
    told = ToldByDevice(said.at, said.clock_offset_seconds, said.sent_at)
    return heard(told, earliest=earliest, now=now).at


def refusal(duty: Duty, step: DutyStep) -> Refused | None:
    """Why this cannot be said now, or None when it can or changes nothing."""
    if step in duty.allowed or is_said_already(duty, step):
        return None
    if duty.state is DutyState.SICK:
        return Refused("conflict", "absent")
    if duty.state in {DutyState.OFF, DutyState.ON_CALL}:
        # What the phone knew of the roster is not so any more, or never was.
        return Refused("conflict", "no_shift")
    return Refused("rejected", "duty_step_not_allowed")


def is_said_already(duty: Duty, step: DutyStep) -> bool:
    """Whether the day stands already as this would have it."""
    return duty.state in SAID_ALREADY[step]
