"""Wire shapes of breaches, excuses and marks, for staff."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from server.agreements.schemas import AgreementKind, ClockKind, Severity
from server.kit.wire import Body, Line, Out


class ExcuseOut(Out):
    id: UUID
    reason: str
    proposed_by: str
    proposed_at: datetime
    decision: Literal["approved", "refused"] | None
    decided_by: str
    decided_at: datetime | None


class BreachOut(Out):
    """A promise not kept. It counts unless excused or overturned.

    `overturned_because` names the fact that showed it was kept: arrival, acceptance,
    person_released, back_in_service, pause, ended, severity or out_of_scope; merged where the
    same promise of the report that goes on was missed too, and counts there.
    """

    id: UUID
    intervention_id: UUID
    number: str
    summary: str
    site_name: str
    customer_id: UUID
    customer_name: str
    region_id: UUID
    party: AgreementKind
    clock: ClockKind
    round: int
    severity: Severity
    occurred_at: datetime
    recorded_at: datetime
    stopped_at: datetime | None
    overrun_seconds: int | None
    overturned_at: datetime | None
    overturned_because: str
    excuses: list[ExcuseOut]
    counts: bool
    can_propose: bool
    can_decide: bool
    version: int


class ExcuseBody(Body):
    reason: Line


class ExcuseDecisionBody(Body):
    decision: Literal["approved", "refused"]


class MarkOut(Out):
    """Something told of, once: a share of a target, a predicted breach, a breach, an escalation.

    A fault that keeps coming back is told as `recurring_fault_<count>`; it has no clock.
    """

    kind: str
    party: AgreementKind | None
    clock: ClockKind | None
    at: datetime
    recorded_at: datetime
    role: str
