"""Statements, margins and what our work costs over HTTP."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.credits.months import month_from
from server.credits.problems import MonthNotOver
from server.invoicing import actions, queries
from server.invoicing.margins import margins
from server.invoicing.problems import AlreadyIssued
from server.invoicing.schemas import (
    CostRatesBody,
    CostRatesOut,
    IssueBody,
    MarginsOut,
    PortalStatementsOut,
    StatementOut,
    StatementsOut,
)
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale
from server.kit.work import Work

WRITERS = (Role.ADMIN, Role.EXPERIENCE)
READERS = (*WRITERS, Role.AUDITOR)
MonthText = Annotated[str, QueryParameter(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$")]


@get(
    "/statements",
    operation_id="list_statements",
    responses=answers(Invalid),
    **allow(*READERS),
)
async def list_statements(
    work: NamedDependency[Work], caller: NamedDependency[Scope], *, month: MonthText
) -> StatementsOut:
    """What each customer is charged for a month, with the credit notes that come off it."""
    async with work.read() as session:
        return await queries.statements(session, caller, month_from(month), work.now)


@post(
    "/statements",
    operation_id="issue_statement",
    status_code=200,
    responses=answers(NotFound, Invalid, MonthNotOver, AlreadyIssued),
    **allow(*WRITERS),
)
async def issue_statement(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[IssueBody]
) -> Response[StatementOut]:
    """Issue a finished month's statement to a customer, for good."""
    return await work.command(lambda session: actions.issue(session, caller, data, work.now))


@get("/portal/statements", operation_id="portal_statements", **allow(Role.MANAGER))
async def portal_statements(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> PortalStatementsOut:
    """The statements issued to my company."""
    async with work.read() as session:
        return await queries.portal_statements(session, caller)


@get("/margins", operation_id="margins", responses=answers(Invalid), **allow(*READERS))
async def get_margins(
    work: NamedDependency[Work], caller: NamedDependency[Scope], *, month: MonthText
) -> MarginsOut:
    """What each agreement left in a month: never for customers."""
    async with work.read() as session:
        return await margins(session, caller, month_from(month), work.now)


@get("/cost-rates", operation_id="cost_rates", **allow(*READERS))
async def get_cost_rates(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> CostRatesOut:
    """What an hour of our work, an hour of driving and each part cost us."""
    del caller
    async with work.read() as session:
        return await queries.cost_rates(session)


@post(
    "/cost-rates",
    operation_id="set_cost_rates",
    status_code=200,
    responses=answers(Invalid, Stale),
    **allow(*WRITERS),
)
async def set_cost_rates(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[CostRatesBody]
) -> Response[CostRatesOut]:
    """Set rates that hold from now on."""
    return await work.command(lambda session: actions.set_rates(session, caller, data, work.now))


handlers = [
    list_statements,
    issue_statement,
    portal_statements,
    get_margins,
    get_cost_rates,
    set_cost_rates,
]
