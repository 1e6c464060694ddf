"""The duty that tells: collects what happened, and calls whoever is to hear of it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp
import structlog

from server.kit.database import Database
from server.kit.hosts import ListedHosts
from server.kit.outside import OutsideOnly
from server.kit.runner import Duty
from server.kit.turns import turn
from server.settings import Settings
from server.webhooks.outbox import WEBHOOKS, Answered, Call, collect, due, forget, settle

log: structlog.stdlib.BoundLogger = structlog.get_logger()
ANSWER_WITHIN_SECONDS = 10
AT_ONCE = 10  # to one host


class Line(Protocol):
    async def call(self, call: Call, now: datetime) -> Answered: ...


OpenLine = Callable[[], AbstractAsyncContextManager[Line]]


class HttpLine:
    """Calls over HTTP: listed hosts only, no redirect followed, no answer read."""

    def __init__(self, http: aiohttp.ClientSession, hosts: ListedHosts) -> None:
        self._http = http
        self._hosts = hosts

    async def call(self, call: Call, now: datetime) -> Answered:
        # The operator may have taken the host off the list since.
        if not self._hosts.accepts(call.url):
            return Answered(None, "host_not_listed")
        headers = call.message.headers(call.secret, now)
        try:
            async with self._http.post(
                call.url, data=call.message.body, headers=headers, allow_redirects=False
            ) as answer:
                return Answered(answer.status)
        except TimeoutError:
            return Answered(None, "timeout")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Answered(None, type(error).__name__)


@asynccontextmanager
async def open_line(hosts: ListedHosts) -> AsyncIterator[Line]:
    """A way to call out, its connections closed at the end."""
    connector = aiohttp.TCPConnector(resolver=OutsideOnly(hosts.vouches), limit_per_host=AT_ONCE)
    timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_SECONDS)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
        yield HttpLine(http, hosts)
    # TLS connections close in the next turn of the loop.
    await asyncio.sleep(0)


async def tell(database: Database, opened: OpenLine, now: datetime) -> int:
    """Tell everything that is due; how many calls that were.

    Of several processes one does it at a time: the others find nothing left to do.
    """
    async with turn(database, WEBHOOKS) as is_ours:
        if not is_ours:
            return 0
        if await collect(database, now):
            async with database.write() as session:
                await forget(session, now)
        async with database.read() as session:
            calls = await due(session, now)
        if not calls:
            return 0
        async with opened() as line, asyncio.TaskGroup() as calling:
            for each in calls:
                calling.create_task(_call(database, line, each, now))
        return len(calls)


async def _call(database: Database, line: Line, call: Call, now: datetime) -> None:
    """Make one call and write down at once what became of it: what is not, is sent again."""
    answer = await line.call(call, now)
    if not answer.is_taken:
        log.info("webhook_not_taken", delivery=str(call.delivery_id), status=answer.status)
    async with database.write() as session:
        await settle(session, call, answer, now)


def telling(database: Database, settings: Settings) -> Duty:
    """The duty on the hosts of these settings."""
    hosts = ListedHosts(settings.webhook_hosts)
    every = timedelta(seconds=max(1, settings.watch_seconds))
    return Duty(WEBHOOKS, every, lambda now: tell(database, lambda: open_line(hosts), now))
