"""Wire shapes of deeds and of what became of each of their rows."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from server.kit.wire import Out

DeedKind = Literal["assign", "place", "unassign", "cancel", "shift", "lock", "publish", "several"]
RowOutcome = Literal["done", "rebased", "refused"]


class DeedOut(Out):
    """Something that was done, told by its first row; `is_undo` took another deed back."""

    id: UUID
    region_id: UUID
    kind: DeedKind
    at: datetime
    author_name: str
    is_own: bool
    is_undo: bool
    is_undone: bool
    row_count: int
    number: str
    site_name: str
    technician_name: str | None


class DeedsOut(Out):
    """The latest deeds of a region, newest first."""

    deeds: list[DeedOut]


class RowResultOut(Out):
    """What became of one row: done, done around what changed meanwhile, or refused and why."""

    intervention_id: UUID
    number: str
    site_name: str
    outcome: RowOutcome
    code: str | None
    facts: dict[str, Any]


class DeedResultOut(Out):
    """Row by row what became of a deed; it can be undone where anything was done."""

    deed: DeedOut | None
    rows: list[RowResultOut]
