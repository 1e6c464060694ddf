"""Wire shapes of credit notes and of money at risk. Amounts are exact decimals as text."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from server.agreements.schemas import ClockKind, Severity
from server.kit.wire import Body, OptionalLine, Out

CreditStatus = Literal["proposed", "checked", "approved", "dropped"]
Month = Annotated[str, StringConstraints(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$")]


class CreditLineOut(Out):
    """What one rule would give; the largest counts.

    A tier says which availability it rests on: minutes agreed, and of them minutes out of service.
    """

    kind: Literal["per_breach", "chronic", "tier", "counter"]
    amount: str
    availability: str | None = None
    agreed_minutes: int | None = None
    down_minutes: int | None = None


class CreditNoteOut(Out):
    """`number` is null until approved; `counters` names the note this one takes back."""

    id: UUID
    number: str | None
    status: CreditStatus
    customer_id: UUID
    customer_name: str
    agreement_number: str
    agreement_version_id: UUID
    unit: Literal["agreement", "site", "asset"]
    unit_id: UUID
    unit_name: str
    month: str
    currency: str
    fee: str
    amount: str
    lines: list[CreditLineOut]
    breach_ids: list[UUID]
    counters: str | None
    countered_by: str | None
    reason: str
    proposed_at: datetime
    proposed_by: str
    checked_at: datetime | None
    checked_by: str
    approved_at: datetime | None
    approved_by: str
    allowed: list[Literal["check", "approve", "drop", "counter"]]
    version: int


class ProposeBody(Body):
    """Propose what a finished month owes; asked twice, nothing is proposed twice."""

    month: Month


class ProposedOut(Out):
    month: str
    proposed: list[CreditNoteOut]


class CreditCommandBody(Body):
    """`counter` and `drop` need a reason."""

    kind: Literal["check", "approve", "drop", "counter"]
    base_version: int
    reason: OptionalLine = ""


class PortalCreditNoteOut(Out):
    """An approved credit note as the customer reads it."""

    number: str
    agreement_number: str
    month: str
    currency: str
    amount: str
    lines: list[CreditLineOut]
    counters: str | None
    approved_on: date
    unit_name: str


class PortalCreditNotesOut(Out):
    items: list[PortalCreditNoteOut]


class RiskItemOut(Out):
    """One promise that will be missed within the hours to come if nothing changes."""

    intervention_id: UUID
    number: str
    site_name: str
    severity: Severity
    clock: ClockKind
    due_at: datetime
    expected_at: datetime | None
    amount: str
    currency: str


class MoneyAtRiskOut(Out):
    """What is lost by `until` if nothing changes, by currency; dearest first."""

    region_id: UUID
    now: datetime
    until: datetime
    totals: dict[str, str]
    items: list[RiskItemOut]
