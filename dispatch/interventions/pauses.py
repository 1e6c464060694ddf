"""Why a clock may stand still: a closed list, which clocks each reason stops, who may use it.

Counting around pauses is done by `dispatch.hours`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from dispatch.errors import Refusal
from dispatch.hours import ClockKind
from dispatch.interventions.roles import Role


class PauseReason(StrEnum):
    """The only reasons there are."""

    NO_ACCESS = "no_access"
    CUSTOMER_REQUESTED_SLOT = "customer_requested_slot"
    SAFETY_STOP = "safety_stop"
    AWAITING_CUSTOMER_DECISION = "awaiting_customer_decision"
    FORCE_MAJEURE = "force_majeure"
    AWAITING_PARTS = "awaiting_parts"
    RESOLVED_PENDING_CONFIRMATION = "resolved_pending_confirmation"


@dataclass(frozen=True, slots=True)
class PauseRule:
    """Which clocks a reason stops, who may use it, and whether a second person must approve."""

    stops: frozenset[ClockKind]
    who: frozenset[Role]
    needs_approval: bool = False


NOTHING: frozenset[ClockKind] = frozenset()
RESOLUTION = frozenset({ClockKind.RESOLUTION})
ARRIVAL_AND_REPAIR = frozenset({ClockKind.RESPONSE, ClockKind.RESOLUTION})
# accepting needs no access, no slot and no good weather, so nothing stops that clock
ALL_BUT_ACKNOWLEDGE = frozenset({ClockKind.RESPONSE, ClockKind.SAFE, ClockKind.RESOLUTION})
STAFF = frozenset({Role.TECHNICIAN, Role.DISPATCHER})
OFFICE = frozenset({Role.DISPATCHER})

# while people are trapped only force majeure, approved by a second person, excuses a delay
PAUSE_RULES: Mapping[PauseReason, PauseRule] = MappingProxyType(
    {
        PauseReason.NO_ACCESS: PauseRule(ARRIVAL_AND_REPAIR, STAFF),
        PauseReason.CUSTOMER_REQUESTED_SLOT: PauseRule(ARRIVAL_AND_REPAIR, OFFICE),
        PauseReason.SAFETY_STOP: PauseRule(ARRIVAL_AND_REPAIR, STAFF),
        PauseReason.AWAITING_CUSTOMER_DECISION: PauseRule(RESOLUTION, STAFF),
        PauseReason.FORCE_MAJEURE: PauseRule(ALL_BUT_ACKNOWLEDGE, OFFICE, needs_approval=True),
        PauseReason.AWAITING_PARTS: PauseRule(NOTHING, STAFF),
        PauseReason.RESOLVED_PENDING_CONFIRMATION: PauseRule(RESOLUTION, STAFF),
    }
)


class PauseNotAllowed(Refusal):
    """This reason is not for this role to use."""

    code = "pause_not_allowed"

    def __init__(self, reason: PauseReason, role: Role) -> None:
        self.reason = reason
        self.role = role
        self.allowed = PAUSE_RULES[reason].who
        allowed = ", ".join(sorted(self.allowed))
        super().__init__(f"{reason.value} may be used by {allowed}, not by a {role.value}.")


@dataclass(frozen=True, slots=True)
class RecordedPause:
    """A pause as it was recorded; without an end nobody has resumed yet."""

    reason: PauseReason
    start: datetime
    end: datetime | None = None
    is_approved: bool = False


def require_pause(reason: PauseReason, role: Role) -> None:
    """Refuse a reason to a role that may not use it: raises `PauseNotAllowed`.

    >>> require_pause(PauseReason.NO_ACCESS, Role.TECHNICIAN)
    """
    if role not in PAUSE_RULES[reason].who:
        raise PauseNotAllowed(reason, role)


def clocks_stopped(
    pause: RecordedPause, *, parts_stop_resolution: bool = False
) -> frozenset[ClockKind]:
    """Name the clocks a pause stops; none while an approval is missing.

    Waiting for parts stops nothing, unless the agreement lets it stop the resolution clock.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> sorted(clocks_stopped(RecordedPause(PauseReason.NO_ACCESS, noon)))
    [<ClockKind.RESOLUTION: 'resolution'>, <ClockKind.RESPONSE: 'response'>]
    """
    if pause.reason is PauseReason.AWAITING_PARTS and parts_stop_resolution:
        return RESOLUTION
    rule = PAUSE_RULES[pause.reason]
    return NOTHING if rule.needs_approval and not pause.is_approved else rule.stops
