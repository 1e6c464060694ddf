"""Pushes and phones over HTTP."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.accounts.guards import STAFF_READERS, allow
from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.accounts.tables import SignedIn
from server.kit.http import answers
from server.kit.problems import Invalid, NotFound, Stale, VersionMissing
from server.kit.wire import Page
from server.kit.work import Work
from server.notifications import push_actions as actions
from server.notifications import push_queries as queries
from server.notifications.problems import PushServiceUnknown
from server.notifications.push_endpoints import PushServices
from server.notifications.push_keys import PushKeys
from server.notifications.push_schemas import (
    DeviceBody,
    DeviceOut,
    PushOut,
    PushTestOut,
    SubscriptionBody,
    SubscriptionOut,
)
from server.settings import Settings


@get("/push", operation_id="push", **allow(Role.TECHNICIAN))
async def push(request: Request[Any, Any, State], work: NamedDependency[Work]) -> PushOut:
    """What my browser needs in order to subscribe."""
    keys: PushKeys = request.app.state.push_keys
    return PushOut(await keys.public_key(work.now))


@post(
    "/push/subscriptions",
    operation_id="subscribe_push",
    responses=answers(Invalid, PushServiceUnknown),
    **allow(Role.TECHNICIAN),
)
async def subscribe_push(
    request: Request[Any, Any, State],
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    settings: NamedDependency[Settings],
    data: JSONBody[SubscriptionBody],
) -> Response[SubscriptionOut]:
    """Reach me on this phone, until I sign out on it."""
    opened = request.auth if isinstance(request.auth, SignedIn) else None
    services = PushServices(settings.push_hosts)
    return await work.command(
        lambda session: actions.subscribe(
            session, caller, data, services, opened=opened, now=work.now
        ),
        status=201,
    )


@delete(
    "/push/subscriptions/{subscription_id:uuid}",
    operation_id="unsubscribe_push",
    status_code=204,
    responses=answers(NotFound, Stale, VersionMissing),
    **allow(Role.TECHNICIAN),
)
async def unsubscribe_push(
    work: NamedDependency[Work], caller: NamedDependency[Scope], subscription_id: FromPath[UUID]
) -> None:
    """Reach me on this phone no more."""
    version = work.expected_version
    async with work.database.write() as session:
        await actions.unsubscribe(session, caller, subscription_id, version=version)


@post("/push/test", operation_id="try_push", status_code=200, **allow(Role.TECHNICIAN))
async def try_push(
    work: NamedDependency[Work], caller: NamedDependency[Scope]
) -> Response[PushTestOut]:
    """Send my own phones a message, to see whether it appears."""
    return await work.command(lambda session: actions.try_out(session, caller, work.now))


@post(
    "/devices",
    operation_id="describe_device",
    status_code=200,
    responses=answers(Invalid),
    **allow(Role.TECHNICIAN),
)
async def describe_device(
    work: NamedDependency[Work], caller: NamedDependency[Scope], data: JSONBody[DeviceBody]
) -> Response[DeviceOut]:
    """How this phone is set up."""
    return await work.command(lambda session: actions.describe(session, caller, data, work.now))


@get("/devices", operation_id="list_devices", **allow(*STAFF_READERS))
async def list_devices(
    work: NamedDependency[Work],
    caller: NamedDependency[Scope],
    *,
    technician_id: FromQuery[UUID | None] = None,
    limit: FromQuery[int | None] = None,
    cursor: FromQuery[str | None] = None,
) -> Page[DeviceOut]:
    """The phones of my technicians: which can be relied upon, which still need something."""
    async with work.read() as session:
        return await queries.devices(
            session, caller, work.now, technician_id=technician_id, limit=limit, cursor=cursor
        )


handlers = [push, subscribe_push, unsubscribe_push, try_push, describe_device, list_devices]
