"""The intervention that goes on for one that was merged, through however many steps."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from server.interventions.dossier import Dossier, all_dossiers
from server.interventions.tables import Intervention
from server.kit.database import AnySession


async def survivors(session: AnySession, found: Sequence[Dossier]) -> dict[UUID, Dossier]:
    """By the id of what was merged; nothing for the others."""
    ends = {
        each.intervention.id: each.intervention.merged_into_id
        for each in found
        if each.intervention.merged_into_id is not None
    }
    rows: dict[UUID, Intervention] = {}
    wanted = set(ends.values())
    while wanted:
        query = select(Intervention).where(Intervention.id.in_(wanted))
        rows |= {row.id: row for row in await session.scalars(query)}
        wanted = {row.merged_into_id for row in rows.values() if row.merged_into_id} - rows.keys()
    last = {merged: _last(rows, into) for merged, into in ends.items()}
    whole = await all_dossiers(session, list({row.id: row for row in last.values()}.values()))
    kept = {each.intervention.id: each for each in whole}
    return {merged: kept[row.id] for merged, row in last.items()}


async def merged_into(session: AnySession, ids: Sequence[UUID]) -> list[UUID]:
    """What was merged into any of these, through however many steps."""
    found: list[UUID] = []
    last = list(ids)
    while last:
        query = select(Intervention.id).where(Intervention.merged_into_id.in_(last))
        last = list(await session.scalars(query.order_by(Intervention.id)))
        found += last
    return found


def _last(rows: dict[UUID, Intervention], identity: UUID) -> Intervention:
    row = rows[identity]
    return row if row.merged_into_id is None else _last(rows, row.merged_into_id)
