"""Making and renaming services."""

from datetime import datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.work import require_version
from server.services import queries
from server.services.schemas import ServiceBody, ServiceChangeBody, ServiceOut
from server.services.tables import Service


async def create_service(
    session: Session, scope: Scope, data: ServiceBody, now: datetime
) -> ServiceOut:
    """A new service; there is one for each kind of work on each kind of asset."""
    row = Service(**data.model_dump(mode="json"))
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, kind="service_created", now=now)
    return queries.shown_service(row)


async def change_service(
    session: Session,
    scope: Scope,
    service_id: UUID,
    data: ServiceChangeBody,
    *,
    expected: int,
    now: datetime,
) -> ServiceOut:
    """Rename a service, on the version the caller saw."""
    row = await queries.service_row(session, service_id)
    require_version(row.version, expected)
    for name, value in changes(data).items():
        setattr(row, name, value)
    await session.flush()
    await _tell(session, scope, row, kind="service_changed", now=now)
    return queries.shown_service(row)


async def _tell(session: Session, scope: Scope, row: Service, *, kind: str, now: datetime) -> None:
    await announce(session, scope.actor, now, Happening(kind, About(), {"code": row.code}))
