"""Wire shapes of the alternatives of a draft: promises side by side, each with its price."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from server.agreements.schemas import (
    ClockKind,
    Currency,
    PromiseBody,
    PromiseOut,
    Severity,
)
from server.kit.wire import Body, Code, Line, Money, Out


class PriceBody(Body):
    """Net a month, in a region or wherever no other price stands."""

    region_id: UUID | None = None
    amount: Money


class RatesBody(Body):
    """What an hour of driving, an hour of overtime and a call out of hours cost us."""

    travel_hour: Money
    overtime_hour: Money
    call_out: Money


Prices = Annotated[list[PriceBody], Field(min_length=1, max_length=50)]


class AlternativeBody(Body):
    """A promise at one severity, in the hours of a calendar or of the line it takes the place of.

    A trial of it tells what it takes, rates what that costs.
    """

    name: Line
    service: Code
    severity: Severity
    clock: ClockKind = "response"
    promise: PromiseBody
    calendar_id: UUID | None = None
    currency: Currency = "EUR"
    prices: Prices
    trial_id: UUID | None = None
    rates: RatesBody | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.trial_id is None) != (self.rates is None):
            raise ValueError("A cost needs a trial and the rates, both.")
        return self


class PricesBody(Body):
    """New prices: a new revision, on the one that was seen."""

    prices: Prices
    base_version: Annotated[int, Field(ge=0, lt=2**31)]


class PriceOut(Out):
    region_id: UUID | None
    amount: str


class CostOut(Out):
    """`monthly` follows from the rest: what the weeks of the trial took, at these rates."""

    trial_id: UUID
    weeks: int
    travel_seconds: int
    overtime_seconds: int
    call_outs: int
    travel_hour: str
    overtime_hour: str
    call_out: str
    monthly: str
    expected_percent: str | None


class QualityOut(Out):
    """How it went for this customer in twelve months; null where there is no history.

    `kept_percent` of `kept_of` promises of this clock, `satisfied_percent` of `answers`.
    """

    kept_percent: str | None
    kept_of: int
    satisfied_percent: str | None
    answers: int


class AlternativeOut(Out):
    """One revision. `before` are the prices it had before, the newest first."""

    id: UUID
    revision: int
    name: str
    service: str
    severity: Severity
    clock: ClockKind
    promise: PromiseOut
    calendar_id: UUID | None
    currency: str
    prices: list[PriceOut]
    before: list[list[PriceOut]]
    cost: CostOut | None
    written_by: str
    written_at: datetime
    chosen_by: str
    chosen_at: datetime | None
    version: int


class AlternativesOut(Out):
    """Side by side; `quality` by clock."""

    items: list[AlternativeOut]
    quality: dict[str, QualityOut]
