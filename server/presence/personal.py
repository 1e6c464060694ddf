"""What is kept of one technician's presence: to be handed to them, or deleted as they ask."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, delete, select

from server.kit.database import AnySession, Session
from server.presence.tables import DutyCommand, LocationChoice, SeenPosition
from server.roster.tables import Absence

# What a person gets: every column, for what is about them is theirs.
ABOUT_THEM: dict[str, tuple[Table, str]] = {
    "positions": (cast("Table", SeenPosition.__table__), "at"),
    "location_choices": (cast("Table", LocationChoice.__table__), "at"),
    "working_days": (cast("Table", DutyCommand.__table__), "judged_at"),
    "absences": (cast("Table", Absence.__table__), "starts_at"),
}


async def kept_of(session: AnySession, technician_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of a technician's presence, by kind and in order."""
    found = {}
    for name, (table, order) in ABOUT_THEM.items():
        query = select(table).where(table.c.technician_id == technician_id).order_by(table.c[order])
        rows = (await session.execute(query)).mappings()
        found[name] = [{column: _plain(value) for column, value in row.items()} for row in rows]
    return found


async def erase_positions(session: Session, technician_id: UUID) -> int:
    """Delete where a technician was; how many positions that were.

    Shifts, absences and what was agreed to stay: working time must be kept by law.
    """
    gone = delete(SeenPosition).where(SeenPosition.technician_id == technician_id)
    return int((await session.execute(gone)).rowcount)  # type: ignore[attr-defined]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
