"""The live stream of a real server: what happens arrives, once, in order, to whom it concerns."""

import json
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest

from server.accounts.schemas import Role
from tests.server.company import PASSWORD, Company
from tests.server.live.conftest import serving

PATIENCE_SECONDS = 60


class Person:
    """Somebody signed in on a real server."""

    def __init__(self, address: str, email: str) -> None:
        self.http = httpx.Client(base_url=address, timeout=PATIENCE_SECONDS)
        answer = self.http.post("/api/session", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf"]

    def rename(self, region: str, name: str, version: int) -> None:
        answer = self.http.patch(
            f"/api/regions/{region}", json={"name": name}, headers={"If-Match": f'"{version}"'}
        )
        assert answer.status_code == 200, answer.text

    @contextmanager
    def listening(self, after: int | None = None) -> Iterator["queue.Queue[dict[str, Any]]"]:
        """Events as they come; the first is the stream's hello."""
        heard: queue.Queue[dict[str, Any]] = queue.Queue()
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        with self.http.stream("GET", "/api/stream", headers=headers) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert "content-encoding" not in answer.headers
            threading.Thread(target=_hear, args=(answer, heard), daemon=True).start()
            yield heard


def _hear(answer: httpx.Response, heard: "queue.Queue[dict[str, Any]]") -> None:
    try:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                event = json.loads(line.removeprefix("data: "))
                # What the server does of itself, as the brief of a morning, comes at any time.
                if event.get("kind", "hello") in {"hello", "region_changed"}:
                    heard.put(event)
    except (httpx.TransportError, httpx.StreamError):
        pass
    heard.put({"kind": "stream_ended"})


Meet = Callable[[str, str], Person]


@pytest.fixture
def meet() -> Iterator[Meet]:
    """Somebody who signs in on a server, and leaves when the test ends."""
    with ExitStack() as leaving:

        def signed_in(address: str, email: str) -> Person:
            person = Person(address, email)
            leaving.callback(person.http.close)
            return person

        yield signed_in


def test_a_change_arrives_and_a_missed_one_is_caught_up(
    address: str, company: Company, meet: Meet
) -> None:
    admin = meet(address, company.emails[Role.ADMIN])
    with admin.listening() as heard:
        hello = heard.get(timeout=PATIENCE_SECONDS)
        admin.rename(str(company.valley.id), "The valleys", 1)
        arrived = heard.get(timeout=PATIENCE_SECONDS)
    admin.rename(str(company.valley.id), "All valleys", 2)
    with admin.listening(after=arrived["seq"]) as heard:
        heard.get(timeout=PATIENCE_SECONDS)
        caught_up = heard.get(timeout=PATIENCE_SECONDS)
    assert arrived["kind"] == caught_up["kind"] == "region_changed"
    assert hello["seq"] < arrived["seq"] < caught_up["seq"]


def test_another_regions_news_stay_there(address: str, company: Company, meet: Meet) -> None:
    admin = meet(address, company.emails[Role.ADMIN])
    dispatcher = meet(address, company.emails[Role.DISPATCHER])
    with dispatcher.listening() as heard:
        heard.get(timeout=PATIENCE_SECONDS)
        admin.rename(str(company.mountain.id), "Far away", 1)
        admin.rename(str(company.valley.id), "Here", 1)
        first = heard.get(timeout=PATIENCE_SECONDS)
    assert first["region_id"] == str(company.valley.id)


def test_the_stream_ends_with_its_session(address: str, company: Company, meet: Meet) -> None:
    admin = meet(address, company.emails[Role.ADMIN])
    other = meet(address, company.emails[Role.ADMIN])
    with other.listening() as heard:
        heard.get(timeout=PATIENCE_SECONDS)
        signed_out = httpx.delete(
            f"{address}/api/session",
            headers={"X-CSRF-Token": other.http.headers["X-CSRF-Token"]},
            cookies=dict(other.http.cookies),
        )
        assert signed_out.status_code == 204
        admin.rename(str(company.valley.id), "Unheard", 1)
        assert heard.get(timeout=PATIENCE_SECONDS)["kind"] == "stream_ended"


def test_nobody_hears_nothing(address: str) -> None:
    assert httpx.get(f"{address}/api/stream").status_code == 401


@pytest.mark.parametrize("server", ["granian", "uvicorn"])
@pytest.mark.parametrize("database_kind", ["sqlite"])
def test_the_server_stops_though_somebody_listens(
    database_url: str, company: Company, meet: Meet, server: str
) -> None:
    with serving(database_url, server=server) as address:
        person = meet(address, company.emails[Role.ADMIN])
        listening = person.listening()
        heard = listening.__enter__()
        heard.get(timeout=PATIENCE_SECONDS)
    assert heard.get(timeout=PATIENCE_SECONDS)["kind"] == "stream_ended"
    listening.__exit__(None, None, None)


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_two_servers_on_one_database_hear_each_other(
    database_url: str, company: Company, meet: Meet
) -> None:
    with serving(database_url) as here, serving(database_url) as there:
        listener = meet(there, company.emails[Role.ADMIN])
        with listener.listening() as heard:
            heard.get(timeout=PATIENCE_SECONDS)
            meet(here, company.emails[Role.ADMIN]).rename(str(company.valley.id), "Heard", 1)
            assert heard.get(timeout=PATIENCE_SECONDS)["kind"] == "region_changed"
