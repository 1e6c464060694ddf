"""What a person decides about an intervention: qualify, hold, close, reopen, its scope and more.

Everything else about its status follows from its visits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import assert_never
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from dispatch.errors import Fault
from dispatch.interventions import (
    Decided,
    DecisionNotAllowed,
    Fact,
    FactKind,
    InterventionCommand,
    InterventionStatus,
    Requirement,
    VisitCommand,
    VisitStatus,
    move,
    require_decision,
    requirements,
)
from server.accounts.scope import Scope
from server.interventions.checklist import blocks_closing
from server.interventions.consequences import end_when_complete, record_closing, settle
from server.interventions.dossier import Dossier, locked_dossier
from server.interventions.events import tell
from server.interventions.evidence import Standstill, end_pauses, record_fact, record_pause
from server.interventions.pause_actions import require_reason
from server.interventions.problems import (
    ChecklistOpen,
    DecisionRefused,
    EvidenceOutstanding,
    InterventionEnded,
)
from server.interventions.promised_files import waive
from server.interventions.reopening import reopen
from server.interventions.schemas import (
    GoodwillBody,
    InterventionCommandBody,
    InterventionCommandKind,
    InterventionOut,
)
from server.interventions.shown import shown_intervention
from server.interventions.spending import keep_goodwill, standing_goodwill
from server.interventions.standing import ENDED, decisions, open_visits, outstanding, part_of
from server.interventions.tables import InterventionDecision, Visit
from server.kit.database import Session
from server.kit.problems import Invalid
from server.kit.work import require_version

ANNOUNCED_AS = {
    InterventionCommand.QUALIFY: "intervention_qualified",
    InterventionCommand.REFUSE: "intervention_refused",
    InterventionCommand.HOLD: "intervention_held",
    InterventionCommand.RELEASE_HOLD: "intervention_released",
    InterventionCommand.CLOSE: "intervention_closed",
    InterventionCommand.REOPEN: "intervention_reopened",
    InterventionCommand.CANCEL: "intervention_cancelled",
    InterventionCommand.RULE_OUT_OF_SCOPE: "intervention_ruled_out_of_scope",
    InterventionCommand.BRING_IN_SCOPE: "intervention_brought_in_scope",
}
# Told with why. The customer reads it of the first two alone: notices leave out the others'.
GIVES_REASON = frozenset(
    {
        InterventionCommand.RULE_OUT_OF_SCOPE,
        InterventionCommand.REFUSE,
        InterventionCommand.CLOSE,
        InterventionCommand.REOPEN,
        InterventionCommand.CANCEL,
    }
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on its way: who takes it, about what, why."""

    session: Session
    scope: Scope
    dossier: Dossier
    reason: str
    evidence: str
    at: datetime


async def decide(
    session: Session,
    scope: Scope,
    intervention_id: UUID,
    body: InterventionCommandBody,
    now: datetime,
) -> InterventionOut:
    """Carry out what a person decides; the same id is the same decision."""
    dossier = await locked_dossier(session, scope, intervention_id)
    key = (scope.account_id, intervention_id, body.id)
    if await session.get(InterventionDecision, key) is None:
        require_version(dossier.intervention.version, body.base_version)
        session.add(_stored(key, body, now))
        decision = Decision(
            session,
            scope,
            dossier,
            reason=body.payload.reason,
            evidence=body.payload.evidence,
            at=now.replace(microsecond=0),
        )
        if body.kind == "acknowledge":
            await _acknowledge(decision)
        elif body.kind == "waive_evidence":
            await _waive(decision)
        elif body.kind == "approve_spending":
            await _approve(decision, body.payload.amount_eur)
        elif body.kind == "withdraw_approval":
            await _withdraw(decision)
        elif body.kind == "promise_goodwill":
            await _promise(decision, body)
        elif body.kind == "withdraw_goodwill":
            await _withdraw_goodwill(decision, body.payload.goodwill_id)
        else:
            await _carry_out(decision, InterventionCommand(body.kind))
    return shown_intervention(dossier, scope, now)


def _stored(
    key: tuple[UUID, UUID, str], body: InterventionCommandBody, now: datetime
) -> InterventionDecision:
    account_id, intervention_id, command_id = key
    return InterventionDecision(
        account_id=account_id,
        intervention_id=intervention_id,
        id=command_id,
        kind=body.kind,
        device_at=body.at,
        received_at=now,
        reason=body.payload.reason,
    )


