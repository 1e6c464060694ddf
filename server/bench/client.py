"""One dispatcher's connection to a local server: signed in once, kept open, every answer timed.

What is asked is in `api`.
"""

import gzip
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from time import perf_counter
from typing import Any
from uuid import uuid4

from server.bench.refusals import ServerGone, UnexpectedAnswer

EMAIL, PASSWORD = "dispatcher@demo.palier", "palier-demo"
ANSWER_WITHIN = 60  # seconds
MULTIPLE_CHOICES = 300  # the first status that is not success


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, how many seconds it took to the last byte, and how many bytes travelled."""

    body: Any  # JSON of any route
    seconds: float
    size: int


class Client:
    """Several clients may share one session, as the tabs of one browser do."""

    def __init__(self, port: int, session: Mapping[str, str]) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=ANSWER_WITHIN)
        self._session = dict(session)

    def get(self, path: str) -> Answer:
        return self._answer("GET", path, None, self._session)

    def post(self, path: str, body: Mapping[str, object]) -> Answer:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid4())}
        return self._answer("POST", path, json.dumps(body), self._session | headers)

    def close(self) -> None:
        self._connection.close()

    def _answer(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        begun = perf_counter()
        told = headers | {"Accept-Encoding": "gzip"}
        response, raw = _sent(self._connection, method, path, body, told)
        seconds = perf_counter() - begun
        read = gzip.decompress(raw) if response.getheader("Content-Encoding") == "gzip" else raw
        return Answer(json.loads(read) if read else None, seconds, len(raw))


def signed_in(port: int, email: str = EMAIL) -> dict[str, str]:
    """The headers of a new session of a demo account, the dispatcher's unless another is named."""
    body = json.dumps({"email": email, "password": PASSWORD})
    with closing(HTTPConnection("127.0.0.1", port, timeout=ANSWER_WITHIN)) as connection:
        headers = {"Content-Type": "application/json"}
        response, raw = _sent(connection, "POST", "/api/session", body, headers)
    cookie = (response.getheader("Set-Cookie") or "").split(";", 1)[0]
    return {"Cookie": cookie, "X-CSRF-Token": str(json.loads(raw)["csrf"])}


def _sent(
    connection: HTTPConnection, method: str, path: str, body: str | None, headers: dict[str, str]
) -> tuple[HTTPResponse, bytes]:
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        raw = response.read()
    except (OSError, HTTPException) as error:
        connection.close()  # so that the next request opens it anew
        raise ServerGone(f"{method} {path}", type(error).__name__) from error
    if response.status >= MULTIPLE_CHOICES:
        said = raw.decode(errors="replace")[:300]
        raise UnexpectedAnswer(f"{method} {path}", response.status, said)
    return response, raw
