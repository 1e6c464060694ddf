"""What is wrong with a lift and still to be mended, so that a second report of it can join.

The office decides about reports by telephone itself, with `related` and `merging`.
"""

from uuid import UUID

from sqlalchemy import select

from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.standing import ENDED
from server.interventions.tables import Intervention
from server.interventions.usual_work import is_planned
from server.kit.database import AnySession

ENTRAPMENT = "S1"


async def troubles(session: AnySession, asset_id: UUID) -> list[Dossier]:
    """Everything open about a lift that does not work again yet, worst first."""
    query = (
        select(Intervention)
        .where(Intervention.asset_id == asset_id, Intervention.status.not_in(ENDED))
        .order_by(Intervention.severity, Intervention.reported_at)
    )
    rows = [
        row for row in await session.scalars(query) if not is_planned(row.source, row.work_type)
    ]
    found = await all_dossiers(session, rows)
    return [each for each in found if each.fact("back_in_service") is None]


async def same_trouble(session: AnySession, asset_id: UUID, severity: str) -> Dossier | None:
    """What is known and at least as bad: nothing gets slower by being joined to it.

    Somebody trapped after a release is trapped anew.
    """
    for dossier in await troubles(session, asset_id):
        if severity == ENTRAPMENT and dossier.fact("person_released") is not None:
            continue
        if dossier.intervention.severity <= severity:
            return dossier
    return None
