"""The life of a visit: one technician's scheduled passage, as a table of permitted moves.

Who may make a move and what it must carry is in `permissions`; clocks are in `dispatch.clocks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dispatch.errors import Refusal


class VisitStatus(StrEnum):
    """Where a visit stands."""

    PROPOSED = "proposed"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    EN_ROUTE = "en_route"
    ARRIVED = "arrived"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETED = "completed"
    PARTIALLY_COMPLETED = "partially_completed"
    CANNOT_COMPLETE = "cannot_complete"
    DECLINED = "declined"
    UNASSIGNED = "unassigned"
    CANCELLED = "cancelled"


class VisitCommand(StrEnum):
    """What somebody asks of a visit."""

    PROPOSE = "propose"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    DECLINE = "decline"
    START_TRAVEL = "start_travel"
    ARRIVE = "arrive"
    START_WORK = "start_work"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    COMPLETE_PARTIALLY = "complete_partially"
    CANNOT_COMPLETE = "cannot_complete"
    UNASSIGN = "unassign"
    REASSIGN = "reassign"
    CANCEL = "cancel"


# None is the visit that does not exist yet
VISIT_MOVES: Mapping[tuple[VisitStatus | None, VisitCommand], VisitStatus] = MappingProxyType(
    {
        (None, VisitCommand.PROPOSE): VisitStatus.PROPOSED,
        (VisitStatus.PROPOSED, VisitCommand.DISPATCH): VisitStatus.DISPATCHED,
        (VisitStatus.PROPOSED, VisitCommand.UNASSIGN): VisitStatus.UNASSIGNED,
        (VisitStatus.PROPOSED, VisitCommand.REASSIGN): VisitStatus.UNASSIGNED,
        (VisitStatus.PROPOSED, VisitCommand.CANCEL): VisitStatus.CANCELLED,
        (VisitStatus.DISPATCHED, VisitCommand.ACCEPT): VisitStatus.ACCEPTED,
        (VisitStatus.DISPATCHED, VisitCommand.DECLINE): VisitStatus.DECLINED,
        (VisitStatus.DISPATCHED, VisitCommand.CANNOT_COMPLETE): VisitStatus.CANNOT_COMPLETE,
        (VisitStatus.DISPATCHED, VisitCommand.UNASSIGN): VisitStatus.UNASSIGNED,
        (VisitStatus.DISPATCHED, VisitCommand.REASSIGN): VisitStatus.UNASSIGNED,
        (VisitStatus.DISPATCHED, VisitCommand.CANCEL): VisitStatus.CANCELLED,
        (VisitStatus.ACCEPTED, VisitCommand.START_TRAVEL): VisitStatus.EN_ROUTE,
        (VisitStatus.ACCEPTED, VisitCommand.ARRIVE): VisitStatus.ARRIVED,
        (VisitStatus.ACCEPTED, VisitCommand.DECLINE): VisitStatus.DECLINED,
        (VisitStatus.ACCEPTED, VisitCommand.CANNOT_COMPLETE): VisitStatus.CANNOT_COMPLETE,
        (VisitStatus.ACCEPTED, VisitCommand.UNASSIGN): VisitStatus.UNASSIGNED,
        (VisitStatus.ACCEPTED, VisitCommand.REASSIGN): VisitStatus.UNASSIGNED,
        (VisitStatus.ACCEPTED, VisitCommand.CANCEL): VisitStatus.CANCELLED,
        (VisitStatus.EN_ROUTE, VisitCommand.ARRIVE): VisitStatus.ARRIVED,
        (VisitStatus.EN_ROUTE, VisitCommand.CANNOT_COMPLETE): VisitStatus.CANNOT_COMPLETE,
        (VisitStatus.EN_ROUTE, VisitCommand.CANCEL): VisitStatus.CANCELLED,
        (VisitStatus.ARRIVED, VisitCommand.START_WORK): VisitStatus.IN_PROGRESS,
        (VisitStatus.ARRIVED, VisitCommand.COMPLETE_PARTIALLY): VisitStatus.PARTIALLY_COMPLETED,
        (VisitStatus.ARRIVED, VisitCommand.CANNOT_COMPLETE): VisitStatus.CANNOT_COMPLETE,
        (VisitStatus.ARRIVED, VisitCommand.CANCEL): VisitStatus.CANCELLED,
        (VisitStatus.IN_PROGRESS, VisitCommand.PAUSE): VisitStatus.PAUSED,
        (VisitStatus.IN_PROGRESS, VisitCommand.COMPLETE): VisitStatus.COMPLETED,
        (VisitStatus.IN_PROGRESS, VisitCommand.COMPLETE_PARTIALLY): VisitStatus.PARTIALLY_COMPLETED,
        (VisitStatus.IN_PROGRESS, VisitCommand.CANNOT_COMPLETE): VisitStatus.CANNOT_COMPLETE,
        (VisitStatus.IN_PROGRESS, VisitCommand.CANCEL): VisitStatus.CANCELLED,
        (VisitStatus.PAUSED, VisitCommand.RESUME): VisitStatus.IN_PROGRESS,
        (VisitStatus.PAUSED, VisitCommand.CANNOT_COMPLETE): VisitStatus.CANNOT_COMPLETE,
        (VisitStatus.PAUSED, VisitCommand.CANCEL): VisitStatus.CANCELLED,
    }
)

OPEN_STATUSES = frozenset(status for status, _ in VISIT_MOVES if status is not None)
PLANNED_STATUSES = frozenset({VisitStatus.PROPOSED, VisitStatus.DISPATCHED, VisitStatus.ACCEPTED})
UNDER_WAY_STATUSES = OPEN_STATUSES - PLANNED_STATUSES


class MoveNotAllowed(Refusal):
    """The table has no such move from here; the moves it has come with the refusal."""

    code = "move_not_allowed"

    def __init__(
        self,
        status: VisitStatus | None,
        command: VisitCommand,
        allowed: tuple[VisitCommand, ...],
    ) -> None:
        self.status = status
        self.command = command
        self.allowed = allowed
        here = "does not exist yet" if status is None else f"is {status.value}"
        choices = ", ".join(command.value for command in allowed) or "nothing more"
        super().__init__(f"The visit {here}: {command.value} cannot follow, only {choices}.")


def move(status: VisitStatus | None, command: VisitCommand) -> VisitStatus:
    """Say where a visit stands after a command, or raise `MoveNotAllowed`.

    >>> move(VisitStatus.DISPATCHED, VisitCommand.ACCEPT).value
    'accepted'
    """
    try:
        return VISIT_MOVES[status, command]
    except KeyError:
        raise MoveNotAllowed(status, command, allowed_commands(status)) from None


def allowed_commands(status: VisitStatus | None) -> tuple[VisitCommand, ...]:
    """List the commands a visit in this status can follow, in the order of its life.

    >>> [command.value for command in allowed_commands(VisitStatus.PAUSED)]
    ['resume', 'cannot_complete', 'cancel']
    """
    return tuple(command for start, command in VISIT_MOVES if start == status)
