"""Taking up again what was thought to be done: within a time that was agreed, and no later.

The same resolution goes on; the return visit gets a response clock of its own.
"""

from datetime import datetime

from dispatch.agreements import AgreementKind
from dispatch.interventions import ReopenTooLate, require_reopening
from server.interventions.consequences import record_closing
from server.interventions.dossier import Dossier
from server.interventions.problems import ReopenedTooLate
from server.interventions.promises import promise_return, resolved
from server.interventions.tables import Closing
from server.kit.database import Session


async def reopen(session: Session, dossier: Dossier, reason: str, at: datetime) -> None:
    """Reopen an intervention; later than was agreed it is a new one, linked as a repeat."""
    row = dossier.intervention
    promises = await resolved(session, row, row.severity)
    policies = promises.by_kind[AgreementKind.CUSTOMER].policies
    closing = _closing(session, dossier, at)
    try:
        require_reopening(closing.closed_at, at, policies.reopen_seconds)
    except ReopenTooLate as no:
        raise ReopenedTooLate(no.closed_at, no.until) from no
    closing.reopened_at = at
    row.decided, row.decided_at, row.reopened_at = None, None, at
    row.decision_reason = reason
    promise_return(session, dossier, at)


def _closing(session: Session, dossier: Dossier, at: datetime) -> Closing:
    """Its last end; where the office has not closed it, that is when the work was completed."""
    known = [closing for closing in dossier.closings if closing.reopened_at is None]
    if known:
        return known[-1]
    finished = (visit.finished_at for visit in dossier.visits if visit.finished_at)
    return record_closing(session, dossier, max(finished, default=at))
