"""What people on site establish: facts, notes, pauses. Added to, never overwritten.

Whether a command may change a visit is judged in `judging`; evidence is kept whatever comes of it.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dispatch.interventions import Fact, FactKind, PauseReason, approval_needed, recorded
from server.accounts.scope import Scope
from server.interventions.dossier import LASTING, Dossier
from server.interventions.tables import PauseOfWork, RecordedFact, Visit
from server.kit.database import Session

PARAGRAPH = "\n\n"


def record_fact(
    session: Session, dossier: Dossier, new: Fact, *, by: UUID | None, now: datetime
) -> list[FactKind]:
    """Record a fact unless its kind is known in its round; says what was learnt.

    A lift that is back in service holds nobody any more, so a release nobody reported is then
    recorded with it: otherwise the safe clock would run for ever.
    """
    learnt = []
    if new.kind is FactKind.BACK_IN_SERVICE and dossier.intervention.severity == "S1":
        released = Fact(FactKind.PERSON_RELEASED, new.at, new.device_at)
        learnt += _record(session, dossier, released, by=by, now=now)
    return learnt + _record(session, dossier, new, by=by, now=now)


def _record(
    session: Session, dossier: Dossier, new: Fact, *, by: UUID | None, now: datetime
) -> list[FactKind]:
    round_ = 0 if new.kind.value in LASTING else dossier.round_at(new.at)
    known = tuple(
        Fact(FactKind(row.kind), row.at, row.device_at)
        for row in dossier.facts
        if row.round == round_
    )
    if recorded(known, new) == known:
        return []
    row = RecordedFact(
        intervention_id=dossier.intervention.id,
        kind=new.kind.value,
        round=round_,
        at=new.at,
        device_at=new.device_at,
        recorded_at=now,
        recorded_by=by,
    )
    session.add(row)
    dossier.facts.append(row)
    return [new.kind]


def add_note(visit: Visit, text: str) -> None:
    """Write a note below the others; the same words again are the same note."""
    written = f"{PARAGRAPH}{visit.note}{PARAGRAPH}"
    if text and f"{PARAGRAPH}{text}{PARAGRAPH}" not in written:
        visit.note = f"{visit.note}{PARAGRAPH}{text}" if visit.note else text


@dataclass(frozen=True, slots=True)
class Standstill:
    """Work stands still from an instant, and to another where that is known already.

    Without a visit it is the office that holds it.
    """

    reason: str
    from_at: datetime
    evidence: str = ""
    to_at: datetime | None = None
    visit: Visit | None = None


def record_pause(
    session: Session,
    dossier: Dossier,
    still: Standstill,
    *,
    scope: Scope,
    now: datetime,
    is_backdated: bool = False,
) -> PauseOfWork:
    """Write a pause down; one that needs a second person counts once that person has approved."""
    row = PauseOfWork(
        intervention_id=dossier.intervention.id,
        visit_id=None if still.visit is None else still.visit.id,
        reason=still.reason,
        evidence=still.evidence,
        from_at=still.from_at,
        to_at=still.to_at,
        recorded_at=now,
        recorded_by=scope.account_id,
        author_name=scope.name,
        needs_approval=approval_needed(PauseReason(still.reason), is_backdated),
        is_approved=False,
        decided_by_name="",
    )
    session.add(row)
    dossier.pauses.append(row)
    return row


def end_pauses(dossier: Dossier, at: datetime, *, visit: Visit | None = None) -> None:
    """Work goes on, or is over: what stood still for this visit, or for the office, no longer does.

    An end never lies before its beginning, however wrong a phone's clock is.
    """
    visit_id = None if visit is None else visit.id
    for pause in dossier.pauses:
        if pause.visit_id == visit_id and pause.to_at is None:
            pause.to_at = max(at, pause.from_at)
