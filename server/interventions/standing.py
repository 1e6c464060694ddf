"""Where an intervention stands: the core's tables applied to what is stored.

How its clocks stand is in `clocks`; nothing is written here.
"""

from datetime import datetime

from dispatch.clocks import Timeline
from dispatch.interventions import (
    DECISIONS,
    OPEN_STATUSES,
    Decided,
    FactKind,
    InterventionCommand,
    InterventionStatus,
    PauseReason,
    RecordedPause,
    VisitCommand,
    VisitStatus,
    allowed_commands,
    derive_status,
    permission,
)
from dispatch.interventions import Role as Part
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.interventions.dossier import Dossier
from server.interventions.schemas import InterventionCommandKind, VisitCommandKind
from server.interventions.tables import Intervention, Visit

PARTS = {
    Role.ADMIN: Part.DISPATCHER,
    Role.DISPATCHER: Part.DISPATCHER,
    Role.TECHNICIAN: Part.TECHNICIAN,
    Role.MANAGER: Part.MANAGER,
}
OPEN = frozenset(status.value for status in OPEN_STATUSES)
ENDED = frozenset({InterventionStatus.CLOSED.value, InterventionStatus.CANCELLED.value})
SITE_FACTS: tuple[VisitCommandKind, ...] = ("person_released", "made_safe", "back_in_service")
# Whole visits are made and replaced by planning, not by a command to one of them.
NOT_COMMANDED = frozenset({VisitCommand.PROPOSE, VisitCommand.REASSIGN})


def part_of(scope: Scope) -> Part | None:
    """The part this caller plays in the tables; None for those who only read."""
    return PARTS.get(scope.role)


def status_of(dossier: Dossier) -> InterventionStatus:
    """Where the intervention stands now."""
    row = dossier.intervention
    status = derive_status(
        None if row.decided is None else Decided(row.decided),
        [VisitStatus(visit.status) for visit in dossier.visits if _counts(visit, row)],
        waiting_reason=row.waiting_reason,
        qualified=row.is_qualified,
    )
    # A hold is decided by a person: it stands before the first visit as well as after the last.
    is_held = bool(row.waiting_reason) and status is InterventionStatus.QUALIFIED
    return InterventionStatus.ON_HOLD if is_held else status


def _counts(visit: Visit, row: Intervention) -> bool:
    return row.reopened_at is None or visit.created_at >= row.reopened_at


def timeline(dossier: Dossier) -> Timeline:
    """What happened, as the clocks see it: the first time of each."""
    return Timeline(
        reported_at=dossier.intervention.reported_at,
        dispatched_at=min((v.announced_at for v in dossier.visits if v.announced_at), default=None),
        accepted_at=min((v.accepted_at for v in dossier.visits if v.accepted_at), default=None),
        arrived_at=min((v.arrived_at for v in dossier.visits if v.arrived_at), default=None),
        person_released_at=_time_of(dossier, FactKind.PERSON_RELEASED),
        back_in_service_at=_time_of(dossier, FactKind.BACK_IN_SERVICE),
        pauses=tuple(
            RecordedPause(PauseReason(p.reason), p.from_at, p.to_at, p.is_approved)
            for p in dossier.pauses
        ),
    )


def _time_of(dossier: Dossier, kind: FactKind) -> datetime | None:
    found = dossier.fact(kind.value)
    return None if found is None else found.at


def open_visits(dossier: Dossier) -> list[Visit]:
    return [visit for visit in dossier.visits if visit.status in OPEN]


def decisions(dossier: Dossier, part: Part | None) -> list[InterventionCommandKind]:
    """What this caller may decide about the intervention now."""
    if part is not Part.DISPATCHER:
        return []
    status = InterventionStatus(dossier.intervention.status)
    possible = [c for c in DECISIONS[status] if permission(part, c) is not None]
    known = dossier.fact(FactKind.ACKNOWLEDGED.value) is not None
    first: list[InterventionCommandKind] = [] if known or status.value in ENDED else ["acknowledge"]
    return first + [_decision(command) for command in possible]


def _decision(command: InterventionCommand) -> InterventionCommandKind:
    return command.value


def visit_commands(dossier: Dossier, visit: Visit, part: Part | None) -> list[VisitCommandKind]:
    """What this caller may ask of the visit now."""
    if part not in {Part.TECHNICIAN, Part.DISPATCHER}:
        return []
    status = VisitStatus(visit.status)
    moves = [
        command.value
        for command in allowed_commands(status)
        if command not in NOT_COMMANDED and permission(part, command) is not None
    ]
    if status not in OPEN_STATUSES or status is VisitStatus.PROPOSED:
        return moves  # type: ignore[return-value]
    return [*moves, *_facts(dossier), "note"]  # type: ignore[list-item]


def _facts(dossier: Dossier) -> list[VisitCommandKind]:
    is_entrapment = dossier.intervention.severity == "S1"
    return [
        kind
        for kind in SITE_FACTS
        if dossier.fact(kind) is None and (is_entrapment or kind != "person_released")
    ]