async def _acknowledge(decision: Decision) -> None:
    """Somebody at the desk has seen the call; which technician takes it is another matter."""
    dossier = decision.dossier
    if dossier.intervention.status in ENDED:
        raise InterventionEnded
    fact = Fact(FactKind.ACKNOWLEDGED, decision.at)
    by = decision.scope.account_id
    if record_fact(decision.session, dossier, fact, by=by, now=decision.at):
        await decision.session.flush()
        await _tell(decision, "intervention_acknowledged")


async def _waive(decision: Decision) -> None:
    """Whoever goes without promised evidence says why; work that waited for nothing else ends."""
    dossier, scope = decision.dossier, decision.scope
    _require_offered(decision, "waive_evidence")
    _require_reason(decision)
    await waive(decision.session, scope, dossier, decision.reason, decision.at)
    is_closed = end_when_complete(decision.session, dossier)
    settle(dossier, decision.at)
    await decision.session.flush()
    if is_closed:
        await _tell(decision, "intervention_closed")


async def _approve(decision: Decision, amount: Decimal | None) -> None:
    """Let parts and goodwill come to more than the technician may decide alone; the last counts."""
    _require_offered(decision, "approve_spending")
    _require_reason(decision)
    if amount is None:
        sentence = "Say what it may come to."
        raise Invalid([Fault("payload.amount_eur", "amount_missing", sentence)])
    await _let(decision, amount, decision.reason, decision.scope.name)
    await _tell_sent(decision, "spending_approved", {"amount_eur": f"{amount:.2f}"})


async def _withdraw(decision: Decision) -> None:
    """What was put in and promised until now stays; more needs another approval."""
    _require_offered(decision, "withdraw_approval")
    await _let(decision, None, "", "")
    await _tell_sent(decision, "spending_approval_withdrawn")


async def _promise(decision: Decision, body: InterventionCommandBody) -> None:
    """The office has no limit. What it promises comes off the statement as on site, once."""
    _require_offered(decision, "promise_goodwill")
    _require_reason(decision)
    amount = body.payload.amount_eur
    if not amount:
        raise Invalid([Fault("payload.amount_eur", "amount_missing", "Say how much.")])
    keep_goodwill(
        decision.session,
        decision.dossier,
        None,
        GoodwillBody(amount_eur=amount, reason=decision.reason),
        command_id=body.id,
        at=decision.at,
        author=decision.scope.name,
    )
    # Nothing of the row itself changes; without a new version two people could promise unseen.
    flag_modified(decision.dossier.intervention, "approved_eur")
    await decision.session.flush()
    await _tell_sent(decision, "goodwill_promised", {"amount_eur": f"{amount:.2f}"})


async def _withdraw_goodwill(decision: Decision, goodwill_id: UUID | None) -> None:
    """What was promised the customer is not given after all; a statement that gave it stays."""
    _require_offered(decision, "withdraw_goodwill")
    _require_reason(decision)
    standing = standing_goodwill(decision.dossier)
    row = next((each for each in standing if each.id == goodwill_id), None)
    if row is None:
        sentence = "No goodwill that was promised here and still stands has this id."
        raise Invalid([Fault("payload.goodwill_id", "goodwill_unknown", sentence)])
    scope = decision.scope
    row.withdrawn_at, row.withdrawn_reason = decision.at, decision.reason
    row.withdrawn_by, row.withdrawn_by_name = scope.account_id, scope.name
    await decision.session.flush()
    await _tell_sent(decision, "goodwill_withdrawn", {"amount_eur": f"{row.amount_eur:.2f}"})


async def _let(decision: Decision, amount: Decimal | None, reason: str, by: str) -> None:
    row = decision.dossier.intervention
    row.approved_eur, row.approved_reason, row.approved_by_name = amount, reason, by
    await decision.session.flush()


async def _tell_sent(decision: Decision, kind: str, more: Mapping[str, str] | None = None) -> None:
    """Tell it with each visit that is still to come: so its technician's phone learns of it."""
    for visit in open_visits(decision.dossier) or (None,):
        await _tell(decision, kind, visit, more)


