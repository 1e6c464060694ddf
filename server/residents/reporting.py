"""Reporting a fault by the label in a lift: without an account, once for the same trouble.

What was reported already is joined, with its words and photos. Somebody trapped is never taken
for the same trouble as a lift that only stands still.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from server.accounts.scope import Scope
from server.interventions.actions import report_dossier
from server.interventions.dossier import sees
from server.interventions.events import tell
from server.interventions.portal_actions import LONGEST_SUMMARY, SEVERITIES, ManagersReport
from server.interventions.report_photos import Drawn, attach
from server.interventions.same_trouble import same_trouble
from server.interventions.tables import Intervention
from server.kit.database import AnySession, Session
from server.kit.problems import NotFound
from server.residents.labels import Place, place_of
from server.residents.schemas import (
    ResidentReportBody,
    ResidentReportedOut,
    ResidentReportOut,
    ResidentReportsOut,
)
from server.residents.tables import ResidentReport
from server.residents.tracking import new_link
from server.residents.tries import Limit, count

PER_LABEL, PER_ADDRESS, WRONG = 6, 12, 30
# A trapped person is not turned away for what others did before; a flood of calls is no help.
TRAPPED_PER_LABEL = 30


async def count_report(
    session: Session, data: ResidentReportBody, address: str, now: datetime
) -> None:
    """Count a report from this label and this address, or refuse it."""
    if data.kind == "person_trapped":
        limits = [Limit("trapped", data.token, TRAPPED_PER_LABEL)]
    else:
        limits = [Limit("label", data.token, PER_LABEL), Limit("address", address, PER_ADDRESS)]
    await count(session, limits, now)


async def count_wrong(session: Session, address: str, now: datetime) -> None:
    """Count a label nobody printed: who tries many of them is told to wait."""
    await count(session, [Limit("wrong", address, WRONG)], now)


async def report(
    session: Session, data: ResidentReportBody, pictures: Sequence[Drawn], now: datetime
) -> ResidentReportedOut:
    """Take a fault, or join the one that is known; the answer is the way to follow it."""
    where = await place_of(session, data.token, now, lock=True)
    known = await same_trouble(session, where.asset.id, SEVERITIES[data.kind])
    dossier = known or await report_dossier(session, where.scope, _call(where, data), now)
    row = dossier.intervention
    session.add(
        ResidentReport(
            label_id=where.label.id,
            intervention_id=row.id,
            kind=data.kind,
            description=data.description,
            is_joined=known is not None,
            caller_name=data.caller_name,
            caller_phone=data.caller_phone,
            email=data.caller_email or "",
            language=data.language.value,
            received_at=now,
        )
    )
    await attach(session, row.id, pictures, now)
    if known is not None:
        await tell(session, where.scope.actor, now, kind="report_joined", dossier=dossier)
    path = await new_link(session, row.id, now)
    return ResidentReportedOut(path, known is not None, where.office_phone)


def _call(where: Place, data: ResidentReportBody) -> ManagersReport:
    first_line = data.description.strip().partition("\n")[0]
    return ManagersReport(
        asset_id=where.asset.id,
        severity=SEVERITIES[data.kind],
        work_type="repair",
        source="qr",
        summary=first_line[:LONGEST_SUMMARY],
        description=data.description,
        caller_name=data.caller_name,
        caller_phone=data.caller_phone,
    )


async def reports_of(
    session: AnySession, scope: Scope, intervention_id: UUID
) -> ResidentReportsOut:
    """What was said by the label about work of the caller's, or about what was merged into it."""
    row = await session.get(Intervention, intervention_id)
    if row is None or not sees(scope, row):
        raise NotFound
    query = (
        select(ResidentReport)
        .join(Intervention, Intervention.id == ResidentReport.intervention_id)
        .where(or_(Intervention.id == row.id, Intervention.merged_into_id == row.id))
        .order_by(ResidentReport.received_at, ResidentReport.id)
    )
    return ResidentReportsOut(
        [
            ResidentReportOut(
                id=each.id,
                kind=each.kind,  # type: ignore[arg-type]
                description=each.description,
                is_joined=each.is_joined,
                caller_name=each.caller_name,
                caller_phone=each.caller_phone,
                wants_mail=each.email != "",
                received_at=each.received_at,
            )
            for each in await session.scalars(query)
        ]
    )
