"""Wire shapes of agreements: versions and the targets they promise."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.kit.wire import Body, Code, Line, Out, Zone

Severity = Literal["S1", "S2", "S3", "S4"]
ClockKind = Literal["acknowledge", "response", "safe", "resolution"]
AgreementKind = Literal["customer", "internal", "supplier"]


class TargetOut(Out):
    """Counted in the service hours of `calendar_id`; `region_id` null means every region."""

    region_id: UUID | None
    severity: Severity
    clock: ClockKind
    seconds: int
    calendar_id: UUID


class AgreementVersionOut(Out):
    """In force for calls reported in `[valid_from, valid_to)`, local dates of `zone`."""

    id: UUID
    number: int
    valid_from: date
    valid_to: date | None
    zone: str
    targets: list[TargetOut]


class AgreementOut(Out):
    id: UUID
    number: str
    customer_id: UUID
    kind: AgreementKind
    name: str
    versions: list[AgreementVersionOut]
    version: int


class TargetBody(Body):
    region_id: UUID | None = None
    severity: Severity
    clock: ClockKind
    seconds: Annotated[int, Field(gt=0, le=366 * 86_400)]
    calendar_id: UUID


class AgreementVersionBody(Body):
    valid_from: date
    valid_to: date | None = None
    zone: Zone
    targets: Annotated[list[TargetBody], Field(min_length=1, max_length=500)]


class AgreementBody(Body):
    """An agreement is born with its first version."""

    number: Code
    customer_id: UUID
    kind: AgreementKind = "customer"
    name: Line
    first_version: AgreementVersionBody
