"""Choosing what to hear of, over HTTP."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from litestar import Response, get, patch
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody

from dispatch.errors import Fault
from server.accounts.guards import EVERYONE, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.http import answers
from server.kit.problems import Invalid, Stale, VersionMissing
from server.kit.work import Work, shown
from server.mail.outbox import standing
from server.notifications import choosing_actions as actions
from server.notifications import choosing_queries as queries
from server.notifications.choosing_schemas import (
    MailStandingOut,
    OwnNotificationsBody,
    OwnNotificationsOut,
    RoleNotificationsBody,
    RoleNotificationsOut,
    YesterdayOut,
)
from server.notifications.yesterday import yesterday
from server.settings import Settings


@get("/notifications/mine", operation_id="get_own_notifications", **allow(*EVERYONE))
async def get_own_notifications(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
) -> Response[OwnNotificationsOut]:
    """What I hear of, by which channel, and what else I could."""
    async with work.read() as session:
        return shown(
            await queries.own_notifications(
                session, caller.account_id, caller.role, is_mail_sent=settings.sends_mail
            )
        )


@patch(
    "/notifications/mine",
    operation_id="change_own_notifications",
    responses=answers(Invalid, Stale, VersionMissing),
    **allow(*EVERYONE),
)
async def change_own_notifications(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    data: JSONBody[OwnNotificationsBody],
) -> Response[OwnNotificationsOut]:
    """Hear of more or of less, or not at night."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.choose(
            session,
            caller,
            data,
            expected=expected,
            is_mail_sent=settings.sends_mail,
            now=work.now,
        )
    )


@get(
    "/notifications/yesterday",
    operation_id="notifications_yesterday",
    responses=answers(Invalid),
    **allow(*EVERYONE),
)
async def notifications_yesterday(
    work: NamedDependency[Work], caller: NamedDependency[Scope], zone: FromQuery[str] = "UTC"
) -> YesterdayOut:
    """What would have reached me yesterday, as I have chosen now."""
    try:
        known = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sentence = "No time zone has this name."
        raise Invalid([Fault("zone", "unknown", sentence)]) from None
    async with work.read() as session:
        return await yesterday(session, caller, known, work.now)


@get(
    "/notifications/role",
    operation_id="get_role_notifications",
    responses=answers(Invalid),
    **allow(Role.ADMIN, Role.AUDITOR),
)
async def get_role_notifications(
    work: NamedDependency[Work], role: FromQuery[Role] = Role.MANAGER
) -> Response[RoleNotificationsOut]:
    """What holds for whoever of a role has not chosen for themselves."""
    async with work.read() as session:
        return shown(await queries.role_notifications(session, role))


@patch(
    "/notifications/role",
    operation_id="change_role_notifications",
    responses=answers(Invalid, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def change_role_notifications(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    data: JSONBody[RoleNotificationsBody],
) -> Response[RoleNotificationsOut]:
    """Change what a role hears of; whoever chose for themselves keeps their choice."""
    expected = work.expected_version
    return await work.change(
        lambda session: actions.choose_for_role(
            session, caller, data, expected=expected, now=work.now
        )
    )


@get("/mail", operation_id="mail_standing", **allow(Role.ADMIN, Role.AUDITOR))
async def mail_standing(
    work: NamedDependency[Work], settings: NamedDependency[Settings]
) -> MailStandingOut:
    """Whether mail is sent, and how it fares."""
    async with work.read() as session:
        told = await standing(session)
    return MailStandingOut(
        is_on=settings.sends_mail,
        sender=settings.mail_from,
        waiting=told.waiting,
        failed=told.failed,
        reason=told.reason,
    )


handlers = [
    mail_standing,
    get_own_notifications,
    change_own_notifications,
    notifications_yesterday,
    get_role_notifications,
    change_role_notifications,
]
