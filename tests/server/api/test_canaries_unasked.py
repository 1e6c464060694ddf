"""Nobody is sent what is not theirs: the live stream, what a phone shows, what a mail says.

What answers tell is looked at in `test_canaries`.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from litestar import Litestar
from sqlalchemy import select

from server.accounts.tables import Account
from server.mail.outbox import Parcel
from server.mail.tables import Mail
from server.mail.writing import written
from server.notifications import mailing, push_outbox
from server.notifications.push_parcels import sort_out
from server.notifications.reach import Spell
from server.settings import Settings
from tests.server.api.canaries import Heard, heard
from tests.server.api.door import NOBODY, Call, Door
from tests.server.api.hearing import MANAGER, TECHNICIAN, is_work, leaks
from tests.server.api.objects import create, send
from tests.server.api.operations import ON_EITHER_DATABASE, OPERATIONS
from tests.server.api.planting import Planted, done

pytestmark = [pytest.mark.asyncio(loop_scope="module"), ON_EITHER_DATABASE]

PATIENCE_SECONDS = 60
DISPATCHER = "dispatcher"
# Whoever holds a phone reads what it shows: what, where and when, and nobody's name.
ON_A_PHONE = {("asset.name", "home"), ("site.name", "home")}
# Whoever left an address in front of a lift: which lift it is, and what they were told of it.
TO_REPORTERS = {
    ("asset.name", "home"),
    ("intervention.told_reason", "home"),
    ("site.name", "home"),
}


@pytest.mark.parametrize("who", [MANAGER, TECHNICIAN, DISPATCHER])
@pytest.mark.usefixtures("planted")
async def test_no_stream_tells_what_is_not_theirs(door: Door, who: str) -> None:
    newest = await newest_event(door, who)
    told = await streamed(door, who, until=newest)
    assert told.count("event: change") > 1
    assert not_theirs(who, heard(told)) == set()


@pytest.mark.usefixtures("planted")
async def test_no_phone_shows_a_name_or_another_branch(door: Door) -> None:
    for branch in (door.company.home, door.company.away):
        await send(door, branch, await create(door, "report_intervention", branch))
    now = door.company.now
    await push_outbox.collect(door.database, now)
    spell = Spell(since=now, until=now + timedelta(hours=8), is_break=False)
    async with door.database.read() as session:
        boxes = await push_outbox.mailboxes(session, now)
    shown = [
        parcel.payload
        for box in boxes
        for parcel in sort_out(box.waiting, box.language, spell, now).parcels
    ]
    assert any(heard(text_of(each)) >= ON_A_PHONE for each in shown)
    assert [each for each in shown if heard(text_of(each)) - ON_A_PHONE] == []


async def test_no_mail_tells_what_is_not_theirs(door: Door, planted: Planted) -> None:
    for name in (
        "report_by_label",
        "comment_on_intervention",
        "portal_report",
        "command_intervention",
    ):
        await done(door, planted.objects, name)
    for branch in (door.company.home, door.company.away):
        await send(door, branch, await create(door, "report_intervention", branch))
    await mailing.collect(door.database, door.company.now)
    told: dict[str, Heard] = {}
    for who, text in await mailed(door):
        told[who] = told.get(who, set()) | heard(text)
    assert told.keys() >= {MANAGER, NOBODY}
    assert all(told.values())
    assert {who: not_theirs(who, each) for who, each in told.items() if not_theirs(who, each)} == {}


def not_theirs(who: str, told: Heard) -> Heard:
    """What they were told and should not have been."""
    match who:
        case "manager" | "technician":
            return leaks(who, told)
        case "nobody":
            return told - TO_REPORTERS
        case "dispatcher":
            return {each for each in told if each[1] == "away" and is_work(each[0])}
    return set()


def text_of(payload: Any) -> str:
    return msgspec.json.encode(payload).decode()


async def mailed(door: Door) -> list[tuple[str, str]]:
    """To whom each mail goes that waits, and its words; `nobody` has no account."""
    query = select(Mail, Account.role).outerjoin(Account, Account.id == Mail.account_id)
    settings = Settings(mail_from="Palier <office@palier.example>")
    async with door.database.read() as session:
        rows = (await session.execute(query)).all()
    return [(role or NOBODY, words(mail, settings, door)) for mail, role in rows]


def words(mail: Mail, settings: Settings, door: Door) -> str:
    """What is sent, and what it was made from."""
    message = written(Parcel(mail.id, (mail,)), settings, door.company.now)
    parts = [str(part.get_content()) for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(message["Subject"]), *parts, text_of(mail.facts)])


async def newest_event(door: Door, who: str) -> int:
    """The number of the newest event this caller is told of."""
    newest, operation = 0, OPERATIONS["list_events"]
    while True:
        answer = await door.call(operation, who, {}, Call(query={"after": str(newest)}))
        rows = answer.json()["items"]
        if not rows:
            return newest
        newest = rows[-1]["seq"]


async def streamed(door: Door, who: str, *, until: int) -> str:
    """Everything a stream tells from the first event on, until this one was told."""
    told = bytearray()
    is_told = asyncio.Event()
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Any:
        for message in asked:
            return message
        await is_told.wait()
        return {"type": "http.disconnect"}

    async def tell(message: Any) -> None:
        told.extend(message.get("body", b""))
        if f"id: {until}\nevent: change" in told.decode():
            is_told.set()

    with listened_to(door.client.app):
        call = door.client.app(request(door.headers(who)), receive, tell)
        await asyncio.wait_for(call, PATIENCE_SECONDS)
    return told.decode()


def request(headers: dict[str, str]) -> Any:
    sent = {"host": "127.0.0.1", "last-event-id": "0"} | headers
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/stream",
        "raw_path": b"/api/stream",
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 80),
    }


@contextmanager
def listened_to(app: Litestar) -> Iterator[None]:
    """Streams go on past their hello in here."""
    app.state.hub.is_closing = False
    try:
        yield
    finally:
        app.state.hub.close()
