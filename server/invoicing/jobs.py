"""Work that stands on a statement by itself: done on a later day for less, or told too late.

What a month's work comes to together is counted in `charges`. A job is charged once, and what
coming later was worth is given back once: what earlier statements say is final.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select

from dispatch.agreements import PriceKind
from server.agreements.tables import Agreement, AgreementVersion
from server.agreements.values import prices_of
from server.credits.months import Month
from server.credits.owed import CUSTOMER
from server.interventions.tables import ChosenTime, Closing, Intervention
from server.invoicing.schemas import StatementLineOut
from server.invoicing.tables import Statement
from server.kit.database import AnySession

PER_JOB, LATER_DAY = PriceKind.PER_RESOLVED_JOB.value, "later_day"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Job:
    """An intervention that was resolved, with the version it was reported under.

    `worth` is the later day its customer let it wait for, if one was chosen.
    """

    number: str
    agreement_number: str
    version: AgreementVersion
    closed_at: datetime
    worth: ChosenTime | None

    @property
    def price(self) -> Decimal | None:
        return _price(self.version)

    @property
    def done_on(self) -> date:
        return self.closed_at.astimezone(ZoneInfo(self.version.zone)).date()

    @property
    def month(self) -> date:
        return self.done_on.replace(day=1)


def is_charged() -> Sequence[ColumnElement[bool]]:
    """What was cancelled, merged or out of scope is not charged for."""
    return (
        Intervention.decided.is_distinct_from("cancelled"),
        Intervention.merged_into_id.is_(None),
        Intervention.out_of_scope_at.is_(None),
    )


async def single_jobs(
    session: AnySession, customer_id: UUID, month: Month, lines: Sequence[StatementLineOut]
) -> Sequence[StatementLineOut]:
    """What a month's statement says of jobs one by one, beside its `lines`.

    Work told after the statement of its month was issued is charged on this one, with its day.
    Work a customer let wait for a later day takes off what that was worth, once it is done.
    """
    issued = await _issued(session, customer_id, month)
    billed = _named(issued, PER_JOB).union(*(line.interventions for line in lines))
    given = _named(issued, LATER_DAY)
    months = {row.month for row in issued} | {month.first}
    worth = await _worth(session, customer_id)
    jobs = await _jobs(session, customer_id, min(months), month, worth)
    asked = [job for job in jobs if job.month in months]
    return [
        *(_charged(job) for job in asked if job.price is not None and job.number not in billed),
        *(_taken_off(job) for job in asked if job.worth is not None and job.number not in given),
    ]


async def taken_off(
    session: AnySession, customer_id: UUID, month: Month
) -> Sequence[StatementLineOut]:
    """What later days take off for the work of a month, whichever statement says so."""
    worth = await _worth(session, customer_id)
    jobs = await _jobs(session, customer_id, month.first, month, worth) if worth else []
    return [_taken_off(job) for job in jobs if job.worth is not None and job.month == month.first]


async def _issued(session: AnySession, customer_id: UUID, month: Month) -> Sequence[Statement]:
    """The customer's statements of other months."""
    query = select(Statement).where(
        Statement.customer_id == customer_id, Statement.month != month.first
    )
    return (await session.scalars(query)).all()


def _named(statements: Iterable[Statement], kind: str) -> set[str]:
    """The numbers of interventions their lines of a kind are about."""
    lines = (line for row in statements for line in row.lines if line["kind"] == kind)
    return {number for line in lines for number in line["interventions"]}


async def _worth(session: AnySession, customer_id: UUID) -> Mapping[UUID, ChosenTime]:
    """By intervention, the time that was chosen last, where it is worth something."""
    query = (
        select(ChosenTime)
        .join(Intervention, Intervention.id == ChosenTime.intervention_id)
        .where(Intervention.customer_id == customer_id)
        .order_by(ChosenTime.id)
    )
    last = {row.intervention_id: row for row in await session.scalars(query)}
    return {id_: row for id_, row in last.items() if row.discount}


async def _jobs(
    session: AnySession,
    customer_id: UUID,
    first: date,
    month: Month,
    worth: Mapping[UUID, ChosenTime],
) -> Sequence[Job]:
    """Work with a price or a worth of its own, resolved from `first` to the end of the month.

    Days are those of each version's zone: a day more at both ends has them all.
    """
    versions = {
        version.id: (version, agreement)
        for version, agreement in await session.execute(
            select(AgreementVersion, Agreement)
            .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
            .where(
                Agreement.kind == CUSTOMER,
                or_(Agreement.customer_id == customer_id, Agreement.customer_id.is_(None)),
            )
        )
    }
    priced = [id_ for id_, (version, _) in versions.items() if _price(version) is not None]
    closed_at = func.min(Closing.closed_at)
    query = (
        select(Intervention.id, Intervention.number, AgreementVersion.id, closed_at)
        .join(Closing, Closing.intervention_id == Intervention.id)
        .join(AgreementVersion, AgreementVersion.id == Intervention.agreement_version_id)
        .where(
            Intervention.customer_id == customer_id,
            AgreementVersion.id.in_(versions),
            or_(AgreementVersion.id.in_(priced), Intervention.id.in_(worth)),
            *is_charged(),
        )
        .group_by(Intervention.id, Intervention.number, AgreementVersion.id)
        .having(
            closed_at >= _midnight(first) - ONE_DAY, closed_at < _midnight(month.after) + ONE_DAY
        )
        .order_by(Intervention.number)
    )
    made = [
        Job(number, versions[version_id][1].number, versions[version_id][0], at, worth.get(id_))
        for id_, number, version_id, at in await session.execute(query)
    ]
    return [job for job in made if first <= job.done_on < month.after]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _price(version: AgreementVersion) -> Decimal | None:
    """What a version charges for each intervention resolved."""
    prices = prices_of(version.terms)
    return next((each.amount for each in prices if each.kind.value == PER_JOB), None)


def _charged(job: Job) -> StatementLineOut:
    return StatementLineOut(
        kind="per_resolved_job",
        agreement_number=job.agreement_number,
        currency=job.version.terms["pricing"]["currency"],
        amount=f"{job.price:.2f}",
        price=f"{job.price:.2f}",
        quantity="1",
        interventions=[job.number],
        done_on=job.done_on,
    )


def _taken_off(job: Job) -> StatementLineOut:
    assert job.worth is not None
    assert job.worth.discount is not None
    return StatementLineOut(
        kind="later_day",
        agreement_number=job.agreement_number,
        currency=job.worth.currency,
        amount=f"{-job.worth.discount:.2f}",
        interventions=[job.number],
        done_on=job.done_on,
    )
