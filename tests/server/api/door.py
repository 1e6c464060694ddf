"""Calling any operation as anybody: who, what, on which object, with which body.

Keys act like sessions without a browser's ceremony; that ceremony is tested with accounts.
"""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.kit.database import Database
from tests.server.api.operations import Operation
from tests.server.company import Company

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Call:
    """What is sent beside the address; a key of its own unless the test names one."""

    body: object = None
    query: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None


PLAIN = Call()


@dataclass(frozen=True, slots=True)
class Door:
    """The server, a key for each role, what is stored, and numbers that were never used."""

    client: AsyncTestClient[Litestar]
    keys: Mapping[str, str]
    company: Company
    database: Database
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def headers(self, who: str) -> dict[str, str]:
        return {} if who == NOBODY else {"Authorization": f"Bearer {self.keys[who]}"}

    async def call(
        self,
        operation: Operation,
        who: str,
        ids: Mapping[str, object] | None = None,
        sent: Call = PLAIN,
    ) -> Response:
        """Send one request to one operation."""
        headers = self.headers(who)
        if operation.method == "post":
            headers["Idempotency-Key"] = uuid4().hex
        if sent.version is not None:
            headers["If-Match"] = f'"{sent.version}"'
        content = sent.raw
        if content is None and operation.has_body:
            content = json.dumps(sent.body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        # Who calls is said by the key alone: a cookie of the last caller must not stay.
        self.client.cookies.clear()
        return await self.client.request(
            operation.method,
            operation.address(ids or {}),
            content=content,
            params=sent.query,
            headers=headers | dict(sent.headers),
        )
