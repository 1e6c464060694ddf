"""Statements as they were issued, and as they would be; and the rates our own work costs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import exists, select

from server.accounts.scope import Scope
from server.agreements.tables import Agreement, AgreementVersion
from server.breaches.tables import Breach
from server.credits.months import Month
from server.credits.tables import CreditNote
from server.customers.tables import Customer
from server.interventions.tables import Intervention
from server.invoicing.charges import charged, contracts
from server.invoicing.goodwill import goodwill_lines, with_givers
from server.invoicing.jobs import single_jobs
from server.invoicing.schemas import (
    CostRatesOut,
    CreditedBreachOut,
    CreditedOut,
    PortalStatementOut,
    PortalStatementsOut,
    StatementLineOut,
    StatementOut,
    StatementsOut,
)
from server.invoicing.tables import CostRates, Statement, StatementCredit
from server.kit.database import AnySession
from server.kit.problems import NotFound
from server.sites.tables import Asset, Site

ZERO = Decimal("0.00")
NO_RATES = CostRatesOut(0, "EUR", "0.00", "0.00", {}, "", None)


async def statements(
    session: AnySession, scope: Scope, month: Month, now: datetime
) -> StatementsOut:
    """Of every customer who is charged or credited: issued ones as they stand, others as of now."""
    issued = {
        row.customer_id: row
        for row in await session.scalars(select(Statement).where(Statement.month == month.first))
    }
    items = [
        shown_statement(issued[customer.id], customer)
        if customer.id in issued
        else await drafted(session, customer, month, now)
        for customer in await customers_of(session, scope)
    ]
    over = await is_over(session, month, now)
    shown = [each for each in items if each.lines or each.id]
    return StatementsOut(str(month), over, await with_givers(session, shown))


async def drafted(
    session: AnySession, customer: Customer, month: Month, now: datetime
) -> StatementOut:
    """What a month comes to as far as it is known now, as its customer is to read it."""
    lines: list[StatementLineOut] = []
    for contract in await contracts(session, month, customer.id):
        lines += await charged(session, contract, now)
    lines += await single_jobs(session, customer.id, month, lines)
    lines += await credited(session, await waiting_notes(session, customer.id, month))
    lines += await goodwill_lines(session, customer.id, month)
    return StatementOut(
        id=None,
        number=None,
        customer_id=customer.id,
        customer_name=customer.name,
        month=str(month),
        lines=lines,
        totals=totals(lines),
        issued_at=None,
        issued_by="",
    )


def totals(lines: Sequence[StatementLineOut]) -> dict[str, str]:
    """What lines, each rounded already, come to, by currency."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        sums[line.currency] += Decimal(line.amount)
    return {currency: str(total) for currency, total in sorted(sums.items())}


async def waiting_notes(
    session: AnySession, customer_id: UUID, month: Month
) -> Sequence[CreditNote]:
    """Approved notes for this month and before that are on no statement yet."""
    listed = exists().where(StatementCredit.credit_note_id == CreditNote.id)
    query = select(CreditNote).where(
        CreditNote.customer_id == customer_id,
        CreditNote.status == "approved",
        CreditNote.month <= month.first,
        ~listed,
    )
    return (await session.scalars(query.order_by(CreditNote.number))).all()


async def credited(session: AnySession, notes: Sequence[CreditNote]) -> Sequence[StatementLineOut]:
    """A line for each note, with the missed promises or the lost minutes it rests on."""
    breaches = await _breaches(session, [UUID(each) for note in notes for each in note.breach_ids])
    units = await _units(session, {note.unit_id for note in notes})
    numbers = await _agreements(session, {note.agreement_version_id for note in notes})
    countered = {note.counters_id for note in notes if note.counters_id is not None}
    query = select(CreditNote.id, CreditNote.number).where(CreditNote.id.in_(countered))
    counters = dict((await session.execute(query)).all())
    return [
        StatementLineOut(
            kind="credit",
            agreement_number=numbers[note.agreement_version_id],
            currency=note.currency,
            amount=str(-note.amount),
            credit=CreditedOut(
                number=note.number or "",
                month=f"{note.month:%Y-%m}",
                unit_name=units[note.unit_id],
                breaches=[breaches[UUID(each)] for each in note.breach_ids],
                agreed_minutes=_minutes(note, "agreed_minutes"),
                down_minutes=_minutes(note, "down_minutes"),
                counters=None if note.counters_id is None else counters[note.counters_id],
            ),
        )
        for note in notes
    ]


