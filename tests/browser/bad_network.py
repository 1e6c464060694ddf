"""A bad network between a phone and the office.

Everything a browser asks for passes here, also what its service worker asks for. What becomes of
each question is told by a `Weather`; nothing in here is left to chance.
"""

import asyncio
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Self

from tests.browser.offices import Office, free_port


class Fate(Enum):
    """What becomes of one question and its answer."""

    ANSWERED = auto()
    NEVER_ASKED = auto()
    """The office does not hear of it."""
    ANSWER_LOST = auto()
    """The office acts, the phone does not learn of it."""
    BROKEN = auto()
    """Somebody in between says 500, the office hears nothing."""
    BROKEN_AFTERWARDS = auto()
    """The office acts, somebody in between says 500."""


@dataclass(frozen=True, slots=True)
class Question:
    """The head of a request; `is_api` tells the office's own from the files of the page."""

    method: str
    path: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/") and not self.path.startswith("/api/stream")


Weather = Callable[[Question], tuple[Fate, float]]
"""The fate of a question, and the seconds it takes to get there."""


def calm(_question: Question) -> tuple[Fate, float]:
    """Nothing goes wrong."""
    return Fate.ANSWERED, 0.0


@dataclass(slots=True)
class BadNetwork:
    """A proxy in a thread of its own. `weather`, `is_down` and `extra` may be set at any time."""

    office: Office
    weather: Weather = calm
    is_down: bool = False
    extra: dict[str, bytes] = field(default_factory=dict)
    """What is appended to the file at a path: another version of it."""
    port: int = field(default_factory=free_port)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _open: "dict[asyncio.StreamWriter, asyncio.Task[Any] | None]" = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator[Self]:
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        server = self._do(asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=2**20))
        try:
            yield self
        finally:
            self._do(self._end(server))
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join(10)
            self._loop.close()

    def cut(self) -> None:
        """Every connection ends where it stands, also those that wait for news."""
        self._do(self._cut())

    def goes_down(self) -> None:
        self.is_down = True
        self.cut()

    def comes_back(self) -> None:
        self.is_down = False

    def _do(self, act: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(act, self._loop).result(30)

    async def _cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _end(self, server: asyncio.Server) -> None:
        """Nobody is let in any more; whoever just was is served, or a socket would stay open."""
        for socket in server.sockets:
            self._loop.remove_reader(socket.fileno())
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for serving in self._open.values():
                if serving is not None:
                    serving.cancel()
            await asyncio.wait(others, timeout=0.1)
        server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[writer] = asyncio.current_task()
        try:
            await self._pass_on(reader, writer)
            writer.close()
            await writer.wait_closed()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            del self._open[writer]

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        method, path, _ = head.split(b"\r\n", 1)[0].decode().split(" ")
        question = Question(method, path)
        body = await reader.readexactly(int(_header(head, b"content-length") or 0))
        fate, seconds = self.weather(question)
        await asyncio.sleep(seconds)
        if self.is_down or fate is Fate.NEVER_ASKED:
            writer.transport.abort()
        elif fate is Fate.BROKEN:
            writer.write(_BROKEN)
        else:
            await self._ask(question, _alone(head) + body, fate, writer)

    async def _ask(
        self, question: Question, asked: bytes, fate: Fate, writer: asyncio.StreamWriter
    ) -> None:
        office, answer = await asyncio.open_connection("127.0.0.1", self.office.port)
        try:
            answer.write(asked)
            if fate is not Fate.ANSWERED:
                await office.read(-1)
                if fate is Fate.BROKEN_AFTERWARDS:
                    writer.write(_BROKEN)
                else:
                    writer.transport.abort()
            elif question.path in self.extra:
                writer.write(_lengthened(await office.read(-1), self.extra[question.path]))
            else:
                while some := await office.read(65_536):
                    writer.write(some)
                    await writer.drain()
        finally:
            answer.transport.abort()


class Flapping:
    """Off and on each two seconds while the block lasts, on afterwards."""

    def __init__(self, network: BadNetwork) -> None:
        self._network, self._stopped = network, threading.Event()
        self._thread = threading.Thread(target=self._flap, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()
        self._network.comes_back()

    def _flap(self) -> None:
        while not self._stopped.wait(2):
            if self._network.is_down:
                self._network.comes_back()
            else:
                self._network.goes_down()


_BROKEN = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\n"
    b"Content-Length: 19\r\nConnection: close\r\n\r\n<h1>Bad gateway</h1>"
)


def _header(head: bytes, name: bytes) -> bytes | None:
    found = re.search(rb"(?im)^%s:[ \t]*([^\r\n]*)" % name, head)
    return found[1] if found else None


def _alone(head: bytes) -> bytes:
    """The same on a connection of its own: the whole answer, in letters that can be lengthened."""
    dropped = rb"(?im)^(connection|accept-encoding|if-[a-z-]+):[^\r\n]*\r\n"
    kept = re.sub(dropped, b"", head)
    return kept[:-2] + b"Connection: close\r\nAccept-Encoding: identity\r\n\r\n"


def _lengthened(answer: bytes, extra: bytes) -> bytes:
    head, body = answer.split(b"\r\n\r\n", 1)
    kept = re.sub(rb"(?im)^content-length:[^\r\n]*\r\n", b"", head + b"\r\n")
    length = b"Content-Length: %d\r\n\r\n" % (len(body) + len(extra))
    return kept + length + body + extra
