"""Connections and transactions: every SQLite and PostgreSQL rule stands here once.

Read sessions cannot write; write sessions commit when their block ends well.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NewType

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

ReadSession = NewType("ReadSession", AsyncSession)
Session = NewType("Session", AsyncSession)
AnySession = ReadSession | Session

BUSY_MILLISECONDS = 5000
# SQLite 3.7.0 to 3.51.2 may lose commits when two connections checkpoint one WAL
# (https://sqlite.org/wal.html#walresetbug); so one connection writes and checkpoints, always.
READ_PRAGMAS = ("query_only=ON", "wal_autocheckpoint=0")
COMMON_PRAGMAS = (
    f"busy_timeout={BUSY_MILLISECONDS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
)


class ReferencesBroken(Exception):
    """A migration left rows that refer to rows that are not there; nothing of it was kept."""


class Database:
    """One database: SQLite in this process, or PostgreSQL shared by many."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self._readers, self._writers = _sqlite_engines(parsed)
        else:
            self._readers = self._writers = create_async_engine(parsed, pool_pre_ping=True)
        self._read = async_sessionmaker(self._readers, expire_on_commit=False)
        self._write = async_sessionmaker(self._writers, expire_on_commit=False)
        self._turn = asyncio.Lock() if self.is_sqlite else None
        self.after_commit: list[Callable[[int], None]] = []

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """A session that sees one consistent state and cannot write."""
        async with self._read() as session:
            yield ReadSession(session)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Session]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        if self._turn is not None:
            await self._turn.acquire()
        newest = 0
        try:
            async with self._write() as session, session.begin():
                session.info["newest_event"] = 0
                yield Session(session)
                await session.flush()
                newest = int(session.info["newest_event"])
        finally:
            if self._turn is not None:
                self._turn.release()
        if newest:
            for announce in self.after_commit:
                announce(newest)

    async def run(self, work: Callable[[Connection], Any]) -> Any:
        """Run synchronous work (migrations) on the writing connection, in one transaction."""
        async with self._writers.connect() as connection:
            return await connection.run_sync(_carried_out, work)

    async def close(self) -> None:
        await self._writers.dispose()
        if self._readers is not self._writers:
            await self._readers.dispose()


def _sqlite_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    writers = create_async_engine(url, pool_size=1, max_overflow=0)
    _rule(writers, begin="BEGIN IMMEDIATE", pragmas=COMMON_PRAGMAS)
    readers = create_async_engine(url, pool_size=8, max_overflow=8)
    _rule(readers, begin="BEGIN", pragmas=(*COMMON_PRAGMAS, *READ_PRAGMAS))
    return readers, writers


def _rule(engine: AsyncEngine, *, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is deferred and partial: ours is explicit.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _carried_out(connection: Connection, work: Callable[[Connection], Any]) -> Any:
    if connection.dialect.name != "sqlite":
        with connection.begin():
            return work(connection)
    # Changing a table of SQLite means building it anew and dropping the old one, to which others
    # refer. References are not watched meanwhile but checked at the end; the switch does nothing
    # inside a transaction, so it stands around it, on the driver's own connection.
    _watch_references(connection, "OFF")
    try:
        with connection.begin():
            done = work(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise ReferencesBroken(sorted({(row[0], row[2]) for row in broken}))
            return done
    finally:
        _watch_references(connection, "ON")


def _watch_references(connection: Connection, switch: str) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys={switch}")
    cursor.close()


def sqlite_version() -> str:
    """The SQLite library in use, for the start-up line and `/readyz`."""
    return sqlite3.sqlite_version
