"""Choosing what to hear of: for oneself, or for everybody of a role."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatch.errors import Fault
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.notifications import choosing_queries as queries
from server.notifications.choices import Channel, channels_of, topics_of, usual
from server.notifications.choosing_schemas import (
    OwnNotificationsBody,
    OwnNotificationsOut,
    RoleNotificationsBody,
    RoleNotificationsOut,
)
from server.notifications.tables import OwnNotifications, RoleNotifications

Grid = dict[str, dict[str, bool]]
Otherwise = Callable[[str, Channel], bool]


async def choose(
    session: Session,
    scope: Scope,
    data: OwnNotificationsBody,
    *,
    expected: int,
    is_mail_sent: bool,
    now: datetime,
) -> OwnNotificationsOut:
    """The caller's own choices: what is as their role has it follows the role from then on."""
    row = await queries.own_row(session, scope.account_id)
    require_version(0 if row is None else row.version, expected)
    if row is None:
        row = OwnNotifications(account_id=scope.account_id, choices={}, zone="")
        session.add(row)
    named = changes(data, may_be_empty={"quiet_from", "quiet_to"})
    rules = await queries.rules_of(session, scope.account_id, scope.role)
    if (chosen := named.pop("choices", None)) is not None:
        _require_known(scope.role, chosen)
        row.choices = _differing(row.choices, chosen, rules.without_own)
    for name, value in named.items():
        setattr(row, name, value)
    _require_sound(row)
    await session.flush()
    await announce(session, scope.actor, now, Happening("notifications_chosen", About()))
    return await queries.own_notifications(
        session, scope.account_id, scope.role, is_mail_sent=is_mail_sent
    )


async def choose_for_role(
    session: Session, scope: Scope, data: RoleNotificationsBody, *, expected: int, now: datetime
) -> RoleNotificationsOut:
    """What holds for whoever of this role has not chosen for themselves."""
    row = await queries.role_row(session, data.role)
    require_version(0 if row is None else row.version, expected)
    chosen = data.model_dump(mode="json")["choices"]
    _require_known(data.role, chosen)
    if row is None:
        row = RoleNotifications(role=data.role.value, choices={})
        session.add(row)
    row.choices = _differing(
        row.choices, chosen, lambda topic, channel: usual(data.role, topic, channel)
    )
    await session.flush()
    what = Happening("notifications_changed", About(), {"role": data.role.value})
    await announce(session, scope.actor, now, what)
    return await queries.role_notifications(session, data.role)


def _differing(kept: Mapping[str, Any], chosen: Mapping[str, Any], otherwise: Otherwise) -> Grid:
    """What was kept with what is chosen now, without what would hold anyway."""
    topics = {**kept, **chosen}
    merged = {topic: {**kept.get(topic, {}), **chosen.get(topic, {})} for topic in topics}
    differing = {
        topic: {
            name: is_on for name, is_on in row.items() if is_on != otherwise(topic, Channel(name))
        }
        for topic, row in merged.items()
    }
    return {topic: row for topic, row in differing.items() if row}


def _require_known(role: Role, chosen: Mapping[str, Mapping[str, bool]]) -> None:
    topics, channels = topics_of(role), channels_of(role)
    faults = [
        Fault(f"choices.{topic}", "unknown", "Nobody of this role hears of this, or not so.")
        for topic, row in chosen.items()
        if topic not in topics or not set(row) <= set(channels)
    ]
    if faults:
        raise Invalid(faults)


def _require_sound(row: OwnNotifications) -> None:
    if (row.quiet_from is None) != (row.quiet_to is None):
        sentence = "Quiet hours have a beginning and an end."
        raise Invalid([Fault("quiet_to", "required", sentence)])
    if row.quiet_from is None and not row.zone:
        return
    try:
        ZoneInfo(row.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        sentence = "No time zone has this name."
        raise Invalid([Fault("zone", "unknown", sentence)]) from None
