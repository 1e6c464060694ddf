"""Pauses the office writes down, and the second person who lets them count or does not.

A hold and a technician's pause are recorded with their commands; which clocks a pause stops is
`dispatch`'s to say.
"""

from datetime import datetime, timedelta
from uuid import UUID

from dispatch.errors import Fault
from dispatch.interventions import (
    EvidenceMissing,
    InterventionStatus,
    PauseNotAllowed,
    PauseReason,
    is_backdated,
    require_pause,
    require_second_person,
)
from dispatch.interventions import Role as Part
from dispatch.interventions import SecondPersonNeeded as OneselfRefused
from server.accounts.scope import Scope
from server.interventions.consequences import settle
from server.interventions.dossier import Dossier, locked_dossier
from server.interventions.events import tell
from server.interventions.evidence import Standstill, record_pause
from server.interventions.problems import InterventionEnded
from server.interventions.schemas import InterventionOut, PauseBody, PauseDecisionBody
from server.interventions.shown import shown_intervention
from server.interventions.standing import ENDED
from server.interventions.tables import PauseOfWork
from server.kit.database import Session
from server.kit.problems import AlreadyDecided, Invalid, NotFound, SecondPersonNeeded

# Typing takes a while and clocks differ a little.
NOW_ENOUGH = timedelta(minutes=1)
# Where nothing is under way, an open pause holds the intervention until it is released.
HOLDABLE = frozenset({InterventionStatus.QUALIFIED.value, InterventionStatus.ON_HOLD.value})


async def record(
    session: Session, scope: Scope, intervention_id: UUID, data: PauseBody, now: datetime
) -> InterventionOut:
    """Write down that work stood still; what is written late counts once somebody else agrees."""
    dossier = await locked_dossier(session, scope, intervention_id)
    if dossier.intervention.status in ENDED:
        raise InterventionEnded
    is_late = is_backdated(data.from_at, now)
    require_reason(data.reason, data.evidence, is_late=is_late, path="")
    still = Standstill(data.reason, _whole(data.from_at, now), data.evidence, _end(data, now))
    _require_span(dossier, still, now, given=data.from_at)
    record_pause(session, dossier, still, scope=scope, now=now, is_backdated=is_late)
    if still.to_at is None and not dossier.intervention.waiting_reason:
        dossier.intervention.waiting_reason = data.reason
    await _settled(session, scope, dossier, now, kind="pause_recorded")
    return shown_intervention(dossier, scope, now)


async def decide(
    session: Session, scope: Scope, pause_id: UUID, data: PauseDecisionBody, now: datetime
) -> InterventionOut:
    """Let a pause count, or not: once, and never one's own."""
    found = await session.get(PauseOfWork, pause_id)
    if found is None:
        raise NotFound
    dossier = await locked_dossier(session, scope, found.intervention_id)
    await session.refresh(found)
    if not found.needs_approval or found.decided_at is not None:
        raise AlreadyDecided
    try:
        require_second_person(str(found.recorded_by), str(scope.account_id))
    except OneselfRefused as no:
        raise SecondPersonNeeded from no
    found.is_approved = data.decision == "approved"
    found.decided_by, found.decided_by_name = scope.account_id, scope.name
    found.decided_at = now
    await _settled(session, scope, dossier, now, kind=f"pause_{data.decision}")
    return shown_intervention(dossier, scope, now)


def require_reason(reason: str, evidence: str, *, is_late: bool, path: str) -> None:
    """Refuse a reason the office may not use, or one that nothing shows; `path` is its prefix."""
    if reason not in set(PauseReason):
        sentence = "Choose one of the reasons to wait."
        raise Invalid([Fault(f"{path}reason", "reason_unknown", sentence)])
    try:
        require_pause(PauseReason(reason), Part.DISPATCHER, evidence=evidence, backdated=is_late)
    except EvidenceMissing as no:
        raise Invalid([Fault(f"{path}evidence", no.code, str(no))]) from no
    except PauseNotAllowed as no:
        raise Invalid([Fault(f"{path}reason", no.code, str(no))]) from no


def _whole(instant: datetime, now: datetime) -> datetime:
    return min(instant, now).replace(microsecond=0)


def _end(data: PauseBody, now: datetime) -> datetime | None:
    return None if data.to_at is None else _whole(data.to_at, now)


def _require_span(dossier: Dossier, still: Standstill, now: datetime, *, given: datetime) -> None:
    faults = []
    if still.from_at < dossier.intervention.reported_at:
        sentence = "Work cannot stand still before the call."
        faults.append(Fault("from_at", "before_report", sentence))
    if given > now + NOW_ENOUGH:
        sentence = "A pause cannot begin later than now."
        faults.append(Fault("from_at", "in_future", sentence))
    if still.to_at is not None and still.to_at <= still.from_at:
        faults.append(Fault("to_at", "not_after_start", "The pause ends before it begins."))
    if still.to_at is None and dossier.intervention.status not in HOLDABLE:
        sentence = "Say when it ended: an open pause holds an intervention nobody is sent to."
        faults.append(Fault("to_at", "missing", sentence))
    if faults:
        raise Invalid(faults)


async def _settled(
    session: Session, scope: Scope, dossier: Dossier, now: datetime, *, kind: str
) -> None:
    settle(dossier, now)
    await session.flush()
    await tell(session, scope.actor, now, kind=kind, dossier=dossier)
