"""Setting webhooks up, trying them out, sending again what failed."""

from datetime import datetime
from uuid import UUID

from dispatch.errors import Fault
from server.accounts.scope import Scope
from server.kit.changes import changes
from server.kit.database import Session
from server.kit.events import About, Happening, announce
from server.kit.hosts import ListedHosts
from server.kit.problems import Invalid
from server.kit.work import require_version
from server.webhooks import queries
from server.webhooks.messages import TRIED, new_secret
from server.webhooks.schemas import DeliveryOut, WebhookBody, WebhookChangeBody, WebhookOut
from server.webhooks.tables import Webhook, WebhookDelivery


async def create(
    session: Session, scope: Scope, data: WebhookBody, hosts: ListedHosts, now: datetime
) -> WebhookOut:
    """A new address to be told; from now on, not of the past."""
    _require_listed(data.url, hosts)
    row = Webhook(
        name=data.name,
        url=data.url,
        kinds=sorted(set(data.kinds)),
        region_ids=None if data.region_ids is None else [str(each) for each in data.region_ids],
        secret=new_secret(),
        created_at=now,
        made_by_name=scope.name,
    )
    session.add(row)
    await session.flush()
    await _tell(session, scope, row, "webhook_created", now)
    return await queries.shown(session, row)


async def change(
    session: Session,
    scope: Scope,
    webhook_id: UUID,
    data: WebhookChangeBody,
    hosts: ListedHosts,
    *,
    expected: int,
    now: datetime,
) -> WebhookOut:
    """Change what is named; a secret made anew is told in this answer and never again."""
    row = await queries.webhook_row(session, webhook_id)
    require_version(row.version, expected)
    named = changes(data, may_be_empty={"region_ids"})
    is_renewed = named.pop("is_renewed", False)
    if "url" in named:
        _require_listed(named["url"], hosts)
    if named.get("region_ids") is not None:
        named["region_ids"] = [str(each) for each in named["region_ids"]]
    if named.get("is_active"):
        row.stopped = ""
    for name, value in named.items():
        setattr(row, name, value)
    if is_renewed:
        row.secret = new_secret()
    await session.flush()
    await _tell(session, scope, row, "webhook_changed", now)
    return await queries.shown(session, row, row.secret if is_renewed else "")


async def remove(
    session: Session, scope: Scope, webhook_id: UUID, *, expected: int, now: datetime
) -> None:
    """Nothing is sent there any more, nor what waits."""
    row = await queries.webhook_row(session, webhook_id)
    require_version(row.version, expected)
    await session.delete(row)
    await session.flush()
    await _tell(session, scope, row, "webhook_removed", now)


async def try_out(session: Session, webhook_id: UUID, now: datetime) -> DeliveryOut:
    """Send a message that says nothing, to see whether it arrives."""
    row = await queries.webhook_row(session, webhook_id)
    trial = WebhookDelivery(webhook_id=row.id, kind=TRIED, created_at=now, try_at=now)
    session.add(trial)
    await session.flush()
    return queries.shown_delivery(trial)


async def send_again(
    session: Session, webhook_id: UUID, delivery_id: UUID, now: datetime
) -> DeliveryOut:
    """The same message once more, under the same id; its tries begin anew."""
    row = await queries.delivery_row(session, webhook_id, delivery_id)
    row.state, row.tries, row.try_at, row.done_at = "waiting", 0, now, None
    await session.flush()
    return queries.shown_delivery(row)


def _require_listed(url: str, hosts: ListedHosts) -> None:
    if not hosts.accepts(url):
        sentence = "This server may not call there. Ask whoever runs it to list the host."
        raise Invalid([Fault("url", "host_not_listed", sentence)])


async def _tell(session: Session, scope: Scope, row: Webhook, kind: str, now: datetime) -> None:
    facts = {"webhook_id": str(row.id), "name": row.name, "url": row.url}
    await announce(session, scope.actor, now, Happening(kind, About(), facts))
