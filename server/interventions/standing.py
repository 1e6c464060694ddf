"""Where an intervention stands: the core's tables applied to what is stored.

How its clocks stand is in `clocks`; nothing is written here.
"""

from datetime import datetime
from decimal import Decimal

from dispatch.clocks import Closing, Timeline
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
from server.interventions.tables import PauseOfWork, PromisedFile, Visit

PARTS = {
    Role.ADMIN: Part.DISPATCHER,
    Role.DISPATCHER: Part.DISPATCHER,
    Role.TECHNICIAN: Part.TECHNICIAN,
    Role.MANAGER: Part.MANAGER,
}
OPEN = frozenset(status.value for status in OPEN_STATUSES)
ENDED = frozenset({InterventionStatus.CLOSED.value, InterventionStatus.CANCELLED.value})
# Who is late is not there yet; what still has to be done is found out on site.
COMING = frozenset({VisitStatus.DISPATCHED, VisitStatus.ACCEPTED, VisitStatus.EN_ROUTE})
WAS_THERE = frozenset(
    {VisitStatus.COMPLETED, VisitStatus.PARTIALLY_COMPLETED, VisitStatus.CANNOT_COMPLETE}
)
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
        [VisitStatus(visit.status) for visit in counting_visits(dossier)],
        waiting_reason=row.waiting_reason,
        qualified=row.is_qualified,
    )
    # A hold is decided by a person: it stands before the first visit as well as after the last.
    is_held = bool(row.waiting_reason) and status is InterventionStatus.QUALIFIED
    return InterventionStatus.ON_HOLD if is_held else status


def counting_visits(dossier: Dossier) -> list[Visit]:
    """The visits made since the call, or since it was reopened."""
    reopened_at = dossier.intervention.reopened_at
    return [v for v in dossier.visits if reopened_at is None or v.created_at >= reopened_at]


def timeline(dossier: Dossier) -> Timeline:
    """What happened, as the clocks see it."""
    row, visits = dossier.intervention, dossier.visits
    return Timeline(
        reported_at=row.reported_at,
        dispatched_at=min((v.announced_at for v in visits if v.announced_at), default=None),
        acknowledgements=tuple(v.accepted_at for v in visits if v.accepted_at),
        arrivals=tuple(v.arrived_at for v in visits if v.arrived_at),
        released=_times_of(dossier, FactKind.PERSON_RELEASED),
        restored=_times_of(dossier, FactKind.BACK_IN_SERVICE),
        pauses=tuple(_pause(each) for each in dossier.pauses),
        closings=tuple(Closing(each.closed_at, each.reopened_at) for each in dossier.closings),
        cancelled_at=row.decided_at if row.decided == Decided.CANCELLED.value else None,
        out_of_scope_at=row.out_of_scope_at,
    )


def _times_of(dossier: Dossier, kind: FactKind) -> tuple[datetime, ...]:
    return tuple(fact.at for fact in dossier.facts if fact.kind == kind.value)


def _pause(row: PauseOfWork) -> RecordedPause:
    return RecordedPause(
        PauseReason(row.reason),
        row.from_at,
        row.to_at,
        is_approved=row.is_approved,
        author=row.author_name,
        needs_approval=row.needs_approval,
    )


def can_decide(pause: PauseOfWork, scope: Scope) -> bool:
    """Whether this caller may be the second person: nobody approves what they recorded."""
    is_open = pause.needs_approval and pause.decided_at is None
    is_office = part_of(scope) is Part.DISPATCHER
    return is_open and is_office and pause.recorded_by != scope.account_id


def outstanding(dossier: Dossier) -> list[PromisedFile]:
    """Files that were promised and are not here, and that nobody has waived."""
    return [row for row in dossier.files if row.state in {"promised", "refused"}]


def open_visits(dossier: Dossier) -> list[Visit]:
    return [visit for visit in dossier.visits if visit.status in OPEN]


def lowest_authority(dossier: Dossier) -> Decimal | None:
    """The least that one of those still to come may decide alone, EUR; None without a limit."""
    limits = (dossier.authority[visit.technician_id] for visit in open_visits(dossier))
    return min((each for each in limits if each is not None), default=None)


def decisions(dossier: Dossier, part: Part | None) -> list[InterventionCommandKind]:
    """What this caller may decide about the intervention now."""
    if part is not Part.DISPATCHER:
        return []
    status = InterventionStatus(dossier.intervention.status)
    pointless = (
        InterventionCommand.BRING_IN_SCOPE
        if dossier.intervention.out_of_scope_at is None
        else InterventionCommand.RULE_OUT_OF_SCOPE
    )
    possible = [c for c in DECISIONS[status] if c is not pointless and permission(part, c)]
    known = dossier.fact(FactKind.ACKNOWLEDGED.value) is not None
    first: list[InterventionCommandKind] = [] if known or status.value in ENDED else ["acknowledge"]
    last: list[InterventionCommandKind] = ["waive_evidence"] if outstanding(dossier) else []
    return first + [_decision(command) for command in possible] + last + _spending(dossier)


def _spending(dossier: Dossier) -> list[InterventionCommandKind]:
    """More than a technician may decide alone is approved while one with a limit is on it.

    The customer can be promised something after the end too, but for what was merged: that is done
    where it went. What was promised can be withdrawn in any case.
    """
    row = dossier.intervention
    is_promised = any(each.withdrawn_at is None for each in dossier.goodwill)
    goodwill: list[InterventionCommandKind] = []
    if row.merged_into_id is None:
        goodwill.append("promise_goodwill")
    if is_promised:
        goodwill.append("withdraw_goodwill")
    if row.status in ENDED:
        return goodwill
    can: list[InterventionCommandKind] = []
    if lowest_authority(dossier) is not None:
        can.append("approve_spending")
    if row.approved_eur is not None:
        can.append("withdraw_approval")
    return can + goodwill


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
    if status in WAS_THERE:
        return [*moves, "note", "order_follow_up"]  # type: ignore[list-item]
    if status not in OPEN_STATUSES or status is VisitStatus.PROPOSED:
        return moves  # type: ignore[return-value]
    last = "running_late" if status in COMING else "order_follow_up"
    return [*moves, *_facts(dossier), "note", last]  # type: ignore[list-item]


def _facts(dossier: Dossier) -> list[VisitCommandKind]:
    is_entrapment = dossier.intervention.severity == "S1"
    return [
        kind
        for kind in SITE_FACTS
        if dossier.fact(kind) is None and (is_entrapment or kind != "person_released")
    ]
