"""What a building manager can do: report a fault, in their own words."""

from collections.abc import Sequence
from datetime import datetime

from server.accounts.scope import Scope
from server.agreements.schemas import Severity
from server.interventions.actions import report_dossier
from server.interventions.portal import shown_to_manager
from server.interventions.portal_schemas import PortalInterventionOut, PortalReportBody
from server.interventions.report_photos import Drawn, attach
from server.interventions.schemas import ReportBody
from server.kit.database import Session
from server.kit.wire import OptionalLine

SEVERITIES: dict[str, Severity] = {
    "person_trapped": "S1",
    "out_of_service": "S2",
    "degraded": "S3",
    "request": "S4",
}
LONGEST_SUMMARY = 200


class ManagersReport(ReportBody):
    """A call in which the reporter may have had no words, only a choice."""

    summary: OptionalLine = ""


async def portal_report(
    session: Session,
    scope: Scope,
    data: PortalReportBody,
    now: datetime,
    pictures: Sequence[Drawn] = (),
) -> PortalInterventionOut:
    """Take a fault a manager reports on one of their own lifts, with its photos drawn before."""
    first_line = data.description.strip().partition("\n")[0]
    call = ManagersReport(
        asset_id=data.asset_id,
        severity=SEVERITIES[data.kind],
        work_type="request" if data.kind == "request" else "repair",
        source="portal",
        summary=first_line[:LONGEST_SUMMARY],
        description=data.description,
        caller_name=scope.name,
    )
    dossier = await report_dossier(session, scope, call, now)
    await attach(session, dossier.intervention.id, pictures, now)
    return shown_to_manager(dossier, now)
