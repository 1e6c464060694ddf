"""Other dispatchers with the same board open: each hears the stream and asks what changed.

As their pages do, without the pages.
"""

import json
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from server.bench.client import Client, signed_in

HEARS_WITHIN = 60  # seconds


class Onlookers:
    """So many of them, from their first sight of the board until they leave."""

    def __init__(self, port: int, region: str, count: int) -> None:
        self._port, self._region = port, region
        self._left = Event()
        self._threads: list[Thread] = []
        self._connections: list[HTTPConnection] = []
        self._count = count

    def __enter__(self) -> Self:
        session = signed_in(self._port)  # they may be one person on many screens
        for _ in range(self._count):
            ready = Event()
            thread = Thread(target=self._look, args=(session, ready), daemon=True)
            thread.start()
            self._threads.append(thread)
            ready.wait(HEARS_WITHIN)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._left.set()
        for connection in self._connections:
            if connection.sock is not None:
                connection.sock.close()

    def _look(self, session: Mapping[str, str], ready: Event) -> None:
        board = f"/api/board?region_id={self._region}"
        stream = HTTPConnection("127.0.0.1", self._port, timeout=HEARS_WITHIN)
        self._connections.append(stream)
        with closing(Client(self._port, session)) as client, closing(stream):
            cursor = client.get(board).body["cursor"]
            stream.request("GET", "/api/stream", headers=dict(session))
            answer = stream.getresponse()
            ready.set()
            for line in iter(answer.readline, b""):
                if self._left.is_set():
                    return
                if line.startswith(b"data: ") and _is_news(line, cursor):
                    cursor = self._changes(client, cursor)

    def _changes(self, client: Client, cursor: int) -> int:
        path = f"/api/board/changes?region_id={self._region}&after={cursor}"
        return int(client.get(path).body["cursor"])


def _is_news(line: bytes, cursor: int) -> bool:
    told: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
    return int(told.get("seq", 0)) > cursor and "kind" in told
