"""Wire shapes of the event log, as lists and as a stream, and of who looks at a board."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.wire import Body, Code, Out


class EventOut(Out):
    """One thing that happened. `seq` only grows; ask for what came after the last you saw."""

    seq: int
    at: datetime
    kind: str
    actor_name: str
    region_id: UUID | None
    site_id: UUID | None
    intervention_id: UUID | None
    visit_id: UUID | None
    technician_id: UUID | None
    data: dict[str, Any]


class LookBody(Body):
    """What an open page of the board shows. `page` names the page; nobody else needs to know it."""

    page: Code
    region_id: UUID
    intervention_id: UUID | None = None
    is_leaving: bool = False


class LookerOut(Out):
    """Somebody else who has this board open, and what is open on it."""

    account_id: UUID
    name: str
    intervention_ids: list[UUID]


class LooksOut(Out):
    others: list[LookerOut]
