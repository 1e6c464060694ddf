"""What happened on a board since it was read: the rows and calls it touched, as they are now.

So that a board on screen follows without being read again whole, however many look at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select

from server.accounts.scope import Scope
from server.interventions.board import Days, local_days, shown_part, technician_rows, waiting
from server.interventions.board_schemas import BoardChangesOut
from server.interventions.tables import Visit
from server.kit.database import AnySession
from server.kit.paging import MOST
from server.kit.settled import newest_settled, settled
from server.kit.tables import Event
from server.presence.location import USUAL, Keeping
from server.regions.queries import region_row
from server.roster.tables import Technician

# These move nothing on a board, or tell of each visit they moved.
ELSEWHERE = (
    "account_",
    "agreement_",
    "breach_",
    "credit_",
    "customer_",
    "feedback_",
    "part_",
    "plan_",
    "positions_",
    "service_",
    "trial_",
)
# Who stands on the board at all has changed, or in which order.
WHOLE = frozenset({"technician_created", "technician_changed"})


@dataclass(frozen=True, slots=True)
class Since:
    """Which board, and up to which event its reader knows it."""

    region_id: UUID
    day: date | None
    days: Days
    cursor: int


async def changes(
    session: AnySession, scope: Scope, since: Since, *, now: datetime, keeping: Keeping = USUAL
) -> BoardChangesOut:
    """The same statements as for a board, for what events name since then."""
    region = await region_row(session, scope, since.region_id)
    cursor = await newest_settled(session)
    events = await _events(session, since)
    told = BoardChangesOut(
        max(cursor, since.cursor),
        now,
        is_whole=_is_whole(events),
        interventions=[],
        technicians=[],
        queue=[],
    )
    if told.is_whole or not events:
        return told
    shown = shown_part(region, local_days(region, since.day, since.days, now), now)
    told.interventions = sorted({each.intervention_id for each in events if each.intervention_id})
    goers = select(Visit.technician_id).where(Visit.intervention_id.in_(told.interventions))
    people = {each.technician_id for each in events if each.technician_id}
    people.update(await session.scalars(goers))
    told.technicians = await technician_rows(
        session, scope, shown, keeping=keeping, now=now, only=people
    )
    told.queue = await waiting(session, scope, shown, now, only=told.interventions)
    return told


def _is_whole(events: Sequence[Event]) -> bool:
    return len(events) == MOST or any(
        each.kind in WHOLE or (each.intervention_id is None and each.technician_id is None)
        for each in events
    )


async def _events(session: AnySession, since: Since) -> Sequence[Event]:
    """What happened in the region, to its people anywhere, or to the company as a whole."""
    own_people = select(Technician.id).where(Technician.region_id == since.region_id)
    query = (
        settled(session, select(Event))
        .where(
            Event.seq > since.cursor,
            or_(
                Event.region_id == since.region_id,
                Event.region_id.is_(None),
                Event.technician_id.in_(own_people),
            ),
            *(Event.kind.not_like(f"{each}%") for each in ELSEWHERE),
        )
        .order_by(Event.seq)
        .limit(MOST)
    )
    return (await session.scalars(query)).all()
