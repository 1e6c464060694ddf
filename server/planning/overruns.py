"""Which later visits slip, and whose promises turn, if one visit takes longer than planned.

Worked out in `dispatch.day.cascade`; here it gets names. Nothing is changed.
"""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

from dispatch.day import Cascade, Displaced, cascade
from dispatch.interventions import UNDER_WAY_STATUSES
from server.accounts.scope import Scope
from server.interventions.problems import VisitFrozen
from server.interventions.standing import OPEN
from server.interventions.tables import Intervention, Visit
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.planning.candidates import shown_move
from server.planning.overrun_schemas import CascadeOut
from server.planning.snapshot import Snapshot, local_day, read_day
from server.regions.tables import Region
from server.roster.tables import Technician

UNDER_WAY = frozenset(status.value for status in UNDER_WAY_STATUSES)


async def cascade_of(
    session: AnySession, scope: Scope, visit_id: UUID, minutes: int, now: datetime
) -> CascadeOut:
    """The rest of the technician's day if this visit takes so many minutes more.

    What its technician has said of being late comes on top. Raises `VisitFrozen` for an ended one.
    """
    visit = await session.get(Visit, visit_id)
    row = None if visit is None else await session.get(Intervention, visit.intervention_id)
    if visit is None or row is None or not scope.sees_region(row.region_id):
        raise NotFound
    if visit.status not in OPEN:
        raise VisitFrozen(visit.id, visit.status)
    region = await session.get(Region, row.region_id)
    person = await session.get(Technician, visit.technician_id)
    assert region is not None
    assert person is not None
    day = max(local_day(region, visit.starts_at), local_day(region, now))
    snapshot = await read_day(session, region, day, now)
    is_at_it = visit.status in UNDER_WAY
    overrun = timedelta(minutes=minutes, seconds=visit.late_by_seconds)
    found = await asyncio.to_thread(
        cascade, snapshot.day, person.code, overrun=overrun, of=None if is_at_it else row.number
    )
    return _shown(snapshot, visit, found, overrun)


def _shown(snapshot: Snapshot, visit: Visit, found: Cascade, overrun: timedelta) -> CascadeOut:
    moves = [
        shown_move(
            snapshot,
            Displaced(
                each.work,
                travel_seconds=0,
                starts_before=each.starts_before,
                starts_after=each.starts_after,
                lateness_before=each.lateness_before,
                lateness_after=each.lateness_after,
            ),
        )
        for each in found.later
        if each.starts_before > visit.starts_at
    ]
    late = None
    if found.returns_at is not None and found.ends_at is not None:
        late = max(0, int((found.returns_at - found.ends_at).total_seconds()))
    return CascadeOut(
        visit_id=visit.id,
        overrun_seconds=int(overrun.total_seconds()),
        moves=moves,
        flips=sum(each.promise_flips for each in moves),
        returns_at=found.returns_at,
        overtime_seconds=late,
    )
