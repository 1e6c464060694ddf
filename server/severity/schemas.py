"""Wire shapes of severity matrices."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator

from dispatch.agreements import Impact, Severity, Urgency
from server.kit.wire import Body, Out


def _whole(cells: dict[Impact, dict[Urgency, Severity]]) -> dict[Impact, dict[Urgency, Severity]]:
    if len(cells) < len(Impact) or any(len(row) < len(Urgency) for row in cells.values()):
        raise ValueError("Say a severity for every impact and every urgency.")
    return cells


Cells = Annotated[dict[Impact, dict[Urgency, Severity]], AfterValidator(_whole)]


class SeverityMatrixOut(Out):
    """By impact, then by urgency.

    `customer_id` null means everybody who has none of their own; `id` is null for what is usual
    while the house has written none.
    """

    id: UUID | None
    customer_id: UUID | None
    cells: dict[str, dict[str, str]]
    version: int


class SeverityMatrixBody(Body):
    customer_id: UUID | None = None
    cells: Cells


class SeverityMatrixChangeBody(Body):
    cells: Cells