def _minutes(note: CreditNote, name: str) -> int | None:
    """What the line about availability keeps of the ledger."""
    return next((line[name] for line in note.lines if line.get(name) is not None), None)


async def _breaches(
    session: AnySession, breach_ids: Sequence[UUID]
) -> Mapping[UUID, CreditedBreachOut]:
    query = (
        select(Breach, Intervention.number)
        .join(Intervention, Intervention.id == Breach.intervention_id)
        .where(Breach.id.in_(breach_ids))
    )
    return {
        row.id: CreditedBreachOut(row.id, number, row.clock, row.occurred_at)  # type: ignore[arg-type]
        for row, number in (await session.execute(query)).all()
    }


async def _units(session: AnySession, unit_ids: set[UUID]) -> Mapping[UUID, str]:
    names: dict[UUID, str] = {}
    for table in (Agreement, Customer, Site, Asset):
        query = select(table.id, table.name).where(table.id.in_(unit_ids))
        names.update((await session.execute(query)).all())
    return names


async def _agreements(session: AnySession, version_ids: set[UUID]) -> Mapping[UUID, str]:
    query = (
        select(AgreementVersion.id, Agreement.number)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(AgreementVersion.id.in_(version_ids))
    )
    return dict((await session.execute(query)).all())


async def customers_of(session: AnySession, scope: Scope) -> Sequence[Customer]:
    """Those limited to regions see customers who have a site there."""
    query = select(Customer).order_by(Customer.name, Customer.id)
    if scope.region_ids is not None:
        inside = exists().where(
            Site.customer_id == Customer.id, Site.region_id.in_(scope.region_ids)
        )
        query = query.where(inside)
    return (await session.scalars(query)).all()


async def customer_row(session: AnySession, scope: Scope, customer_id: UUID) -> Customer:
    """One of the customers this caller may charge; any other looks unknown."""
    for customer in await customers_of(session, scope):
        if customer.id == customer_id:
            return customer
    raise NotFound


async def is_over(session: AnySession, month: Month, now: datetime) -> bool:
    """Whether the month has ended wherever something is charged for it."""
    zones = {each.version.zone for each in await contracts(session, month)} or {"UTC"}
    return all(now.astimezone(ZoneInfo(zone)).date() >= month.after for zone in zones)


def shown_statement(row: Statement, customer: Customer) -> StatementOut:
    return StatementOut(
        id=row.id,
        number=row.number,
        customer_id=customer.id,
        customer_name=customer.name,
        month=f"{row.month:%Y-%m}",
        lines=msgspec.convert(row.lines, list[StatementLineOut]),
        totals=row.totals,
        issued_at=row.issued_at,
        issued_by=row.issued_by_name,
    )


async def portal_statements(session: AnySession, scope: Scope) -> PortalStatementsOut:
    """What was issued to the manager's own company, the newest first."""
    query = (
        select(Statement)
        .where(Statement.customer_id == scope.customer_id)
        .order_by(Statement.month.desc())
    )
    return PortalStatementsOut(
        [
            PortalStatementOut(
                number=row.number,
                month=f"{row.month:%Y-%m}",
                lines=msgspec.convert(row.lines, list[StatementLineOut]),
                totals=row.totals,
                issued_at=row.issued_at,
            )
            for row in await session.scalars(query)
        ]
    )


async def newest_rates(session: AnySession) -> CostRates | None:
    """The rates that hold now; none where nobody has set any."""
    query = select(CostRates).order_by(CostRates.number.desc()).limit(1)
    return await session.scalar(query)


async def cost_rates(session: AnySession) -> CostRatesOut:
    row = await newest_rates(session)
    return NO_RATES if row is None else shown_rates(row)


def shown_rates(row: CostRates) -> CostRatesOut:
    return CostRatesOut(
        number=row.number,
        currency=row.currency,
        work_hour=str(row.work_hour),
        travel_hour=str(row.travel_hour),
        parts=dict(sorted(row.parts.items())),
        made_by=row.made_by_name,
        made_at=row.made_at,
    )
