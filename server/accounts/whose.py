"""Whether what an account is said to belong to exists.

Technicians, customers and regions are kept in rooms above; only their ids are asked about here.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Uuid, column, select, table

from dispatch.errors import Fault
from server.kit.database import Session

_TABLES = {"technician_id": "technician", "customer_id": "customer", "region_ids": "region"}


async def unknown_faults(
    session: Session,
    *,
    technician_id: UUID | None = None,
    customer_id: UUID | None = None,
    region_ids: Iterable[UUID | str] | None = None,
) -> list[Fault]:
    """A fault for each id that names nothing here, at its field."""
    asked = {
        "technician_id": [technician_id] if technician_id else [],
        "customer_id": [customer_id] if customer_id else [],
        "region_ids": [UUID(str(each)) for each in region_ids or ()],
    }
    return [fault for field, ids in asked.items() for fault in await _faults(session, field, ids)]


async def _faults(session: Session, field: str, ids: Sequence[UUID]) -> list[Fault]:
    if not ids:
        return []
    identity = column("id", Uuid())
    with session.no_autoflush:
        query = select(identity).select_from(table(_TABLES[field], identity))
        known = set(await session.scalars(query.where(identity.in_(ids))))
    is_list = field.endswith("s")
    return [
        Fault(f"{field}.{place}" if is_list else field, "unknown", "There is nothing with this id.")
        for place, each in enumerate(ids)
        if each not in known
    ]
