"""Issuing a month's statement, and setting what our own work costs. Neither is ever changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import exists, select

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.agreements.documents import plain
from server.credits.months import month_from
from server.credits.problems import MonthNotOver
from server.credits.tables import CreditNote
from server.interventions.numbering import NEXT
from server.invoicing import queries
from server.invoicing.charges import contracts
from server.invoicing.goodwill import with_givers
from server.invoicing.problems import AlreadyIssued
from server.invoicing.schemas import CostRatesBody, CostRatesOut, IssueBody, StatementOut
from server.invoicing.tables import CostRates, Statement, StatementCredit, StatementGoodwill
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.turns import wait_for_turn
from server.kit.work import require_version
from server.parts.tables import Part


async def issue(session: Session, scope: Scope, data: IssueBody, now: datetime) -> StatementOut:
    """Give a finished month's statement its number; credit notes and goodwill come off no other."""
    month = month_from(data.month)
    customer = await queries.customer_row(session, scope, data.customer_id)
    await wait_for_turn(session, "issuing statements")
    if not await queries.is_over(session, month, now):
        raise MonthNotOver(month=str(month))
    known = exists().where(Statement.customer_id == customer.id, Statement.month == month.first)
    if await session.scalar(select(known)):
        raise AlreadyIssued(month=str(month))
    draft = await queries.drafted(session, customer, month, now)
    if not draft.lines:
        sentence = "Nothing is charged or credited for this month."
        raise Invalid([Fault("month", "nothing_to_issue", sentence)])
    charging = await contracts(session, month, customer.id)
    zone = ZoneInfo(charging[0].version.zone if charging else "UTC")
    year = now.astimezone(zone).year
    last = await session.scalar(NEXT, {"name": f"statement-{year}"})
    row = Statement(
        number=f"ST-{year}-{last:04}",
        customer_id=customer.id,
        month=month.first,
        lines=msgspec.to_builtins(draft.lines),
        totals=draft.totals,
        issued_at=now,
        issued_by=scope.account_id,
        issued_by_name=scope.name,
    )
    session.add(row)
    await session.flush()
    # Those with a line here: another may have been approved while this was drawn up.
    numbers = [line.credit.number for line in draft.lines if line.credit is not None]
    given = await session.scalars(select(CreditNote.id).where(CreditNote.number.in_(numbers)))
    session.add_all(StatementCredit(credit_note_id=each, statement_id=row.id) for each in given)
    session.add_all(
        StatementGoodwill(
            goodwill_id=line.goodwill.id,
            is_withdrawal=line.goodwill.withdrawn_on is not None,
            statement_id=row.id,
        )
        for line in draft.lines
        if line.goodwill is not None
    )
    await session.flush()
    facts = {"statement_id": str(row.id), "number": row.number}
    await announce(session, scope.actor, now, Happening("statement_issued", About(), facts))
    return (await with_givers(session, [queries.shown_statement(row, customer)]))[0]


async def set_rates(
    session: Session, scope: Scope, data: CostRatesBody, now: datetime
) -> CostRatesOut:
    """Rates that hold from now on; those before stay to be read."""
    await wait_for_turn(session, "setting cost rates")
    held = await queries.newest_rates(session)
    number = 0 if held is None else held.number
    require_version(number, data.base_number)
    known = set(await session.scalars(select(Part.code).where(Part.code.in_(data.parts))))
    unknown = [code for code in data.parts if code not in known]
    if unknown:
        sentence = "There is no such part."
        raise Invalid([Fault(f"parts.{code}", "unknown", sentence) for code in unknown])
    row = CostRates(
        number=number + 1,
        currency=data.currency,
        work_hour=data.work_hour,
        travel_hour=data.travel_hour,
        parts=plain(data.parts),
        made_by=scope.account_id,
        made_by_name=scope.name,
        made_at=now,
    )
    session.add(row)
    await session.flush()
    return queries.shown_rates(row)
