"""Urgent visits that nobody answered, as the event log has it: since when the office knows.

Who finds them is in `server.notifications`.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from server.kit.database import AnySession
from server.kit.tables import Event

NOT_ANSWERED = "visit_not_answered"


async def not_answered(session: AnySession, waiting: Mapping[UUID, UUID]) -> dict[UUID, datetime]:
    """By visit; `waiting` has the intervention of each that waits for its technician's answer."""
    if not waiting:
        return {}
    query = select(Event.visit_id, Event.at).where(
        Event.intervention_id.in_(set(waiting.values())),
        Event.visit_id.in_(waiting),
        Event.kind == NOT_ANSWERED,
    )
    return {visit: at for visit, at in await session.execute(query) if visit is not None}
