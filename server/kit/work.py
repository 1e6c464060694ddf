"""The unit of work of one request: read, or carry out a command once and only once.

The commit happens before the answer leaves; a repeated command gets its first answer again.
"""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from sqlalchemy import delete, text

from server.kit.apart import Apart
from server.kit.database import Database, ReadSession, Session
from server.kit.events import Actor
from server.kit.problems import KeyMissing, KeyReused, Stale, StillRunning, VersionMissing
from server.kit.tables import StoredAnswer

T = TypeVar("T")
LONGEST_KEY = 255
# Phones may be without signal for days before they send a command again.
KEPT = timedelta(days=7)
_encoder = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Work:
    """What a route needs to act: the database, a process for long readings, the time, who asks."""

    database: Database
    apart: Apart
    now: datetime
    actor: Actor
    request: Request[object, object, State]

    @property
    def expected_version(self) -> int:
        """The version the caller changed, from If-Match; refused when absent or weak."""
        return _expected_version(self.request)

    def read(self) -> AbstractAsyncContextManager[ReadSession]:
        return self.database.read()

    async def command(
        self, act: Callable[[Session], Awaitable[T]], *, status: int = 200
    ) -> Response[T]:
        """Carry out a POST once: the answer is stored with its effect under the caller's key."""
        key = _key(self.request)
        fingerprint = hashlib.sha256(await self.request.body()).hexdigest()
        route = f"{self.request.method} {self.request.url.path}"
        account = self.actor.id or UUID(int=0)
        async with self.database.write() as session:
            await self._wait_for_no_one(session, f"{account} {route} {key}")
            stored = await session.get(StoredAnswer, (account, route, key))
            if stored is not None:
                if stored.fingerprint != fingerprint:
                    raise KeyReused
                return _answer(stored.body, stored.status, stored.etag)
            result = await act(session)
            body, etag = _encoded(result), etag_of(result)
            forgotten = StoredAnswer.created_at < self.now - KEPT
            await session.execute(delete(StoredAnswer).where(forgotten))
            session.add(
                StoredAnswer(
                    account_id=account,
                    route=route,
                    key=key,
                    fingerprint=fingerprint,
                    status=status,
                    etag=etag,
                    body=body,
                    created_at=self.now,
                )
            )
        return _answer(body, status, etag)

    async def change(self, act: Callable[[Session], Awaitable[T]]) -> Response[T]:
        """Carry out a PATCH or DELETE: If-Match, not a key, makes it safe to repeat."""
        async with self.database.write() as session:
            result = await act(session)
        return _answer(_encoded(result), 200, etag_of(result))

    async def _wait_for_no_one(self, session: Session, key: str) -> None:
        # SQLite has one writer, so the same key cannot be in flight twice.
        if self.database.is_sqlite:
            return
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
        taken = await session.scalar(
            text("select pg_try_advisory_xact_lock(:number)"), {"number": number}
        )
        if not taken:
            raise StillRunning


def shown(result: T) -> Response[T]:
    """Answer a read of one object with its version as ETag."""
    return _answer(_encoder.encode(result), 200, etag_of(result))


def _encoded(result: object) -> bytes:
    """Nothing to say is said with no bytes at all."""
    return b"" if result is None else _encoder.encode(result)


def etag_of(result: object) -> str | None:
    version = getattr(result, "version", None)
    return f'"{version}"' if isinstance(version, int) else None


def _expected_version(request: Request[object, object, State]) -> int:
    """The version named by If-Match: strong tags only, as RFC 9110 asks."""
    tag = request.headers.get("if-match")
    if tag is None:
        raise VersionMissing
    bare = tag.strip().strip('"')
    if tag.strip().startswith("W/") or not (bare.isascii() and bare.isdigit()) or len(bare) > 9:  # noqa: PLR2004
        raise Stale
    return int(bare)


def require_version(row_version: int, expected: int) -> None:
    """Refuse a change made on an older version than the one stored."""
    if row_version != expected:
        raise Stale(current_version=row_version)


def _key(request: Request[object, object, State]) -> str:
    key = request.headers.get("idempotency-key", "").strip().strip('"')
    if not 0 < len(key) <= LONGEST_KEY:
        raise KeyMissing
    return key


def _answer(body: bytes, status: int, etag: str | None) -> Response[T]:
    headers = {"ETag": etag} if etag else {}
    # The bytes are the answer: what is stored and what is sent cannot differ.
    return Response(
        content=body,  # type: ignore[arg-type]
        status_code=status,
        media_type="application/json",
        headers=headers,
    )
