"""Who may come in, over HTTP: rights, invitations, sessions ended."""

from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts import member_actions as actions
from server.accounts import queries, secrets
from server.accounts.guards import allow, public
from server.accounts.problems import (
    AccountShut,
    DemoPasswordRefused,
    InvitationEnded,
    JsonOnly,
    LastAdministrator,
)
from server.accounts.routes import refuse_demo_password
from server.accounts.schemas import (
    AccountChangeBody,
    InvitationBody,
    InvitationOut,
    MemberOut,
    Role,
    WelcomeBody,
    WelcomeOut,
)
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import AlreadyExists, Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work, shown
from server.mail.problems import MailOff
from server.settings import Settings


@get("/accounts", operation_id="list_accounts", **allow(Role.ADMIN, Role.AUDITOR))
async def list_accounts(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[MemberOut]:
    """Everybody who can sign in."""
    async with work.read() as session:
        return await queries.members(session, caller, work.now, limit=limit, cursor=cursor)


@get(
    "/accounts/{account_id:uuid}",
    operation_id="get_account",
    responses=answers(NotFound),
    **allow(Role.ADMIN, Role.AUDITOR),
)
async def get_account(
    work: NamedDependency[Work], account_id: FromPath[UUID]
) -> Response[MemberOut]:
    """One of them."""
    async with work.read() as session:
        row = await queries.member_row(session, account_id)
        (member,) = await queries.shown_members(session, [row], work.now)
    return shown(member)


@patch(
    "/accounts/{account_id:uuid}",
    operation_id="change_account",
    responses=answers(Invalid, NotFound, AlreadyExists, LastAdministrator, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def change_account(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    account_id: FromPath[UUID],
    data: JSONBody[AccountChangeBody],
) -> Response[MemberOut]:
    """Change what somebody may do, whose account it is, or shut it."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.change(
            session, caller, account_id, data, expected=expected, now=work.now
        )
    )


@patch(
    "/accounts/{account_id:uuid}/invitation",
    operation_id="invite_account",
    responses=answers(Invalid, NotFound, AccountShut, MailOff, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def invite_account(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    account_id: FromPath[UUID],
    data: JSONBody[InvitationBody],
) -> Response[InvitationOut]:
    """A one-time link by which they choose a password, or none any more."""
    if data.is_mailed and not settings.sends_mail:
        raise MailOff
    expected = work.expected_version
    return await work.change(
        lambda session: actions.invite(
            session, caller, account_id, data, expected=expected, now=work.now
        )
    )


@post(
    "/accounts/{account_id:uuid}/sign_out",
    operation_id="sign_out_everywhere",
    status_code=200,
    responses=answers(NotFound),
    **allow(Role.ADMIN),
)
async def sign_out_everywhere(
    work: NamedDependency[Work], caller: NamedDependency[Scope], account_id: FromPath[UUID]
) -> Response[MemberOut]:
    """End every session of somebody."""
    return await work.command(
        lambda session: actions.end_sessions(session, caller, account_id, work.now)
    )


@post(
    "/invitations",
    operation_id="accept_invitation",
    status_code=200,
    responses=answers(Invalid, InvitationEnded, DemoPasswordRefused, JsonOnly),
    **public(),
)
async def accept_invitation(
    work: NamedDependency[Work], settings: NamedDependency[Settings], data: JSONBody[WelcomeBody]
) -> WelcomeOut:
    """Choose a password by a link that was given out."""
    refuse_demo_password(data.password, settings)
    hashed = await secrets.hashed(data.password)
    async with work.database.write() as session:
        return await actions.welcome(session, data, hashed, work.now)


handlers = [
    list_accounts,
    get_account,
    change_account,
    invite_account,
    sign_out_everywhere,
    accept_invitation,
]
