"""Making and changing customers."""

from datetime import datetime
from uuid import UUID

from server.accounts.scope import Scope
from server.customers import queries
from server.customers.schemas import CustomerBody, CustomerChangeBody, CustomerOut
from server.customers.tables import Customer
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.work import require_version


async def create_customer(
    session: Session, scope: Scope, data: CustomerBody, now: datetime
) -> CustomerOut:
    """A new customer."""
    row = Customer(**data.model_dump(mode="json"))
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, kind="customer_created", now=now)
    return queries.shown_customer(row)


async def change_customer(
    session: Session,
    scope: Scope,
    customer_id: UUID,
    data: CustomerChangeBody,
    *,
    expected: int,
    now: datetime,
) -> CustomerOut:
    """Change what is named, on the version the caller saw."""
    row = await queries.customer_row(session, scope, customer_id)
    require_version(row.version, expected)
    for name, value in changes(data).items():
        setattr(row, name, value)
    await session.flush()
    await _tell(session, scope, row, kind="customer_changed", now=now)
    return queries.shown_customer(row)


async def _tell(session: Session, scope: Scope, row: Customer, *, kind: str, now: datetime) -> None:
    await announce(session, scope.actor, now, Happening(kind, About(customer_id=row.id)))
