"""Finding out that it is worse than was reported, or less bad: what that does to the promises.

Which due then holds is decided in `dispatch.clocks`.
"""

from dataclasses import dataclass
from datetime import datetime

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.interventions.consequences import settle
from server.interventions.dossier import Dossier
from server.interventions.events import tell
from server.interventions.problems import InterventionEnded
from server.interventions.promises import promise_anew, resolved
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention, SeverityChange
from server.interventions.usual_work import is_planned
from server.kit.database import Session
from server.kit.problems import Invalid
from server.services import usual_work
from server.services.queries import service_called
from server.services.tables import Service


@dataclass(frozen=True, slots=True)
class Found:
    """How bad it was found to be, and what shows it."""

    severity: str
    reason: str


async def change_severity(
    session: Session, scope: Scope, dossier: Dossier, found: Found, now: datetime
) -> None:
    """Write the change down, promise what the new severity is promised, and move the clocks."""
    row, at = dossier.intervention, now.replace(microsecond=0)
    if row.status in ENDED:
        raise InterventionEnded
    if not found.reason:
        raise Invalid([Fault("severity_reason", "reason_missing", "Say what was found.")])
    change = SeverityChange(
        intervention_id=row.id,
        at=at,
        severity_before=row.severity,
        severity=found.severity,
        reason=found.reason,
        author_name=scope.name,
    )
    session.add(change)
    dossier.severity_changes.append(change)
    service = await service_called(session, row.service)
    _follow_usual_work(dossier, service, found.severity)
    row.severity = found.severity
    if not is_planned(row.source, row.work_type):
        promises = await resolved(session, row, row.severity)
        await promise_anew(session, dossier, promises, before=change.severity_before, at=at)
    settle(dossier, now)
    await session.flush()
    facts = {"severity_before": change.severity_before, "reason": found.reason}
    kind = "intervention_severity_changed"
    await tell(session, scope.actor, now, kind=kind, dossier=dossier, more=facts)


def _follow_usual_work(dossier: Dossier, service: Service | None, severity: str) -> None:
    """What it takes follows the usual figures, unless somebody set it by hand."""
    row: Intervention = dossier.intervention
    kind = None if dossier.asset is None else dossier.asset.kind
    usual = usual_work.duration_seconds(service, row.work_type, row.severity, kind)
    if row.duration_seconds == usual:
        row.duration_seconds = usual_work.duration_seconds(service, row.work_type, severity, kind)
    if row.skills == usual_work.skills(service, row.severity, kind):
        row.skills = usual_work.skills(service, severity, kind)
