"""Reading webhooks and what became of each call."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from server.accounts.scope import Scope
from server.kit.database import AnySession
from server.kit.hosts import ListedHosts
from server.kit.paging import page
from server.kit.problems import NotFound
from server.kit.wire import Page
from server.webhooks.messages import KINDS
from server.webhooks.schemas import DeliveryOut, WebhookOut, WebhooksOut
from server.webhooks.tables import Webhook, WebhookDelivery

MOST = 100


async def webhooks(session: AnySession, _scope: Scope, hosts: ListedHosts) -> WebhooksOut:
    """Every webhook; the guard lets administrators and auditors in only."""
    rows = (await session.scalars(select(Webhook).order_by(Webhook.id).limit(MOST))).all()
    items = [await shown(session, row) for row in rows]
    return WebhooksOut(items, hosts=list(hosts.named), kinds=list(KINDS))


async def webhook_row(session: AnySession, webhook_id: UUID) -> Webhook:
    row = await session.get(Webhook, webhook_id)
    if row is None:
        raise NotFound
    return row


async def delivery_row(session: AnySession, webhook_id: UUID, delivery_id: UUID) -> WebhookDelivery:
    row = await session.get(WebhookDelivery, delivery_id)
    if row is None or row.webhook_id != webhook_id:
        raise NotFound
    return row


async def shown(session: AnySession, row: Webhook, secret: str = "") -> WebhookOut:
    """A webhook with how many calls wait and failed; its secret only where it was just made."""
    query = (
        select(WebhookDelivery.state, func.count())
        .where(WebhookDelivery.webhook_id == row.id)
        .group_by(WebhookDelivery.state)
    )
    counts = {row[0]: row[1] for row in await session.execute(query)}
    return WebhookOut(
        id=row.id,
        name=row.name,
        url=row.url,
        kinds=[str(kind) for kind in row.kinds],
        region_ids=None if row.region_ids is None else [UUID(each) for each in row.region_ids],
        secret=secret,
        is_active=row.is_active,
        stopped=row.stopped,
        waiting=counts.get("waiting", 0),
        failed=counts.get("failed", 0),
        created_at=row.created_at,
        made_by=row.made_by_name,
        version=row.version,
    )


async def deliveries(
    session: AnySession, webhook_id: UUID, *, limit: int | None, cursor: str | None
) -> Page[DeliveryOut]:
    """The calls of one webhook, newest first."""
    await webhook_row(session, webhook_id)
    query = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    rows: Sequence[WebhookDelivery]
    rows, following = await page(
        session, query, by=(WebhookDelivery.id,), limit=limit, cursor=cursor, newest_first=True
    )
    return Page(items=[shown_delivery(row) for row in rows], next_cursor=following)


def shown_delivery(row: WebhookDelivery) -> DeliveryOut:
    return DeliveryOut(
        id=row.id,
        kind=row.kind,
        event_seq=row.event_seq,
        state=row.state,  # type: ignore[arg-type]
        tries=row.tries,
        status=row.status,
        reason=row.reason,
        created_at=row.created_at,
        try_at=row.try_at,
        done_at=row.done_at,
    )
