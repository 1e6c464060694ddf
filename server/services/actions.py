"""Making services, renaming them and saying what such work takes."""

from datetime import datetime
from uuid import UUID

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.parts.queries import parts_by_code
from server.services import queries
from server.services.checklists import checklist_faults
from server.services.schemas import ServiceBody, ServiceChangeBody, ServiceOut
from server.services.tables import Service


async def create_service(
    session: Session, scope: Scope, data: ServiceBody, now: datetime
) -> ServiceOut:
    """A new service; there is one for each kind of work on each kind of asset."""
    await _require_sound(session, data)
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
    """Change what is named, on the version the caller saw; calls taken already keep theirs."""
    row = await queries.service_row(session, service_id)
    require_version(row.version, expected)
    named = changes(data, may_be_empty={"asks_for_review"})
    await _require_sound(session, data)
    for name, value in data.model_dump(mode="json", include=set(named)).items():
        setattr(row, name, value)
    await session.flush()
    await _tell(session, scope, row, kind="service_changed", now=now)
    return queries.shown_service(row)


async def _require_sound(session: Session, data: ServiceBody | ServiceChangeBody) -> None:
    faults = [*checklist_faults(data.checklist or [])]
    wanted = [each.part for each in data.parts or []]
    known = await parts_by_code(session, wanted)
    for place, code in enumerate(wanted):
        if code not in known:
            sentence = "There is no part with this code."
            faults.append(Fault(f"parts.{place}.part", "unknown", sentence))
        if code in wanted[:place]:
            sentence = "This part is named above."
            faults.append(Fault(f"parts.{place}.part", "listed_twice", sentence))
    if faults:
        raise Invalid(faults)


async def _tell(session: Session, scope: Scope, row: Service, *, kind: str, now: datetime) -> None:
    await announce(session, scope.actor, now, Happening(kind, About(), {"code": row.code}))
