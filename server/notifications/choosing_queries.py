"""Reading what people and roles chose to hear of."""

from collections.abc import Collection, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from server.accounts.schemas import Role
from server.kit.database import AnySession
from server.notifications.choices import Quiet, Rules, channels_of, topics_of
from server.notifications.choosing_schemas import (
    OwnNotificationsOut,
    RoleNotificationsOut,
    TopicOut,
)
from server.notifications.tables import OwnNotifications, RoleNotifications


async def rules_of(session: AnySession, account_id: UUID, role: Role) -> Rules:
    """What one person hears."""
    return (await rules_of_all(session, {account_id: role}))[account_id]


async def rules_of_all(session: AnySession, people: Mapping[UUID, Role]) -> Mapping[UUID, Rules]:
    """What each of these people hears."""
    of_roles = {row.role: row for row in await session.scalars(select(RoleNotifications))}
    own = {row.account_id: row for row in await session.scalars(_of(people))}
    return {each: _rules(role, of_roles.get(role), own.get(each)) for each, role in people.items()}


async def own_row(session: AnySession, account_id: UUID) -> OwnNotifications | None:
    return (await session.scalars(_of([account_id]))).one_or_none()


async def role_row(session: AnySession, role: Role) -> RoleNotifications | None:
    query = select(RoleNotifications).where(RoleNotifications.role == role.value)
    return (await session.scalars(query)).one_or_none()


async def own_notifications(
    session: AnySession, account_id: UUID, role: Role, *, is_mail_sent: bool
) -> OwnNotificationsOut:
    """What the caller hears, with everything they can choose about."""
    rules = await rules_of(session, account_id, role)
    row = await own_row(session, account_id)
    return OwnNotificationsOut(
        role=role.value,
        channels=[each.value for each in channels_of(role)],
        topics=_topics(rules),
        quiet_from=None if row is None else row.quiet_from,
        quiet_to=None if row is None else row.quiet_to,
        zone="" if row is None else row.zone,
        lets_trapped_through=rules.lets_trapped_through,
        is_mail_stopped=rules.is_mail_stopped,
        is_mail_sent=is_mail_sent,
        version=0 if row is None else row.version,
    )


async def role_notifications(session: AnySession, role: Role) -> RoleNotificationsOut:
    """What holds for whoever of this role has not chosen for themselves."""
    row = await role_row(session, role)
    rules = _rules(role, row, None)
    return RoleNotificationsOut(
        role=role.value,
        channels=[each.value for each in channels_of(role)],
        topics=_topics(rules),
        version=0 if row is None else row.version,
    )


def _of(people: Collection[UUID]) -> Select[OwnNotifications]:
    return select(OwnNotifications).where(OwnNotifications.account_id.in_(people))


def _rules(role: Role, of_role: RoleNotifications | None, own: OwnNotifications | None) -> Rules:
    choices = {} if of_role is None else of_role.choices
    if own is None:
        return Rules(role, choices, {})
    return Rules(
        role,
        choices,
        own.choices,
        quiet=_quiet(own),
        lets_trapped_through=own.lets_trapped_through,
        is_mail_stopped=own.is_mail_stopped,
    )


def _quiet(own: OwnNotifications) -> Quiet | None:
    if own.quiet_from is None or own.quiet_to is None or own.quiet_from == own.quiet_to:
        return None
    return Quiet(own.quiet_from, own.quiet_to, ZoneInfo(own.zone))


def _topics(rules: Rules) -> list[TopicOut]:
    channels = channels_of(rules.role)
    return [
        TopicOut(
            topic=topic,
            channels={each.value: rules.chosen(topic, each) for each in channels},
            usual={each.value: rules.without_own(topic, each) for each in channels},
        )
        for topic in topics_of(rules.role)
    ]
