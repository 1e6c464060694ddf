"""What people on site establish: facts, notes, pauses. Added to, never overwritten.

Whether a command may change a visit is judged in `judging`; evidence is kept whatever comes of it.
"""

from datetime import datetime
from uuid import UUID

from dispatch.interventions import Fact, FactKind, recorded
from server.interventions.dossier import Dossier
from server.interventions.tables import PauseOfWork, RecordedFact, Visit
from server.kit.database import Session

PARAGRAPH = "\n\n"


def record_fact(
    session: Session, dossier: Dossier, new: Fact, *, by: UUID | None, now: datetime
) -> list[FactKind]:
    """Record a fact unless its kind is known; says what was learnt.

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
    known = tuple(Fact(FactKind(row.kind), row.at, row.device_at) for row in dossier.facts)
    if recorded(known, new) == known:
        return []
    row = RecordedFact(
        intervention_id=dossier.intervention.id,
        kind=new.kind.value,
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


def begin_pause(
    session: Session,
    dossier: Dossier,
    *,
    reason: str,
    at: datetime,
    by: UUID | None,
    visit: Visit | None = None,
) -> None:
    """Work stands still from now on; without a visit it is the office that holds it."""
    row = PauseOfWork(
        intervention_id=dossier.intervention.id,
        visit_id=None if visit is None else visit.id,
        reason=reason,
        from_at=at,
        to_at=None,
        is_approved=False,
        recorded_by=by,
    )
    session.add(row)
    dossier.pauses.append(row)


def end_pauses(dossier: Dossier, at: datetime, *, visit: Visit | None = None) -> None:
    """Work goes on, or is over: what stood still for this visit, or for the office, no longer does.

    An end never lies before its beginning, however wrong a phone's clock is.
    """
    visit_id = None if visit is None else visit.id
    for pause in dossier.pauses:
        if pause.visit_id == visit_id and pause.to_at is None:
            pause.to_at = max(at, pause.from_at)
