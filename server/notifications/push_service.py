"""Handing a message to a browser's push service: encrypted, signed, to a listed address only.

The only module that speaks Web Push (RFC 8030, 8188, 8291, 8292).
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

import aiohttp
import structlog
from py_vapid import Vapid
from pywebpush import WebPusher

from server.kit.hosts import origin_of
from server.kit.outside import OutsideOnly
from server.notifications.push_endpoints import PushServices
from server.notifications.push_parcels import Parcel

log: structlog.stdlib.BoundLogger = structlog.get_logger()
ANSWER_WITHIN_SECONDS = 10
AT_ONCE = 20
SIGNED_FOR_SECONDS = 12 * 3600
LONGEST_PAUSE = timedelta(hours=1)
GONE = frozenset({404, 410})
BUSY = 429
FAILING = 500
FOUND_ELSEWHERE = 300


class Outcome(StrEnum):
    SENT = "sent"
    LATER = "later"
    REFUSED = "refused"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a phone's browser takes messages, and the keys they are encrypted with."""

    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True)
class Answer:
    """`pause` is how long the push service asks to be left alone."""

    outcome: Outcome
    pause: timedelta | None = None


class PushService(Protocol):
    async def send(self, parcel: Parcel, to: Address) -> Answer: ...


class WebPush:
    """The push services of the browsers."""

    def __init__(
        self, http: aiohttp.ClientSession, services: PushServices, pair: Vapid, contact: str
    ) -> None:
        self._http = http
        self._services = services
        self._pair = pair
        self._contact = contact
        self._few = asyncio.Semaphore(AT_ONCE)

    async def send(self, parcel: Parcel, to: Address) -> Answer:
        """Hand it over; where an answer leads elsewhere, nobody follows."""
        if not self._services.accepts(to.endpoint):
            return Answer(Outcome.REFUSED)
        try:
            sealed = _sealed(parcel, to)
        except ValueError:
            # No point of the curve: nobody could ever read what is encrypted for it.
            return Answer(Outcome.GONE)
        headers = self._headers(parcel, to)
        try:
            async with (
                self._few,
                self._http.post(
                    to.endpoint, data=sealed, headers=headers, allow_redirects=False
                ) as answer,
            ):
                return _read(answer, to)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.info("push_later", service=origin_of(to.endpoint), reason=type(error).__name__)
            return Answer(Outcome.LATER)

    def _headers(self, parcel: Parcel, to: Address) -> dict[str, str]:
        claims = {
            "sub": self._contact,
            "aud": origin_of(to.endpoint),
            "exp": int(time.time()) + SIGNED_FOR_SECONDS,
        }
        return {
            **self._pair.sign(claims),
            "TTL": str(int(parcel.keep.total_seconds())),
            "Urgency": "high" if parcel.is_urgent else "normal",
            "Topic": parcel.topic,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
        }


def _sealed(parcel: Parcel, to: Address) -> bytes:
    text = json.dumps(dict(parcel.payload), ensure_ascii=False)
    keys = {"p256dh": to.p256dh, "auth": to.auth}
    sealed: bytes = WebPusher({"endpoint": to.endpoint, "keys": keys}).encode(text.encode())["body"]
    return sealed


def _read(answer: aiohttp.ClientResponse, to: Address) -> Answer:
    status = answer.status
    if status < FOUND_ELSEWHERE:
        return Answer(Outcome.SENT)
    if status in GONE:
        return Answer(Outcome.GONE)
    log.warning("push_refused", service=origin_of(to.endpoint), status=status)
    if status == BUSY or status >= FAILING:
        asked = answer.headers.get("Retry-After", "")
        pause = timedelta(seconds=int(asked)) if asked.isdecimal() and len(asked) < 6 else None  # noqa: PLR2004 - a day has five digits
        return Answer(Outcome.LATER, pause and min(pause, LONGEST_PAUSE))
    return Answer(Outcome.REFUSED)


@asynccontextmanager
async def open_services(
    services: PushServices, pair: Vapid, contact: str
) -> AsyncIterator[PushService]:
    """The push services, their connections closed at the end."""
    connector = aiohttp.TCPConnector(resolver=OutsideOnly(services.is_named_host))
    timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_SECONDS)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as http:
        yield WebPush(http, services, pair, contact)
    # TLS connections close in the next turn of the loop.
    await asyncio.sleep(0)
