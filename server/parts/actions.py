"""Making, renaming and withdrawing parts."""

from datetime import datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.work import require_version
from server.parts import queries
from server.parts.schemas import PartBody, PartChangeBody, PartOut
from server.parts.tables import Part


async def create_part(session: Session, scope: Scope, data: PartBody, now: datetime) -> PartOut:
    """A new part; every phone is told of it."""
    row = Part(**data.model_dump(mode="json"))
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, kind="part_created", now=now)
    return queries.shown_part(row)


async def change_part(
    session: Session,
    scope: Scope,
    part_id: UUID,
    data: PartChangeBody,
    *,
    expected: int,
    now: datetime,
) -> PartOut:
    """Rename or withdraw a part, on the version the caller saw."""
    row = await queries.part_row(session, part_id)
    require_version(row.version, expected)
    for name, value in changes(data).items():
        setattr(row, name, value)
    await session.flush()
    await _tell(session, scope, row, kind="part_changed", now=now)
    return queries.shown_part(row)


async def _tell(session: Session, scope: Scope, row: Part, *, kind: str, now: datetime) -> None:
    await announce(session, scope.actor, now, Happening(kind, About(), {"code": row.code}))
