"""Wire shapes of statements, margins and rates. Amounts are exact decimals as text, before tax."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from server.agreements.schemas import ClockKind, Currency, FeltMeasure
from server.credits.schemas import Month
from server.kit.wire import Body, Code, Count, Money, Out

LineKind = Literal[
    "flat",
    "per_resolved_job",
    "per_asset_month",
    "outcome_bonus",
    "later_day",
    "credit",
    "goodwill",
    "goodwill_withdrawn",
]


class CreditedBreachOut(Out):
    """A missed promise by the number of its intervention."""

    id: UUID
    number: str
    clock: ClockKind
    occurred_at: datetime


class CreditedOut(Out):
    """What a credit note rests on: missed promises, or minutes of the out-of-service ledger.

    `month` is the one it is for; `counters` names the note it takes back.
    """

    number: str
    month: str
    unit_name: str
    breaches: list[CreditedBreachOut]
    agreed_minutes: int | None
    down_minutes: int | None
    counters: str | None


class GivenOut(Out):
    """Goodwill by its local days; `withdrawn_on` where the line takes back what was given.

    `by` and `reason` say who promised or withdrew it and why, `intervention_id` and `region_id`
    where that is seen: none of it where a customer reads it.
    """

    id: UUID
    given_on: date
    withdrawn_on: date | None
    by: str = ""
    reason: str = ""
    intervention_id: UUID | None = None
    region_id: UUID | None = None


class StatementLineOut(Out):
    """One amount of a month; a credit, a later day and goodwill come off it and are negative.

    The amount is `price` times `quantity`, half up to the cent. `days` are those in force of the
    month. A bonus names its `measure`, the least agreed and what it came to; `standing` is unknown
    on fewer than five answers. `interventions` are the numbers of those that were resolved.
    `done_on` is the local day of a job that stands by itself: one a customer let wait for a later
    day, or one told after the statement of its month was issued. `agreement_number` is empty for
    goodwill where nothing was agreed.
    """

    kind: LineKind
    agreement_number: str
    currency: str
    amount: str
    price: str | None = None
    quantity: str | None = None
    days: int | None = None
    measure: FeltMeasure | None = None
    at_least: str | None = None
    value: str | None = None
    standing: Literal["reached", "missed", "unknown"] | None = None
    interventions: list[str] = []
    done_on: date | None = None
    credit: CreditedOut | None = None
    goodwill: GivenOut | None = None


class StatementOut(Out):
    """What a customer is charged for a month; without a number while nobody has issued it."""

    id: UUID | None
    number: str | None
    customer_id: UUID
    customer_name: str
    month: str
    lines: list[StatementLineOut]
    totals: dict[str, str]
    issued_at: datetime | None
    issued_by: str


class StatementsOut(Out):
    """By customer; `is_over` is whether the month has ended wherever it is charged."""

    month: str
    is_over: bool
    items: list[StatementOut]


class IssueBody(Body):
    """Issue what a finished month comes to: once, for good."""

    customer_id: UUID
    month: Month


class PortalStatementOut(Out):
    """A statement as the customer reads it."""

    number: str
    month: str
    lines: list[StatementLineOut]
    totals: dict[str, str]
    issued_at: datetime


class PortalStatementsOut(Out):
    items: list[PortalStatementOut]


class MarginOut(Out):
    """What an agreement brought in a month and what its work cost us.

    `credited` is what credit notes for the month and goodwill given in it come to. `cost` and
    `margin` are null where no rates are set in its currency. Parts nobody has priced are not in
    the cost; `unpriced_parts` says how many were put in.
    """

    agreement_id: UUID
    number: str
    name: str
    customer_name: str
    currency: str
    charged: str
    credited: str
    visits: int
    work_minutes: int
    travel_minutes: int
    parts_cost: str
    unpriced_parts: int
    cost: str | None
    margin: str | None
    margin_percent: str | None


class MarginsOut(Out):
    """By agreement, the smallest margin first."""

    month: str
    items: list[MarginOut]


class CostRatesBody(Body):
    """What an hour on site, an hour of driving and one unit of a part cost us.

    `base_number` is the version of the rates that were seen, 0 where there are none.
    """

    base_number: Count
    currency: Currency = "EUR"
    work_hour: Money
    travel_hour: Money
    parts: Annotated[dict[Code, Money], Field(max_length=10_000)] = {}


class CostRatesOut(Out):
    """The rates that hold now; number 0 and nothing in them where nobody has set any."""

    number: int
    currency: str
    work_hour: str
    travel_hour: str
    parts: dict[str, str]
    made_by: str
    made_at: datetime | None
