"""Waking the streams: only the number of the newest event travels, never its content.

In one process a commit wakes them; with PostgreSQL every process hears of it by NOTIFY.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import psycopg
import structlog
from sqlalchemy.engine import make_url

log: structlog.stdlib.BoundLogger = structlog.get_logger()
CHANNEL = "palier_event"
RECONNECT_SECONDS = 2.0


class Hub:
    """Knows the newest event number and wakes who waits for the next."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()
        self.is_closing = False

    def wake(self, _newest: int = 0) -> None:
        """Something was committed, here or elsewhere."""
        for waiting in self._waiting:
            waiting.set()

    def close(self) -> None:
        """The server stops: every stream ends now instead of holding it up."""
        self.is_closing = True
        self.wake()

    @contextlib.contextmanager
    def listen(self) -> Iterator[asyncio.Event]:
        """A flag that is set whenever there may be news."""
        news = asyncio.Event()
        self._waiting.add(news)
        try:
            yield news
        finally:
            self._waiting.discard(news)


@contextlib.asynccontextmanager
async def across_processes(hub: Hub, database_url: str, *, is_alone: bool) -> AsyncIterator[None]:
    """Hear the commits of other processes on the same PostgreSQL; SQLite has none."""
    if is_alone:
        yield
        return
    task = asyncio.create_task(_listen(hub, database_url))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _listen(hub: Hub, database_url: str) -> None:
    url = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
                await connection.execute(f"listen {CHANNEL}")
                hub.wake()
                async for _ in connection.notifies():
                    hub.wake()
        except psycopg.OperationalError as error:
            log.warning("listen_lost", reason=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)
