"""Visits that are no longer a technician's: why, and who has the work now."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from server.interventions.phone_schemas import LeftOut
from server.interventions.standing import OPEN
from server.interventions.tables import Visit
from server.kit.database import AnySession
from server.roster.tables import Technician

CANCELLED = "cancelled"
TAKEN_AWAY = "unassigned"


async def left_visits(session: AnySession, gone: Sequence[Visit]) -> list[LeftOut]:
    """Those of these visits that somebody else took away; the others ended or lie further off."""
    left = [visit for visit in gone if visit.status in {CANCELLED, TAKEN_AWAY}]
    now_with = await _now_with(session, [v for v in left if v.status == TAKEN_AWAY])
    return [
        _left(visit, None if technician is None else technician.name.split()[0])
        for visit in left
        for technician in (now_with.get(visit.intervention_id),)
        if technician is None or technician.id != visit.technician_id
    ]


def _left(visit: Visit, first_name: str | None) -> LeftOut:
    if visit.status == CANCELLED:
        return LeftOut(visit.id, "cancelled", None)
    return LeftOut(visit.id, "reassigned" if first_name else "unassigned", first_name)


async def _now_with(session: AnySession, taken: Sequence[Visit]) -> dict[UUID, Technician]:
    """Who was told to do these interventions instead; a proposal is not told to anybody yet."""
    if not taken:
        return {}
    query = (
        select(Visit.intervention_id, Technician)
        .join(Technician, Technician.id == Visit.technician_id)
        .where(
            Visit.intervention_id.in_({visit.intervention_id for visit in taken}),
            Visit.status.in_(OPEN - {"proposed"}),
        )
        .order_by(Visit.created_at)
    )
    found = (await session.execute(query)).all()
    return dict(found)
