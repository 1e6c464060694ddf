"""Subscribing phones to pushes, ending that, trying it out; and what phones say of themselves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from server.accounts.scope import Scope
from server.accounts.tables import SignedIn
from server.kit.database import Session
from server.kit.problems import NotFound
from server.kit.work import require_version
from server.notifications import push_queries as queries
from server.notifications.problems import PushServiceUnknown
from server.notifications.push_endpoints import PushServices
from server.notifications.push_schemas import (
    DeviceBody,
    DeviceOut,
    PushTestOut,
    SubscriptionBody,
    SubscriptionOut,
)
from server.notifications.tables import Device, PushMessage, PushSubscription


async def subscribe(
    session: Session,
    scope: Scope,
    data: SubscriptionBody,
    services: PushServices,
    *,
    opened: SignedIn | None,
    now: datetime,
) -> SubscriptionOut:
    """Reach this phone under this address; said again, it is the same subscription.

    A phone has one: what it had before under another address, or whoever used it, ends.
    """
    if not services.accepts(data.endpoint):
        raise PushServiceUnknown
    await session.execute(
        delete(PushSubscription).where(
            PushSubscription.account_id == scope.account_id,
            PushSubscription.device == data.device,
            PushSubscription.endpoint != data.endpoint,
        )
    )
    query = select(PushSubscription).where(PushSubscription.endpoint == data.endpoint)
    row = await session.scalar(query)
    if row is not None and row.account_id != scope.account_id:
        await session.delete(row)
        await session.flush()
        row = None
    if row is None:
        row = PushSubscription(account_id=scope.account_id, endpoint=data.endpoint, created_at=now)
        session.add(row)
    row.device = data.device
    row.p256dh, row.auth = data.keys.p256dh, data.keys.auth
    row.session_hash = None if opened is None else opened.token_hash
    await session.flush()
    return SubscriptionOut(row.id, row.version)


async def unsubscribe(
    session: Session, scope: Scope, subscription_id: UUID, *, version: int
) -> None:
    """Reach this phone no more; what waits for it goes with it."""
    row = await session.get(PushSubscription, subscription_id)
    if row is None or row.account_id != scope.account_id:
        raise NotFound
    require_version(row.version, version)
    await session.delete(row)
    await session.flush()


async def try_out(session: Session, scope: Scope, now: datetime) -> PushTestOut:
    """Send a message to one's own phones, at whatever hour: somebody is waiting for it."""
    query = select(PushSubscription.id).where(PushSubscription.account_id == scope.account_id)
    ids = (await session.scalars(query)).all()
    session.add_all(PushMessage(subscription_id=each, created_at=now, try_at=now) for each in ids)
    return PushTestOut(len(ids))


async def describe(session: Session, scope: Scope, data: DeviceBody, now: datetime) -> DeviceOut:
    """Keep what a phone says of itself, the newest only."""
    query = select(Device).where(
        Device.account_id == scope.account_id, Device.device == data.device
    )
    row = await session.scalar(query)
    if row is None:
        row = Device(account_id=scope.account_id, device=data.device)
        session.add(row)
    row.is_installed, row.is_persisted = data.is_installed, data.is_persisted
    row.notifications, row.platform = data.notifications, data.platform
    row.app_version = data.version
    row.heard_at = now
    await session.flush()
    (shown,) = await queries.shown_devices(session, [row], now)
    return shown
