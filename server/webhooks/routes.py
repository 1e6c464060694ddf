"""Webhooks over HTTP: set up by administrators, read by auditors."""

from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.hosts import ListedHosts
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work
from server.settings import Settings
from server.webhooks import actions, queries
from server.webhooks.schemas import (
    DeliveryOut,
    WebhookBody,
    WebhookChangeBody,
    WebhookOut,
    WebhooksOut,
)


@get("/webhooks", operation_id="list_webhooks", **allow(Role.ADMIN, Role.AUDITOR))
async def list_webhooks(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
) -> WebhooksOut:
    """The addresses that are told, and what they can be told of."""
    async with work.read() as session:
        return await queries.webhooks(session, caller, ListedHosts(settings.webhook_hosts))


@post("/webhooks", operation_id="create_webhook", responses=answers(Invalid), **allow(Role.ADMIN))
async def create_webhook(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    data: JSONBody[WebhookBody],
) -> Response[WebhookOut]:
    """Tell a program what happens from now on."""
    hosts = ListedHosts(settings.webhook_hosts)
    return await work.command(
        lambda session: actions.create(session, caller, data, hosts, work.now), status=201
    )


@patch(
    "/webhooks/{webhook_id:uuid}",
    operation_id="change_webhook",
    responses=answers(Invalid, NotFound, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def change_webhook(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    webhook_id: FromPath[UUID],
    data: JSONBody[WebhookChangeBody],
) -> Response[WebhookOut]:
    """Change an address or what it is told, or make its secret anew and be told it once."""
    expected, hosts = work.expected_version, ListedHosts(settings.webhook_hosts)
    return await work.change(
        lambda session: actions.change(
            session, caller, webhook_id, data, hosts, expected=expected, now=work.now
        )
    )


@delete(
    "/webhooks/{webhook_id:uuid}",
    operation_id="remove_webhook",
    status_code=204,
    responses=answers(NotFound, Stale, VersionMissing),
    **allow(Role.ADMIN),
)
async def remove_webhook(
    work: NamedDependency[Work], caller: NamedDependency[Scope], webhook_id: FromPath[UUID]
) -> None:
    """It is told nothing any more."""
    expected = work.expected_version
    async with work.database.write() as session:
        await actions.remove(session, caller, webhook_id, expected=expected, now=work.now)


@post(
    "/webhooks/{webhook_id:uuid}/test",
    operation_id="try_webhook",
    status_code=200,
    responses=answers(NotFound),
    **allow(Role.ADMIN),
)
async def try_webhook(
    work: NamedDependency[Work], webhook_id: FromPath[UUID]
) -> Response[DeliveryOut]:
    """Send a message that says nothing, to see whether it arrives."""
    return await work.command(lambda session: actions.try_out(session, webhook_id, work.now))


@get(
    "/webhooks/{webhook_id:uuid}/deliveries",
    operation_id="webhook_deliveries",
    responses=answers(NotFound),
    **allow(Role.ADMIN, Role.AUDITOR),
)
async def webhook_deliveries(
    work: NamedDependency[Work],
    webhook_id: FromPath[UUID],
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[DeliveryOut]:
    """What became of each call, newest first; kept for a month."""
    async with work.read() as session:
        return await queries.deliveries(session, webhook_id, limit=limit, cursor=cursor)


@post(
    "/webhooks/{webhook_id:uuid}/deliveries/{delivery_id:uuid}/again",
    operation_id="send_webhook_again",
    status_code=200,
    responses=answers(NotFound),
    **allow(Role.ADMIN),
)
async def send_webhook_again(
    work: NamedDependency[Work], webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
) -> Response[DeliveryOut]:
    """The same message once more, under the same id."""
    return await work.command(
        lambda session: actions.send_again(session, webhook_id, delivery_id, work.now)
    )


handlers = [
    list_webhooks,
    create_webhook,
    change_webhook,
    remove_webhook,
    try_webhook,
    webhook_deliveries,
    send_webhook_again,
]
