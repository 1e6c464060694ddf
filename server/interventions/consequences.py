"""What follows from a command to a visit: facts established, the intervention closed or not.

Settling derives status and clocks anew from whatever has happened.
"""

from datetime import datetime

from dispatch.agreements import ClockKind
from dispatch.interventions import Decided, FactKind, decided_by_completion
from server.interventions import usual_work
from server.interventions.clocks import clock_row, refresh
from server.interventions.dossier import Dossier
from server.interventions.schemas import VisitCommandBody
from server.interventions.standing import counting_visits, open_visits, outstanding, status_of
from server.interventions.tables import Closing
from server.kit.database import Session


def settle(dossier: Dossier, now: datetime) -> None:
    """Derive anew what follows from what happened: the status and the clocks."""
    dossier.intervention.status = status_of(dossier).value
    refresh(dossier, now)


def record_closing(session: Session, dossier: Dossier, at: datetime, reason: str = "") -> Closing:
    """Write down that the work is over, as far as anybody knows now."""
    row = Closing(
        intervention_id=dossier.intervention.id, closed_at=at, reopened_at=None, reason=reason
    )
    session.add(row)
    dossier.closings.append(row)
    return row


def established(dossier: Dossier, body: VisitCommandBody) -> FactKind | None:
    """The fact a command tells of, in its own right or by completing the work."""
    match body.kind:
        case "person_released" | "made_safe" | "back_in_service":
            return FactKind(body.kind)
        case "complete" | "complete_partially" if _was_out(dossier) and _runs(body):
            return FactKind.BACK_IN_SERVICE
        case _:
            return None


def closed_by(session: Session, dossier: Dossier, body: VisitCommandBody, at: datetime) -> bool:
    """End the intervention where the technician's completion ends it; says whether it did.

    Not while somebody else is still at it, not while the lift is out of service, and not where
    the office asked for a look. Where evidence is still on its way, the end waits for it.
    """
    row = dossier.intervention
    if body.kind != "complete" or not _runs(body):
        return False
    if decided_by_completion(asks_for_review=row.asks_for_review) is None:
        return False
    if row.decided is not None or open_visits(dossier):
        return False
    if outstanding(dossier):
        row.closes_at = at
        return False
    _end(session, dossier, at)
    return True


def end_when_complete(session: Session, dossier: Dossier) -> bool:
    """End what a completion would have ended, had its evidence been here; says whether it did.

    It ended with that completion, not with the last photo. Work done since has its own end.
    """
    row, at = dossier.intervention, dossier.intervention.closes_at
    if at is None or row.decided is not None or outstanding(dossier) or open_visits(dossier):
        return False
    if any(v.finished_at is not None and v.finished_at > at for v in counting_visits(dossier)):
        return False
    _end(session, dossier, at)
    return True


def _end(session: Session, dossier: Dossier, at: datetime) -> None:
    row = dossier.intervention
    row.decided, row.decided_at, row.closes_at = Decided.CLOSED.value, at, None
    record_closing(session, dossier, at)


def _runs(body: VisitCommandBody) -> bool:
    """Whether this ends with the lift in service.

    Completing means yes, unless the technician says that it is still out or that something
    remains to be done; completing partially means no, unless they say that it runs.
    """
    said = body.payload.is_back_in_service
    return body.kind == "complete" and not body.payload.remaining if said is None else said


def _was_out(dossier: Dossier) -> bool:
    """Whether there is a return to service to speak of: not after a round of maintenance."""
    row = dossier.intervention
    if usual_work.is_planned(row.source, row.work_type):
        return False
    return row.severity != "S4" or clock_row(dossier, ClockKind.RESOLUTION) is not None
