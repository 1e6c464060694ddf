"""A demo account's line to the server: it outlives its session and a broken connection."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from server.bench.refusals import ServerGone, UnexpectedAnswer
from server.cli.demo_line import Line


class Town(ThreadingHTTPServer):
    """A server whose sessions hold for two answers; a request breaks off when it is told to."""

    signed_in = 0
    left = 0
    breaks = False


class Door(BaseHTTPRequestHandler):
    server: Town
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.server.breaks:
            self.server.breaks = False
            self.close_connection = True
            return
        if self.path == "/unknown":
            self._answer(404, {})
        elif self.server.left == 0 or self.headers["Cookie"] != f"palier={self.server.signed_in}":
            self._answer(401, {})
        else:
            self.server.left -= 1
            self._answer(200, {"said": self.path})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.signed_in += 1
        self.server.left = 2
        self._answer(200, {"csrf": "token"})

    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Set-Cookie", f"palier={self.server.signed_in}; Path=/")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@pytest.fixture
def town() -> Iterator[Town]:
    town = Town(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=town.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield town
    town.shutdown()
    thread.join()
    town.server_close()


@pytest.fixture
def line(town: Town) -> Iterator[Line]:
    made = Line(town.server_port, "dispatcher@demo.palier")
    yield made
    made.close()


def test_it_signs_in_once_and_again_when_the_session_is_over(town: Town, line: Line) -> None:
    assert [line.get(f"/{number}")["said"] for number in range(5)] == ["/0", "/1", "/2", "/3", "/4"]
    assert town.signed_in == 3


def test_another_refusal_is_the_callers_to_hear(town: Town, line: Line) -> None:
    with pytest.raises(UnexpectedAnswer) as refused:
        line.get("/unknown")
    assert (refused.value.status, town.signed_in) == (404, 1)


def test_after_a_broken_connection_the_next_question_is_answered(town: Town, line: Line) -> None:
    line.get("/before")
    town.breaks = True
    with pytest.raises(ServerGone):
        line.get("/lost")
    assert line.get("/after") == {"said": "/after"}