def _require_offered(decision: Decision, kind: InterventionCommandKind) -> None:
    allowed = decisions(decision.dossier, part_of(decision.scope))
    if kind not in allowed:
        raise DecisionRefused(decision.dossier.intervention.status, allowed)


async def _carry_out(decision: Decision, command: InterventionCommand) -> None:
    _require(decision, command)
    called_off = await _apply(decision, command)
    settle(decision.dossier, decision.at)
    await decision.session.flush()
    for visit in called_off:
        await _tell(decision, "visit_cancelled", visit)
    more = {"reason": decision.reason} if decision.reason and command in GIVES_REASON else {}
    await _tell(decision, ANNOUNCED_AS[command], more=more)


def _require(decision: Decision, command: InterventionCommand) -> None:
    status = InterventionStatus(decision.dossier.intervention.status)
    allowed = decisions(decision.dossier, part_of(decision.scope))
    try:
        require_decision(status, command)
    except DecisionNotAllowed as no:
        raise DecisionRefused(status.value, allowed) from no
    if command.value not in allowed:
        # It is out of scope already, or has never been.
        raise DecisionRefused(status.value, allowed)
    if Requirement.REASON in requirements(command):
        _require_reason(decision)


def _require_reason(decision: Decision) -> None:
    if not decision.reason:
        raise Invalid([Fault("payload.reason", "reason_missing", "Say why.")])


async def _apply(decision: Decision, command: InterventionCommand) -> list[Visit]:
    """Write the decision down; says which visits it called off."""
    row, at = decision.dossier.intervention, decision.at
    match command:
        case InterventionCommand.QUALIFY:
            row.is_qualified = True
        case InterventionCommand.HOLD:
            _hold(decision)
        case InterventionCommand.RELEASE_HOLD:
            row.waiting_reason = ""
            end_pauses(decision.dossier, at)
        case InterventionCommand.CLOSE:
            _close(decision)
        case InterventionCommand.REOPEN:
            await reopen(decision.session, decision.dossier, decision.reason, at)
        case InterventionCommand.RULE_OUT_OF_SCOPE:
            row.out_of_scope_at, row.out_of_scope_reason = at, decision.reason
        case InterventionCommand.BRING_IN_SCOPE:
            row.out_of_scope_at, row.out_of_scope_reason = None, ""
        case InterventionCommand.REFUSE:
            row.told_reason = decision.reason
            _end(decision, Decided.CANCELLED)
        case InterventionCommand.CANCEL:
            _end(decision, Decided.CANCELLED)
            return _call_off(decision)
        case _:
            assert_never(command)
    return []


def _hold(decision: Decision) -> None:
    """What it waits for, from the closed list; which clocks that stops is in its table."""
    require_reason(decision.reason, decision.evidence, is_late=False, path="payload.")
    decision.dossier.intervention.waiting_reason = decision.reason
    still = Standstill(decision.reason, decision.at, decision.evidence)
    record_pause(decision.session, decision.dossier, still, scope=decision.scope, now=decision.at)


def _close(decision: Decision) -> None:
    """Not while something that must be answered on site is not, nor before promised evidence."""
    left = blocks_closing(decision.dossier)
    if left:
        raise ChecklistOpen(left)
    missing = outstanding(decision.dossier)
    if missing:
        raise EvidenceOutstanding([file.id for file in missing])
    _end(decision, Decided.CLOSED)
    record_closing(decision.session, decision.dossier, decision.at, decision.reason)


def _end(decision: Decision, decided: Decided) -> None:
    row = decision.dossier.intervention
    row.decided, row.decided_at = decided.value, decision.at
    row.decision_reason, row.waiting_reason, row.closes_at = decision.reason, "", None
    end_pauses(decision.dossier, decision.at)


def _call_off(decision: Decision) -> list[Visit]:
    visits = open_visits(decision.dossier)
    for visit in visits:
        visit.status = move(VisitStatus(visit.status), VisitCommand.CANCEL).value
        visit.reason = decision.reason
        visit.office_version = visit.version + 1
    return visits


async def _tell(
    decision: Decision,
    kind: str,
    visit: Visit | None = None,
    more: Mapping[str, str] | None = None,
) -> None:
    await tell(
        decision.session,
        decision.scope.actor,
        decision.at,
        kind=kind,
        dossier=decision.dossier,
        visit=visit,
        more=more,
    )
