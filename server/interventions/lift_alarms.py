"""Alarms of lifts: each opens an intervention at once, or joins the one that is open about it.

The alarms that ring on the board are in `server.notifications`.
"""

from datetime import datetime

from sqlalchemy import select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.interventions.actions import NOW_ENOUGH, report_dossier
from server.interventions.events import tell
from server.interventions.lift_alarm_schemas import LiftAlarmBody, LiftAlarmOut
from server.interventions.portal_actions import SEVERITIES
from server.interventions.same_trouble import same_trouble
from server.interventions.schemas import ReportBody
from server.kit.database import Session
from server.kit.problems import Invalid
from server.sites.queries import in_service, sees_site
from server.sites.tables import Asset, Site


async def take(session: Session, scope: Scope, data: LiftAlarmBody, now: datetime) -> LiftAlarmOut:
    """Take an alarm; whatever else the same lift sends meanwhile waits for it."""
    asset = await _asset(session, scope, data.asset_code, now)
    severity = SEVERITIES[data.kind]
    known = await same_trouble(session, asset.id, severity)
    if known is not None:
        more = {"fault_code": data.fault_code}
        await tell(session, scope.actor, now, kind="lift_alarm_joined", dossier=known, more=more)
    dossier = known or await report_dossier(session, scope, _call(asset, data, now), now)
    row = dossier.intervention
    return LiftAlarmOut(row.id, row.number, known is not None)


def _call(asset: Asset, data: LiftAlarmBody, now: datetime) -> ReportBody:
    is_late = data.at is not None and data.at < now - NOW_ENOUGH
    return ReportBody(
        asset_id=asset.id,
        severity=SEVERITIES[data.kind],
        work_type="repair",
        source="alarm",
        summary=data.fault_code,
        description=data.description,
        reported_at=data.at,
        # A lift that had no line says so later: the promise counts from when it began.
        reported_at_reason=data.fault_code if is_late else "",
    )


async def _asset(session: Session, scope: Scope, code: str, now: datetime) -> Asset:
    query = (
        select(Asset, Site)
        .join(Site, Site.id == Asset.site_id)
        .where(Asset.code == code, in_service(now.date()))
        .with_for_update(of=Asset)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None or not sees_site(scope, found[1]):
        raise Invalid([Fault("asset_code", "unknown", "There is no lift here with this code.")])
    asset: Asset = found[0]
    return asset
