"""Why a clock may stand still: a closed list, which clocks each reason stops, who may use it.

Counting around pauses is done by `dispatch.hours`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
    """Which clocks a reason stops, who may use it, what must come along, who must approve."""

    stops: frozenset[ClockKind]
    who: frozenset[Role]
    needs_approval: bool = False  # by a second person
    needs_evidence: bool = True  # a photo, a call, a name: what stops a clock can be shown


BACKDATED_SECONDS = 60  # what a phone's clock and a slow hand explain
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
        PauseReason.AWAITING_PARTS: PauseRule(NOTHING, STAFF, needs_evidence=False),
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


class EvidenceMissing(Refusal):
    """Nothing was given to show that the pause is true."""

    code = "evidence_missing"

    def __init__(self, reason: PauseReason) -> None:
        self.reason = reason
        super().__init__(f"Say what shows {reason.value}: a photo, a call or a name.")


class SecondPersonNeeded(Refusal):
    """Whoever recorded something may not be the one to approve it."""

    code = "second_person_needed"

    def __init__(self, person: str) -> None:
        self.person = person
        super().__init__("You recorded this yourself: ask a colleague to approve it.")


@dataclass(frozen=True, slots=True)
class RecordedPause:
    """A pause as it was recorded; without an end nobody has resumed yet.

    `needs_approval` is asked of this one pause, because it was recorded late; what its reason
    asks always stands in `PAUSE_RULES`.
    """

    reason: PauseReason
    start: datetime
    end: datetime | None = None
    is_approved: bool = False
    author: str = ""
    needs_approval: bool = False

    @property
    def counts(self) -> bool:
        """Whether it stops anything: not while an approval it needs is missing."""
        is_asked = self.needs_approval or PAUSE_RULES[self.reason].needs_approval
        return self.is_approved or not is_asked


def require_pause(
    reason: PauseReason, role: Role, *, evidence: str = "", backdated: bool = False
) -> None:
    """Refuse a pause: raises `PauseNotAllowed` for the role, `EvidenceMissing` for no evidence.

    One that was recorded late needs evidence whatever its reason.

    >>> require_pause(PauseReason.NO_ACCESS, Role.TECHNICIAN, evidence="photo of the locked gate")
    """
    rule = PAUSE_RULES[reason]
    if role not in rule.who:
        raise PauseNotAllowed(reason, role)
    if (rule.needs_evidence or backdated) and not evidence.strip():
        raise EvidenceMissing(reason)


def is_backdated(start: datetime, recorded_at: datetime) -> bool:
    """Whether a pause is said to have begun more than a minute before anybody recorded it.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> is_backdated(noon, noon.replace(minute=1)), is_backdated(noon, noon.replace(minute=2))
    (False, True)
    """
    return recorded_at - start > timedelta(seconds=BACKDATED_SECONDS)


def approval_needed(reason: PauseReason, backdated: bool) -> bool:  # noqa: FBT001 - one fact of two
    """Say whether a second person must approve before the pause counts.

    >>> approval_needed(PauseReason.NO_ACCESS, False), approval_needed(PauseReason.NO_ACCESS, True)
    (False, True)
    """
    return backdated or PAUSE_RULES[reason].needs_approval


def require_second_person(recorded_by: str, approver: str) -> None:
    """Refuse an approval by whoever recorded the thing: raises `SecondPersonNeeded`.

    >>> require_second_person("ines", "bram")
    """
    if recorded_by == approver:
        raise SecondPersonNeeded(approver)


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
    if not pause.counts:
        return NOTHING
    if pause.reason is PauseReason.AWAITING_PARTS and parts_stop_resolution:
        return RESOLUTION
    return PAUSE_RULES[pause.reason].stops
