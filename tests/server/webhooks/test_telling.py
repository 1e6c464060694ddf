"""Telling a program what happened: once, signed, again where it was not taken, to listed hosts."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import jsonschema_rs
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.accounts.scope import Scope
from server.kit.database import Database
from server.kit.events import About, Actor, Happening, announce
from server.kit.hosts import ListedHosts
from server.kit.openapi import document
from server.settings import Settings
from server.webhooks import actions, queries
from server.webhooks.messages import FACTS, KINDS, TRIED
from server.webhooks.outbox import Answered, Call
from server.webhooks.schemas import WebhookBody, WebhookChangeBody, WebhookOut
from server.webhooks.sender import Line, open_line, tell
from tests.server.company import FOUNDER, Company

ANYWHERE = ListedHosts(("*",))
SYSTEM = Actor(None, "Palier")


class Receiver:
    """Answers as it is told to, and keeps what it heard."""

    def __init__(self) -> None:
        self.heard: list[Call] = []
        self.answer = Answered(200)

    async def call(self, call: Call, now: datetime) -> Answered:
        del now
        self.heard.append(call)
        return self.answer

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Line]:
        yield self


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings(database_url=database_url, is_demo=True, webhook_hosts=("hooks.example.org",))


async def made(
    database: Database, company: Company, hosts: ListedHosts = ANYWHERE, **named: Any
) -> WebhookOut:
    body = {"name": "ERP", "url": "https://hooks.example.org/", "kinds": ["made_safe"], **named}
    async with database.write() as session:
        return await actions.create(
            session, FOUNDER, WebhookBody.model_validate(body), hosts, company.now
        )


async def happen(database: Database, company: Company, kind: str, at: datetime) -> None:
    async with database.write() as session:
        about = About(region_id=company.valley.id)
        await announce(session, SYSTEM, at, Happening(kind, about, {"number": "I-1"}))


async def log_of(database: Database, hook: WebhookOut) -> list[tuple[str, int]]:
    async with database.read() as session:
        page = await queries.deliveries(session, hook.id, limit=None, cursor=None)
    return [(each.state, each.tries) for each in page.items]


async def test_each_event_is_told_once_to_whoever_asked_for_it_and_again_until_it_is_taken(
    database: Database, company: Company
) -> None:
    receiver, now = Receiver(), company.now
    valley = await made(database, company, region_ids=[company.valley.id])
    mountain = await made(database, company, region_ids=[company.mountain.id])
    await tell(database, receiver.opened, now)
    for kind in ("made_safe", "visit_completed"):
        await happen(database, company, kind, now)
    receiver.answer = Answered(503)
    assert await tell(database, receiver.opened, now) == 1
    assert await tell(database, receiver.opened, now + timedelta(seconds=4)) == 0
    receiver.answer = Answered(None, "timeout")
    assert await tell(database, receiver.opened, now + timedelta(seconds=5)) == 1
    receiver.answer = Answered(204)
    assert await tell(database, receiver.opened, now + timedelta(seconds=35)) == 1
    assert await tell(database, receiver.opened, now + timedelta(days=9)) == 0
    assert len({call.message for call in receiver.heard}) == 1
    assert await log_of(database, valley) == [("sent", 3)]
    assert await log_of(database, mountain) == []
    # Somebody asks for it again: the same message, so that it cannot count twice.
    async with database.write() as session:
        page = await queries.deliveries(session, valley.id, limit=None, cursor=None)
        await actions.send_again(session, valley.id, page.items[0].id, now)
    assert await tell(database, receiver.opened, now) == 1
    assert len({call.message for call in receiver.heard}) == 1
    # In the end it counts as failed, after two days and a half.
    receiver.answer = Answered(500)
    await happen(database, company, "made_safe", now)
    at, tries = now, 0
    while tried := await tell(database, receiver.opened, at):
        tries += tried
        async with database.read() as session:
            newest = (await queries.deliveries(session, valley.id, limit=1, cursor=None)).items[0]
        at = newest.try_at
        if newest.state != "waiting":
            break
    assert (newest.state, tries, newest.status) == ("failed", 11, 500)
    assert timedelta(days=2) < at - now < timedelta(days=3)
    # Whoever wants no more is asked no more, until somebody switches it on.
    receiver.answer = Answered(410)
    await happen(database, company, "made_safe", now)
    assert await tell(database, receiver.opened, now) == 1
    await happen(database, company, "made_safe", now)
    assert await tell(database, receiver.opened, now + timedelta(hours=1)) == 0
    async with database.write() as session:
        stopped = await queries.shown(session, await queries.webhook_row(session, valley.id))
        assert (stopped.is_active, stopped.stopped) == (False, "gone")
        again = await actions.change(
            session,
            Scope(account_id=FOUNDER.account_id, name="Admin", role=Role.ADMIN),
            valley.id,
            WebhookChangeBody(is_active=True, is_renewed=True),
            ANYWHERE,
            expected=stopped.version,
            now=now,
        )
    assert (again.is_active, again.stopped) == (True, "")
    assert again.secret.startswith("whsec_")


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_whatever_is_told_has_the_shape_that_the_document_says(
    app: Litestar, database: Database, company: Company
) -> None:
    told = document(app)["webhooks"]["event"]["post"]["requestBody"]["content"]["application/json"]
    fits = jsonschema_rs.validator_for(told["schema"], validate_formats=True)
    receiver, now = Receiver(), company.now
    hook = await made(database, company, kinds=list(KINDS))
    await tell(database, receiver.opened, now)
    facts = dict.fromkeys(FACTS, "1") | {"caller_phone": "+376 1", "summary": "Door"}
    async with database.write() as session:
        await actions.try_out(session, hook.id, now)
        for kind in KINDS:
            await announce(session, SYSTEM, now, Happening(kind, About(), facts))
    while await tell(database, receiver.opened, now):
        pass
    said = [json.loads(call.message.body) for call in receiver.heard]
    assert {each["type"] for each in said} == {*KINDS, TRIED}
    for each in said:
        fits.validate(each)
        assert {"caller_phone", "summary"}.isdisjoint(each["data"]["facts"])
    with pytest.raises(jsonschema_rs.ValidationError):
        fits.validate(said[0] | {"type": "dance"})


@pytest.mark.parametrize("database_kind", ["sqlite"])
async def test_the_line_calls_listed_hosts_only_follows_nobody_and_lets_the_receiver_check(
    client: AsyncTestClient[Litestar], database: Database, company: Company
) -> None:
    heard: list[tuple[dict[str, str], bytes]] = []

    async def receive(request: web.Request) -> web.Response:
        heard.append((dict(request.headers), await request.read()))
        if request.path == "/elsewhere":
            raise web.HTTPFound("/")
        return web.Response(status=204)

    application = web.Application()
    application.router.add_post("/{path:.*}", receive)
    admin = await company.sign_in(client, Role.ADMIN)
    refused = await admin.post(
        "/api/webhooks", {"name": "ERP", "url": "https://127.0.0.1/", "kinds": ["made_safe"]}
    )
    assert [each["code"] for each in refused.json()["errors"]] == ["host_not_listed"]
    async with TestServer(application) as server:
        hosts = ListedHosts((str(server.make_url("")).rstrip("/"),))
        for path in ("/palier", "/elsewhere"):
            hook = await made(database, company, hosts, url=str(server.make_url(path)))
            async with database.write() as session:
                await actions.try_out(session, hook.id, company.now)
        await tell(database, lambda: open_line(hosts), company.now)
        assert [body for _, body in heard if TRIED not in body.decode()] == []
        assert {name for headers, _ in heard for name in headers if "webhook" in name.lower()} == {
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
        }
        assert len(heard) == 2
        assert await log_of(database, hook) == [("waiting", 1)]
        # Taken off the list, it is not called any more.
        await tell(database, lambda: open_line(ANYWHERE), company.now + timedelta(minutes=1))
        assert len(heard) == 2
