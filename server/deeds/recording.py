"""Writing down what a board's write did, in its own transaction: where each visit was, and is.

Read where they stand with `placements`, act, then `record`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from server.accounts.scope import Scope
from server.deeds.placement import Placement, placements
from server.deeds.schemas import DeedKind
from server.deeds.tables import Deed, DeedRow
from server.interventions.tables import Intervention
from server.kit.database import Session

# Older ones are of days that are over.
KEPT = timedelta(days=7)


async def record(
    session: Session,
    scope: Scope,
    kind: DeedKind,
    before: Mapping[UUID, Placement | None],
    *,
    now: datetime,
    undoes: UUID | None = None,
) -> Deed | None:
    """Keep what became of these since they stood so; none where nothing did."""
    await session.flush()
    after = await placements(session, before)
    changed = [each for each in before if _differ(before[each], after[each])]
    if not changed:
        return None
    await _forget(session, now)
    row = await session.get(Intervention, changed[0])
    assert row is not None
    deed = Deed(
        region_id=row.region_id,
        kind=kind,
        at=now,
        account_id=scope.account_id,
        author_name=scope.name,
        newest_event=int(session.info["newest_event"]),
        row_count=len(changed),
        first_id=changed[0],
        technician_id=None if (first := after[changed[0]]) is None else first.technician_id,
        undoes_id=undoes,
    )
    session.add(deed)
    await session.flush()
    session.add_all(
        DeedRow(
            deed_id=deed.id,
            intervention_id=each,
            before=_stored(before[each]),
            after=_stored(after[each]),
        )
        for each in changed
    )
    await session.flush()
    return deed


def _differ(before: Placement | None, after: Placement | None) -> bool:
    if before is None or after is None:
        return before is not after
    return (before.place, before.locks) != (after.place, after.locks)


def _stored(placed: Placement | None) -> dict[str, object] | None:
    return None if placed is None else placed.stored()


async def _forget(session: Session, now: datetime) -> None:
    old = select(Deed.id).where(Deed.at < now - KEPT)
    await session.execute(delete(DeedRow).where(DeedRow.deed_id.in_(old)))
    await session.execute(delete(Deed).where(Deed.at < now - KEPT))
