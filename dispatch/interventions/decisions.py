"""What a person decides about an intervention, and from which status it can be decided.

Every other status is derived: see `status`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from dispatch.errors import Refusal


class InterventionStatus(StrEnum):
    """Where the work a customer asked for stands."""

    DRAFT = "draft"
    QUALIFIED = "qualified"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class InterventionCommand(StrEnum):
    """What somebody decides."""

    QUALIFY = "qualify"
    REFUSE = "refuse"
    HOLD = "hold"
    RELEASE_HOLD = "release_hold"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"
    RULE_OUT_OF_SCOPE = "rule_out_of_scope"
    BRING_IN_SCOPE = "bring_in_scope"


class Decided(StrEnum):
    """The two ends only a person, or a rule a person set, brings about."""

    CLOSED = "closed"
    CANCELLED = "cancelled"


# what an agreement covers is settled before anybody works on it; the status stays what it is
SCOPE = (InterventionCommand.RULE_OUT_OF_SCOPE, InterventionCommand.BRING_IN_SCOPE)

# a visit under way is ended first: nobody cancels what a technician is working on unseen
DECISIONS: Mapping[InterventionStatus, tuple[InterventionCommand, ...]] = MappingProxyType(
    {
        InterventionStatus.DRAFT: (
            InterventionCommand.QUALIFY,
            InterventionCommand.REFUSE,
            InterventionCommand.CANCEL,
            *SCOPE,
        ),
        InterventionStatus.QUALIFIED: (
            InterventionCommand.HOLD,
            InterventionCommand.CLOSE,
            InterventionCommand.CANCEL,
            *SCOPE,
        ),
        InterventionStatus.SCHEDULED: (InterventionCommand.CANCEL, *SCOPE),
        InterventionStatus.IN_PROGRESS: (),
        InterventionStatus.ON_HOLD: (
            InterventionCommand.RELEASE_HOLD,
            InterventionCommand.CLOSE,
            InterventionCommand.CANCEL,
            *SCOPE,
        ),
        InterventionStatus.COMPLETED: (InterventionCommand.CLOSE, InterventionCommand.REOPEN),
        InterventionStatus.CLOSED: (InterventionCommand.REOPEN,),
        InterventionStatus.CANCELLED: (),
    }
)


class DecisionNotAllowed(Refusal):
    """The intervention stands where this cannot be decided; what can be comes along."""

    code = "move_not_allowed"

    def __init__(self, status: InterventionStatus, command: InterventionCommand) -> None:
        self.status = status
        self.command = command
        self.allowed = DECISIONS[status]
        choices = ", ".join(allowed.value for allowed in self.allowed) or "nothing"
        super().__init__(
            f"The intervention is {status.value}: {command.value} is no choice, only {choices}."
        )


class ReopenTooLate(Refusal):
    """The time in which closed work can be taken up again is over."""

    code = "reopen_too_late"

    def __init__(self, closed_at: datetime, reopen_seconds: int) -> None:
        self.closed_at = closed_at
        self.until = closed_at + timedelta(seconds=reopen_seconds)
        super().__init__(
            f"It could be reopened until {self.until.isoformat()}: report a new intervention and"
            " link it as a repeat."
        )


def require_decision(status: InterventionStatus, command: InterventionCommand) -> None:
    """Refuse a decision that the status does not permit: raises `DecisionNotAllowed`.

    >>> require_decision(InterventionStatus.CLOSED, InterventionCommand.REOPEN)
    """
    if command not in DECISIONS[status]:
        raise DecisionNotAllowed(status, command)


def require_reopening(closed_at: datetime, now: datetime, reopen_seconds: int) -> None:
    """Refuse to reopen what was closed too many elapsed seconds ago: raises `ReopenTooLate`.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 6, 2, 12, tzinfo=UTC)
    >>> require_reopening(noon, noon.replace(day=5), reopen_seconds=72 * 3600)
    """
    if now - closed_at > timedelta(seconds=reopen_seconds):
        raise ReopenTooLate(closed_at, reopen_seconds)


def decided_by_completion(*, asks_for_review: bool) -> Decided | None:
    """Say what a technician's `complete` decides: it closes, unless the office wants a look first.

    >>> decided_by_completion(asks_for_review=False).value
    'closed'
    """
    return None if asks_for_review else Decided.CLOSED
