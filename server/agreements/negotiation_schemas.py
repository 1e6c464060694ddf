"""Wire shapes of what is said before a version is agreed."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from server.agreements.portal_schemas import PortalVersionOut
from server.agreements.schemas import ClockKind, PromiseBody, PromiseOut, Severity
from server.kit.wire import Body, Code, Line, OptionalLine, Out, Text

Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Answer = Literal["approved", "objected"]
Side = Literal["provider", "customer"]
ProposalDecision = Literal["accepted", "refused"]
RequirementStatus = Literal["open", "agreed", "dropped"]
TracedPart = Literal[
    "promise",
    "availability",
    "exclusions",
    "penalties",
    "responsibilities",
    "obligations",
    "escalation",
    "desired_outcome",
]
OF_A_SERVICE = ("promise", "availability", "exclusions")


class TraceBody(Body):
    """A part of the terms; promises, availability and exclusions are those of a service."""

    part: TracedPart
    service: Code | None = None
    severity: Severity | None = None
    clock: ClockKind | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.part in OF_A_SERVICE) != (self.service is not None):
            raise ValueError("Name the service of a promise, and of nothing else.")
        if (self.part == "promise") != (self.clock is not None):
            raise ValueError("Name the clock of a promise, and of nothing else.")
        if self.severity is not None and self.part != "promise":
            raise ValueError("Only a promise has a severity.")
        return self


class ExpectationBody(Body):
    said_by: Line
    said_on: date
    text: Words


class RequirementBody(Body):
    text: Words
    source: Line
    asked_on: date
    traces: Annotated[list[TraceBody], Field(max_length=20)] = []


class RequirementChangeBody(Body):
    status: RequirementStatus | None = None
    traces: Annotated[list[TraceBody], Field(max_length=20)] | None = None


class ProposalPartBody(Body):
    """Where a draft is to say something else: the outcome, one more duty, or one promise.

    A promise is that of the region, site or asset that is named, as the draft names it. With none
    it is the one that holds everywhere, or all of them where each holds somewhere.
    """

    part: Literal["desired_outcome", "obligation", "promise"]
    service: Code | None = None
    severity: Severity | None = None
    clock: ClockKind | None = None
    region_id: UUID | None = None
    site_id: UUID | None = None
    asset_id: UUID | None = None


class ProposalBody(Body):
    """`promise` for a promise, `text` for the rest."""

    part: ProposalPartBody
    text: Text = ""
    promise: PromiseBody | None = None
    why: OptionalLine = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        is_promise = self.part.part == "promise"
        if is_promise != (self.promise is not None) or is_promise == bool(self.text):
            raise ValueError("A promise for a promise, words for the rest.")
        if is_promise and (self.part.service is None or self.part.clock is None):
            raise ValueError("Name the service and the clock of the promise.")
        return self


class ProposalDecisionBody(Body):
    decision: ProposalDecision
    reason: Line


class FinalAnswerBody(Body):
    """An objection says what is wrong. `recipient_id` is for who has no account here."""

    answer: Answer
    comment: Text = ""
    recipient_id: UUID | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.answer == "objected" and not self.comment:
            raise ValueError("Say what is wrong with it.")
        return self


class ExpectationOut(Out):
    id: UUID
    said_by: str
    said_on: date
    text: str
    recorded_by: str
    recorded_at: datetime


class TraceOut(Out):
    """`is_found`: the terms of the newest version say something there."""

    part: TracedPart
    service: str | None
    severity: Severity | None
    clock: ClockKind | None
    is_found: bool


class RequirementOut(Out):
    """`is_complete`: it is traced, and every part it is traced to is there. A dropped one is."""

    id: UUID
    text: str
    source: str
    asked_on: date
    status: RequirementStatus
    traces: list[TraceOut]
    is_complete: bool
    recorded_by: str
    recorded_at: datetime
    version: int


class ProposalPartOut(Out):
    """`where` is the name of the region, site or asset the promise is for; empty is everywhere."""

    part: Literal["desired_outcome", "obligation", "promise"]
    service: str | None
    severity: Severity | None
    clock: ClockKind | None
    region_id: UUID | None = None
    site_id: UUID | None = None
    asset_id: UUID | None = None
    where: str = ""


class ProposedOut(Out):
    text: str
    promise: PromiseOut | None


class ProposalOut(Out):
    """What the draft said and what it is to say; `decision` is null until then."""

    id: UUID
    version_id: UUID
    part: ProposalPartOut
    before: ProposedOut
    after: ProposedOut
    why: str
    side: Side
    proposed_by: str
    proposed_at: datetime
    decision: ProposalDecision | None
    reason: str
    decided_by: str
    decided_at: datetime | None


class RecipientOut(Out):
    """Somebody who is to answer; `is_me` where it is the caller."""

    id: UUID
    name: str
    side: Side
    has_account: bool
    is_me: bool
    sent_at: datetime
    read_at: datetime | None
    answer: Answer | None
    comment: str
    answered_at: datetime | None
    recorded_by: str


class NegotiationOut(Out):
    """Of the newest version: what was expected, required and proposed, and who has answered.

    `managers` are the customer's people with an account, to whom a final version can be sent.
    """

    version_id: UUID
    expectations: list[ExpectationOut]
    requirements: list[RequirementOut]
    gaps: int
    proposals: list[ProposalOut]
    recipients: list[RecipientOut]
    managers: list["ManagerOut"]


class ManagerOut(Out):
    id: UUID
    name: str


class DraftPromiseOut(Out):
    """`where` is the name of the region, site or asset it is for; empty is everywhere."""

    service: str
    severity: Severity | None
    clock: ClockKind
    promise: PromiseOut
    region_id: UUID | None
    site_id: UUID | None
    asset_id: UUID | None
    where: str


class PortalNegotiationOut(Out):
    """A version that is talked about with the customer, and what the caller may do with it."""

    agreement_id: UUID
    number: str
    name: str
    status: Literal["negotiation", "final_review", "approved"]
    draft: PortalVersionOut
    promises: list[DraftPromiseOut]
    proposals: list[ProposalOut]
    me: RecipientOut | None


class PortalNegotiationsOut(Out):
    items: list[PortalNegotiationOut]
