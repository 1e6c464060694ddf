"""Reading what phones said of themselves, and whether a push finds them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from server.accounts.scope import Scope
from server.accounts.tables import Account, SignedIn
from server.kit.database import AnySession
from server.kit.paging import page
from server.kit.wire import Page
from server.notifications.push_schemas import DeviceOut
from server.notifications.tables import Device, PushSubscription
from server.roster.tables import Technician


def is_signed_in(now: datetime) -> ColumnElement[bool]:
    """Whether the session a subscription was made in is still open."""
    is_open = exists().where(
        SignedIn.token_hash == PushSubscription.session_hash, SignedIn.expires_at > now
    )
    return or_(PushSubscription.session_hash.is_(None), is_open)


async def devices(
    session: AnySession,
    scope: Scope,
    now: datetime,
    *,
    technician_id: UUID | None = None,
    limit: int | None,
    cursor: str | None,
) -> Page[DeviceOut]:
    """The phones of the caller's technicians, the last heard of first."""
    query = (
        select(Device)
        .join(Account, Account.id == Device.account_id)
        .join(Technician, Technician.id == Account.technician_id)
        .where(Account.is_disabled.is_(False), Technician.is_active.is_(True))
    )
    if scope.region_ids is not None:
        query = query.where(Technician.region_id.in_(scope.region_ids))
    if technician_id is not None:
        query = query.where(Technician.id == technician_id)
    rows, following = await page(
        session,
        query,
        by=(Device.heard_at, Device.id),
        limit=limit,
        cursor=cursor,
        newest_first=True,
    )
    return Page(items=await shown_devices(session, rows, now), next_cursor=following)


async def shown_devices(
    session: AnySession, rows: Sequence[Device], now: datetime
) -> list[DeviceOut]:
    """Phones with whose they are, and whether a push finds them."""
    is_reachable = exists().where(
        PushSubscription.account_id == Device.account_id,
        PushSubscription.device == Device.device,
        is_signed_in(now),
    )
    query = (
        select(Device.id, Technician.id, Technician.name, is_reachable)
        .join(Account, Account.id == Device.account_id)
        .join(Technician, Technician.id == Account.technician_id)
        .where(Device.id.in_([row.id for row in rows]))
    )
    known = {row[0]: row for row in await session.execute(query)}
    return [
        DeviceOut(
            id=row.id,
            technician_id=known[row.id][1],
            technician_name=known[row.id][2],
            is_installed=row.is_installed,
            is_persisted=row.is_persisted,
            notifications=row.notifications,  # type: ignore[arg-type]
            is_reachable=known[row.id][3],
            version=row.app_version,
            platform=row.platform,
            heard_at=row.heard_at,
        )
        for row in rows
    ]
