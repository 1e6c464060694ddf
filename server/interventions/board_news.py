"""What the event log tells of a region's boards: which work and whose rows to read again."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import InstrumentedAttribute

from server.interventions.tables import Visit
from server.kit.database import AnySession
from server.kit.paging import MOST
from server.kit.settled import settled
from server.kit.tables import Event
from server.roster.tables import Technician

# These move nothing on a board, or tell of each visit they moved.
ELSEWHERE = (
    "account_",
    "agreement_",
    "breach_",
    "credit_",
    "customer_",
    "feedback_",
    "improvement_",
    "irritation_",
    "notifications_",
    "part_",
    "plan_",
    "positions_",
    "service_",
    "trial_",
    "webhook_",
)
# Of those, what a bar or a call says the name of.
NAMING = frozenset({"agreement_", "customer_", "part_", "service_"})
# Who stands on the board at all has changed, or in which order.
WHOLE = frozenset({"technician_created", "technician_changed"})

TOLD: tuple[InstrumentedAttribute[Any], ...] = (
    Event.kind,
    Event.intervention_id,
    Event.technician_id,
)


@dataclass(frozen=True, slots=True)
class News:
    """What was touched, and whose rows it lies on; `is_whole` where all must be read again."""

    is_whole: bool = False
    interventions: frozenset[UUID] = frozenset()
    technicians: frozenset[UUID] = frozenset()

    @property
    def is_empty(self) -> bool:
        return not (self.is_whole or self.interventions or self.technicians)


async def news_since(
    session: AnySession, region_id: UUID, after: int, *, apart_from: Collection[str] = ELSEWHERE
) -> News:
    """What happened in the region, to its people anywhere, or to the company as a whole."""
    own_people = select(Technician.id).where(Technician.region_id == region_id)
    query = (
        settled(session, select(*TOLD))
        .where(
            Event.seq > after,
            or_(
                Event.region_id == region_id,
                Event.region_id.is_(None),
                Event.technician_id.in_(own_people),
            ),
            *(Event.kind.not_like(f"{each}%") for each in apart_from),
        )
        .order_by(Event.seq)
        .limit(MOST)
    )
    events = (await session.execute(query)).all()
    if len(events) == MOST or any(
        each.kind in WHOLE or (each.intervention_id is None and each.technician_id is None)
        for each in events
    ):
        return News(is_whole=True)
    work = frozenset(each.intervention_id for each in events if each.intervention_id)
    people = {each.technician_id for each in events if each.technician_id}
    if work:
        goers = select(Visit.technician_id).where(Visit.intervention_id.in_(work))
        people.update(await session.scalars(goers))
    return News(interventions=work, technicians=frozenset(people))
