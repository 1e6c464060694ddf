"""Wire shapes of irritations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from server.kit.wire import Body, Line, Out

IrritationKind = Literal["irritation", "complaint"]
IrritationState = Literal["open", "taken_up", "closed"]
Said = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class IrritationBody(Body):
    """What somebody finds about one intervention, whether its promises were kept or not."""

    intervention_id: UUID
    kind: IrritationKind = "irritation"
    text: Said


class CloseIrritationBody(Body):
    base_version: int
    reason: Line


class IrritationOut(Out):
    """`taken_up` once it became an improvement; who raised it is told by role only."""

    id: UUID
    intervention_id: UUID
    number: str
    summary: str
    site_id: UUID
    site_name: str
    customer_id: UUID
    customer_name: str
    region_id: UUID
    role: str
    kind: IrritationKind
    text: str
    raised_at: datetime
    state: IrritationState
    improvement_id: UUID | None
    closed_reason: str
    closed_by: str
    closed_at: datetime | None
    version: int
