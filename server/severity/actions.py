"""Writing severity matrices down."""

from datetime import datetime
from uuid import UUID

from dispatch.agreements import matrix_faults
from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.customers.tables import Customer
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.severity import queries
from server.severity.schemas import SeverityMatrixBody, SeverityMatrixChangeBody, SeverityMatrixOut
from server.severity.tables import HOUSE, SeverityMatrix


async def create_matrix(
    session: Session, scope: Scope, data: SeverityMatrixBody, now: datetime
) -> SeverityMatrixOut:
    """The house's own, or one agreed with a customer; each has one."""
    _require_sound(data)
    if data.customer_id and await session.get(Customer, data.customer_id) is None:
        sentence = "There is nothing here with this id."
        raise Invalid([Fault("customer_id", "unknown", sentence)])
    row = SeverityMatrix(
        holder=str(data.customer_id or HOUSE),
        customer_id=data.customer_id,
        cells=data.model_dump(mode="json")["cells"],
    )
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, now)
    return queries.shown_matrix(row)


async def change_matrix(
    session: Session,
    scope: Scope,
    matrix_id: UUID,
    data: SeverityMatrixChangeBody,
    *,
    expected: int,
    now: datetime,
) -> SeverityMatrixOut:
    """Say other severities, on the version the caller saw; calls taken already keep theirs."""
    row = await queries.matrix_row(session, matrix_id)
    require_version(row.version, expected)
    _require_sound(data)
    row.cells = data.model_dump(mode="json")["cells"]
    await session.flush()
    await _tell(session, scope, row, now)
    return queries.shown_matrix(row)


async def remove_matrix(
    session: Session, scope: Scope, matrix_id: UUID, *, expected: int, now: datetime
) -> None:
    """From now on what holds for everybody holds here as well."""
    row = await queries.matrix_row(session, matrix_id)
    require_version(row.version, expected)
    await session.delete(row)
    await session.flush()
    await _tell(session, scope, row, now)


def _require_sound(data: SeverityMatrixBody | SeverityMatrixChangeBody) -> None:
    faults = [fault.under("cells") for fault in matrix_faults(data.cells)]
    if faults:
        raise Invalid(faults)


async def _tell(session: Session, scope: Scope, row: SeverityMatrix, now: datetime) -> None:
    about = About(customer_id=row.customer_id)
    happening = Happening("severity_matrix_changed", about, {"cells": row.cells})
    await announce(session, scope.actor, now, happening)
