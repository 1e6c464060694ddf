"""Doing something one at a time, also where several processes share one PostgreSQL.

On SQLite one process writes, one transaction at a time: there a turn is always free.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from server.kit.database import Database, Session

WAIT = text("select pg_advisory_xact_lock(:number)")
TRY = text("select pg_try_advisory_xact_lock(:number)")


async def wait_for_turn(session: Session, name: str) -> None:
    """Wait until no other transaction holds this turn; ours ends with the transaction."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(WAIT, {"number": _number(name)})


@asynccontextmanager
async def turn(database: Database, name: str) -> AsyncIterator[bool]:
    """Whether this turn was free; if so it is ours until the block ends, over many transactions."""
    if database.is_sqlite:
        yield True
        return
    # An open transaction that has written nothing holds back no reader of events.
    async with database.read() as session:
        yield bool(await session.scalar(TRY, {"number": _number(name)}))


def _number(name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"turn {name}".encode()).digest()[:8], signed=True)
