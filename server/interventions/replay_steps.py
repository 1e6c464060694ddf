"""Everything that changed a region's board on a day, step by step, to be looked at again.

The board at each of them is `replay`'s.
"""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from server.accounts.scope import Scope
from server.interventions.board_schemas import BoardStepOut, BoardStepsOut
from server.interventions.queries import day_bounds
from server.kit.database import AnySession
from server.kit.settled import settled
from server.kit.tables import Event
from server.regions.queries import region_row
from server.roster.tables import Technician

MOST_STEPS = 5_000
# What says nothing new about the board: clocks tell of themselves, photos arrive on their own.
ABOUT_THE_BOARD = ("intervention_%", "visit_%", "follow_up_%", "person_%", "made_safe", "back_in_%")


async def steps(
    session: AnySession, scope: Scope, *, region_id: UUID, day: date | None, now: datetime
) -> BoardStepsOut:
    """What happened to the interventions and visits of a day, in order; today until now."""
    region = await region_row(session, scope, region_id)
    day = day or now.astimezone(ZoneInfo(region.zone)).date()
    start, end = (bound.astimezone(UTC) for bound in day_bounds(day, region.zone))
    people = select(Technician.id).where(Technician.region_id == region_id)
    query = (
        settled(session, select(Event))
        .where(
            or_(Event.region_id == region_id, Event.technician_id.in_(people)),
            Event.at >= start,
            Event.at < min(end, now),
            or_(*(Event.kind.like(kind) for kind in ABOUT_THE_BOARD)),
        )
        .order_by(Event.at, Event.seq)
        .limit(MOST_STEPS)
    )
    rows = (await session.scalars(query)).all()
    return BoardStepsOut(
        region_id=region_id,
        day=day,
        day_starts_at=start,
        day_ends_at=end,
        steps=[
            BoardStepOut(
                at=row.at,
                kind=row.kind,
                actor_name=row.actor_name,
                number=row.data.get("number", ""),
                site_name=row.data.get("site_name", ""),
                intervention_id=row.intervention_id,
                visit_id=row.visit_id,
            )
            for row in rows
        ],
    )
