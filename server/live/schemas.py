"""Wire shapes of the event log, as lists and as a stream."""

from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.wire import Out


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
