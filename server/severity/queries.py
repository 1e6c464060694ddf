"""Reading severity matrices."""

from uuid import UUID

from sqlalchemy import or_, select

from dispatch.agreements import USUAL_MATRIX, Impact, Matrix, Severity, Urgency
from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.severity.schemas import SeverityMatrixOut
from server.severity.tables import SeverityMatrix


def shown_matrix(row: SeverityMatrix) -> SeverityMatrixOut:
    return SeverityMatrixOut(row.id, row.customer_id, row.cells, row.version)


async def matrix_row(session: AnySession, matrix_id: UUID) -> SeverityMatrix:
    row = await session.get(SeverityMatrix, matrix_id)
    if row is None:
        raise NotFound
    return row


async def matrices(session: AnySession, _scope: Scope) -> list[SeverityMatrixOut]:
    """All that are written, the house's first."""
    by = (SeverityMatrix.customer_id.is_not(None), SeverityMatrix.id)
    return [
        shown_matrix(row) for row in await session.scalars(select(SeverityMatrix).order_by(*by))
    ]


async def one_matrix(session: AnySession, _scope: Scope, matrix_id: UUID) -> SeverityMatrixOut:
    """One of them; how the house judges is no secret among its people."""
    return shown_matrix(await matrix_row(session, matrix_id))


async def matrix(session: AnySession, _scope: Scope, customer_id: UUID | None) -> SeverityMatrixOut:
    """The one that holds for a customer: theirs, else the house's, else what is usual."""
    row = await _row_for(session, customer_id)
    if row is not None:
        return shown_matrix(row)
    cells = {
        impact.value: {urgency.value: severity.value for urgency, severity in each.items()}
        for impact, each in USUAL_MATRIX.items()
    }
    return SeverityMatrixOut(None, None, cells, 0)


async def matrix_for(session: AnySession, customer_id: UUID) -> Matrix:
    """The same as the core reads it."""
    row = await _row_for(session, customer_id)
    return USUAL_MATRIX if row is None else matrix_value(row.cells)


def matrix_value(cells: dict[str, dict[str, str]]) -> Matrix:
    return {
        impact: {urgency: Severity(cells[impact][urgency]) for urgency in Urgency}
        for impact in Impact
    }


async def _row_for(session: AnySession, customer_id: UUID | None) -> SeverityMatrix | None:
    theirs = SeverityMatrix.customer_id
    query = (
        select(SeverityMatrix)
        .where(or_(theirs.is_(None), theirs == customer_id))
        .order_by(theirs.is_(None))
        .limit(1)
    )
    return (await session.scalars(query)).first()
