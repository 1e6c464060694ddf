"""How a version comes into force and goes out of it: one table, and who may not act alone.

Which days a version holds is in `versions`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dispatch.errors import Refusal


class VersionStatus(StrEnum):
    """Where a version stands."""

    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    VERIFIED = "verified"
    FINAL_REVIEW = "final_review"
    APPROVED = "approved"
    SIGNED = "signed"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    LEGAL_HOLD = "legal_hold"
    TERMINATED = "terminated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class VersionCommand(StrEnum):
    """What can be done with a version.

    `supersede` is done by activating the next one, `approve` by the last party that agrees.
    """

    NEGOTIATE = "negotiate"
    VERIFY = "verify"
    SEND_BACK = "send_back"
    CIRCULATE = "circulate"
    APPROVE = "approve"
    SIGN = "sign"
    ACTIVATE = "activate"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    REQUEST_TERMINATION = "request_termination"
    LIFT_HOLD = "lift_hold"
    CONFIRM_TERMINATION = "confirm_termination"
    CLOSE = "close"


VERSION_MOVES: Mapping[tuple[VersionStatus, VersionCommand], VersionStatus] = MappingProxyType(
    {
        (VersionStatus.DRAFT, VersionCommand.NEGOTIATE): VersionStatus.NEGOTIATION,
        (VersionStatus.DRAFT, VersionCommand.VERIFY): VersionStatus.VERIFIED,
        (VersionStatus.NEGOTIATION, VersionCommand.VERIFY): VersionStatus.VERIFIED,
        (VersionStatus.VERIFIED, VersionCommand.SEND_BACK): VersionStatus.DRAFT,
        (VersionStatus.VERIFIED, VersionCommand.CIRCULATE): VersionStatus.FINAL_REVIEW,
        (VersionStatus.FINAL_REVIEW, VersionCommand.APPROVE): VersionStatus.APPROVED,
        (VersionStatus.FINAL_REVIEW, VersionCommand.SEND_BACK): VersionStatus.DRAFT,
        (VersionStatus.APPROVED, VersionCommand.SEND_BACK): VersionStatus.DRAFT,
        (VersionStatus.VERIFIED, VersionCommand.SIGN): VersionStatus.SIGNED,
        (VersionStatus.APPROVED, VersionCommand.SIGN): VersionStatus.SIGNED,
        (VersionStatus.SIGNED, VersionCommand.ACTIVATE): VersionStatus.ACTIVE,
        (VersionStatus.DRAFT, VersionCommand.WITHDRAW): VersionStatus.WITHDRAWN,
        (VersionStatus.NEGOTIATION, VersionCommand.WITHDRAW): VersionStatus.WITHDRAWN,
        (VersionStatus.VERIFIED, VersionCommand.WITHDRAW): VersionStatus.WITHDRAWN,
        (VersionStatus.FINAL_REVIEW, VersionCommand.WITHDRAW): VersionStatus.WITHDRAWN,
        (VersionStatus.APPROVED, VersionCommand.WITHDRAW): VersionStatus.WITHDRAWN,
        (VersionStatus.SIGNED, VersionCommand.WITHDRAW): VersionStatus.WITHDRAWN,
        (VersionStatus.ACTIVE, VersionCommand.SUPERSEDE): VersionStatus.SUPERSEDED,
        (VersionStatus.ACTIVE, VersionCommand.REQUEST_TERMINATION): VersionStatus.LEGAL_HOLD,
        (VersionStatus.LEGAL_HOLD, VersionCommand.LIFT_HOLD): VersionStatus.ACTIVE,
        (VersionStatus.LEGAL_HOLD, VersionCommand.CONFIRM_TERMINATION): VersionStatus.TERMINATED,
        (VersionStatus.TERMINATED, VersionCommand.CLOSE): VersionStatus.CLOSED,
        (VersionStatus.SUPERSEDED, VersionCommand.CLOSE): VersionStatus.CLOSED,
    }
)

# only a draft may be edited, also while it is negotiated: any later change is a new version
WRITTEN = frozenset({VersionStatus.DRAFT, VersionStatus.NEGOTIATION})

# done by the system, offered to nobody
BY_ITSELF = frozenset({VersionCommand.SUPERSEDE, VersionCommand.APPROVE})

# their days count when asking what was in force: a call of last year keeps its promise
HOLDS = frozenset(
    {
        VersionStatus.ACTIVE,
        VersionStatus.LEGAL_HOLD,
        VersionStatus.TERMINATED,
        VersionStatus.SUPERSEDED,
        VersionStatus.CLOSED,
    }
)


class FirstPerson(StrEnum):
    """Whose work or wish a second person has to look at."""

    AUTHOR = "author"
    REQUESTER = "requester"


NEEDS_OTHER_PERSON: Mapping[VersionCommand, FirstPerson] = MappingProxyType(
    {
        VersionCommand.VERIFY: FirstPerson.AUTHOR,
        VersionCommand.CONFIRM_TERMINATION: FirstPerson.REQUESTER,
    }
)


class VersionMoveNotAllowed(Refusal):
    """The version stands where this command cannot be given."""

    code = "move_not_allowed"

    def __init__(self, status: VersionStatus, command: VersionCommand) -> None:
        self.status = status
        self.command = command
        self.allowed = allowed_version_commands(status)
        can = ", ".join(each.value for each in self.allowed) or "nothing more"
        super().__init__(f"A version that is {status.value} cannot {command.value}; it can: {can}.")


def move_version(status: VersionStatus, command: VersionCommand) -> VersionStatus:
    """Give the status a command leads to. Raises `VersionMoveNotAllowed`.

    >>> move_version(VersionStatus.SIGNED, VersionCommand.ACTIVATE).value
    'active'
    """
    moved = VERSION_MOVES.get((status, command))
    if moved is None:
        raise VersionMoveNotAllowed(status, command)
    return moved


def allowed_version_commands(status: VersionStatus) -> tuple[VersionCommand, ...]:
    """List what can be done with a version now, in the order of the table.

    >>> [command.value for command in allowed_version_commands(VersionStatus.LEGAL_HOLD)]
    ['lift_hold', 'confirm_termination']
    """
    return tuple(command for here, command in VERSION_MOVES if here is status)
