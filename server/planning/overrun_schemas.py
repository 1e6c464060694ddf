"""Wire shape of what an overrun does to the rest of a technician's day."""

from datetime import datetime
from uuid import UUID

from server.kit.wire import Out
from server.planning.schemas import MoveOut


class CascadeOut(Out):
    """Every later visit of the technician that would slip, in order; `flips` counts promises.

    `overrun_seconds` is what was asked about and what the technician said of being late.
    `overtime_seconds` is how long after the shift they would be back; none where no shift is left.
    """

    visit_id: UUID
    overrun_seconds: int
    moves: list[MoveOut]
    flips: int
    returns_at: datetime | None
    overtime_seconds: int | None
