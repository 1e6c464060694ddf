"""Credit notes and money at risk over HTTP."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.credits import actions, queries, risk
from server.credits.problems import AlreadyCountered, CreditMoveNotAllowed, MonthNotOver
from server.credits.queries import WRITERS, WantedCredits
from server.credits.schemas import (
    CreditCommandBody,
    CreditNoteOut,
    CreditStatus,
    MoneyAtRiskOut,
    PortalCreditNotesOut,
    ProposeBody,
    ProposedOut,
)
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, SecondPersonNeeded, Stale
from server.kit.wire import Page
from server.kit.work import Work, shown

MonthText = Annotated[str | None, QueryParameter(pattern=r"^2\d{3}-(0[1-9]|1[0-2])$")]


@get("/credits", operation_id="list_credits", responses=answers(Invalid), **allow(*STAFF_READERS))
async def list_credits(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    customer_id: FromQuery[UUID | None] = None,
    month: MonthText = None,
    status: FromQuery[CreditStatus | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[CreditNoteOut]:
    """Credit notes, the newest first."""
    wanted = WantedCredits(customer_id, month, status)
    async with work.read() as session:
        return await queries.credit_notes(session, caller, wanted, limit=limit, cursor=cursor)


@get(
    "/credits/{credit_id:uuid}",
    operation_id="get_credit",
    responses=answers(NotFound),
    **allow(*STAFF_READERS),
)
async def get_credit(
    work: NamedDependency[Work], caller: NamedDependency[Scope], credit_id: FromPath[UUID]
) -> Response[CreditNoteOut]:
    """One credit note with how its amount came about."""
    async with work.read() as session:
        return shown(await queries.credit_note(session, caller, credit_id))


@post(
    "/credits/proposals",
    operation_id="propose_credits",
    status_code=200,
    responses=answers(Invalid, MonthNotOver),
    **allow(*WRITERS),
)
async def propose_credits(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[ProposeBody]
) -> Response[ProposedOut]:
    """Propose what a finished month owes: what is new, or has changed since the last time."""
    return await work.command(lambda session: actions.propose(session, caller, data, work.now))


@post(
    "/credits/{credit_id:uuid}/commands",
    operation_id="command_credit",
    status_code=200,
    responses=answers(
        NotFound, Invalid, Stale, SecondPersonNeeded, CreditMoveNotAllowed, AlreadyCountered
    ),
    **allow(*WRITERS),
)
async def command_credit(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    credit_id: FromPath[UUID],
    data: JSONBody[CreditCommandBody],
) -> Response[CreditNoteOut]:
    """Check, approve or drop a note, or take an approved one back."""
    return await work.command(
        lambda session: actions.command_credit(session, caller, credit_id, data, work.now)
    )


@get("/portal/credits", operation_id="portal_credits", **allow(Role.MANAGER))
async def portal_credits(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> PortalCreditNotesOut:
    """The approved credit notes of my company."""
    async with work.read() as session:
        return await queries.portal_credits(session, caller)


@get(
    "/money-at-risk",
    operation_id="money_at_risk",
    responses=answers(NotFound, Invalid),
    **allow(Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE),
)
async def money_at_risk(
    work: NamedDependency[Work], caller: NamedDependency[Scope], region_id: FromQuery[UUID]
) -> MoneyAtRiskOut:
    """What missed promises will cost in the next two hours if nothing changes."""
    async with work.read() as session:
        return await risk.at_risk(session, caller, region_id, work.now)


handlers = [
    list_credits,
    get_credit,
    propose_credits,
    command_credit,
    portal_credits,
    money_at_risk,
]
