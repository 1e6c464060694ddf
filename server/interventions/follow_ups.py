"""Work ordered on site for another day: a new intervention, which the office looks at first."""

from datetime import datetime

from server.accounts.scope import Scope
from server.interventions.actions import Place, open_work
from server.interventions.dossier import Dossier
from server.interventions.events import tell
from server.interventions.schemas import FollowUpBody
from server.interventions.tables import Intervention
from server.interventions.usual_work import is_triaged
from server.kit.database import Session
from server.services import usual_work
from server.services.queries import service_for

SOURCE = "follow_up"


async def order_follow_up(
    session: Session,
    scope: Scope,
    dossier: Dossier,
    wanted: FollowUpBody,
    *,
    at: datetime,
    now: datetime,
) -> Intervention:
    """A new intervention on the same asset, which knows what it follows and the parts it takes.

    We propose it ourselves, so no clock runs on it.
    """
    first, asset = dossier.intervention, dossier.asset
    kind = None if asset is None else asset.kind
    service = await service_for(session, wanted.work_type, kind)
    row = Intervention(
        region_id=first.region_id,
        customer_id=first.customer_id,
        site_id=first.site_id,
        asset_id=first.asset_id,
        severity=wanted.severity,
        work_type=wanted.work_type,
        source=SOURCE,
        summary=wanted.summary,
        description=wanted.description,
        caller_name=scope.name,
        caller_phone="",
        reported_at=at,
        reported_at_reason="",
        duration_seconds=usual_work.duration_seconds(
            service, wanted.work_type, wanted.severity, kind
        ),
        skills=usual_work.skills(service, wanted.severity, kind),
        is_qualified=is_triaged(SOURCE, wanted.severity),
        follow_up_of_id=first.id,
        wanted_parts=[part.model_dump(mode="json") for part in wanted.parts],
        status="draft",
    )
    place = Place(dossier.site, asset, dossier.customer)
    made = await open_work(session, scope, row, place, service=service, now=now)
    # Nobody reported it: a building's manager hears of it once somebody is sent.
    facts = {"follow_up_of": first.number}
    await tell(session, scope.actor, now, kind="follow_up_ordered", dossier=made, more=facts)
    return row
