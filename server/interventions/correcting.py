"""Correcting what a report was about: another lift of the same site, or another service.

The promise is then that of the right lift and service, counted from the call.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.interventions.consequences import settle
from server.interventions.dossier import Dossier
from server.interventions.problems import InterventionEnded
from server.interventions.promises import promise_anew, resolved
from server.interventions.standing import ENDED
from server.interventions.usual_work import is_planned
from server.kit.database import Session
from server.kit.problems import Invalid, NotFound
from server.services import usual_work
from server.services.checklists import joined
from server.services.queries import service_called, service_for
from server.services.tables import Service
from server.sites import queries as sites


async def correct(
    session: Session, scope: Scope, dossier: Dossier, named: dict[str, Any], now: datetime
) -> None:
    """Take `asset_id` and `service` out of what is named, and follow them."""
    asset_id, service = named.pop("asset_id", None), named.pop("service", None)
    row = dossier.intervention
    if row.asset_id == asset_id or asset_id is None:
        asset_id = None
    if service == row.service:
        service = None
    if asset_id is None and service is None:
        return
    if row.status in ENDED:
        raise InterventionEnded
    if asset_id is not None:
        await _take_asset(session, scope, dossier, asset_id)
    made_for = await _service(session, dossier, service)
    row.service = "" if made_for is None else made_for.code
    row.asks_for_review = usual_work.asks_for_review(made_for, row.work_type)
    promises = await resolved(session, row, row.severity)
    row.agreement_version_id, row.exclusions = promises.version_id, promises.exclusions
    if not dossier.answers:
        # What was answered on site stays an answer to what was asked there.
        row.checklist = joined([] if made_for is None else made_for.checklist, promises.checklist)
    if not is_planned(row.source, row.work_type):
        at = now.replace(microsecond=0)
        await promise_anew(session, dossier, promises, before=row.severity, at=at)
    settle(dossier, now)


async def _take_asset(session: Session, scope: Scope, dossier: Dossier, asset_id: UUID) -> None:
    try:
        asset = await sites.asset_row(session, scope, asset_id)
    except NotFound:
        sentence = "There is nothing here with this id."
        raise Invalid([Fault("asset_id", "unknown", sentence)]) from None
    if asset.site_id != dossier.site.id:
        raise Invalid([Fault("asset_id", "elsewhere", "This lift is not at that site.")])
    dossier.asset, dossier.intervention.asset_id = asset, asset.id


async def _service(session: Session, dossier: Dossier, named: str | None) -> Service | None:
    """The service named; else the one made for such work on such an asset."""
    if named is None:
        kind = None if dossier.asset is None else dossier.asset.kind
        return await service_for(session, dossier.intervention.work_type, kind)
    found = await service_called(session, named)
    if found is None:
        raise Invalid([Fault("service", "unknown", "There is no service with this code.")])
    return found
