"""A push service in this process: it takes messages over HTTP as the browsers' own do.

It checks who signed, decrypts with the phone's keys as a browser would, and answers what a test
tells it to.
"""

import asyncio
import base64
import json
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from server.notifications.push_endpoints import PushServices
from server.notifications.push_schemas import PushKeysBody, SubscriptionBody

SLOW = 0
"""Instead of a status: no answer for longer than the server waits in tests."""


def text_of(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(slots=True)
class Browser:
    """The keys of one subscription; only the browser has the private one."""

    private: ec.EllipticCurvePrivateKey
    secret: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """One message as the phone's worker gets it, and what the push service was told with it."""

    device: str
    said: dict[str, str]
    headers: dict[str, str]
    signed: dict[str, Any]
    signed_with: str
    size: int


@dataclass(slots=True)
class PushTwin:
    origin: str = ""
    browsers: dict[str, Browser] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def opened(cls) -> AsyncIterator["PushTwin"]:
        twin = cls()
        app = web.Application()
        app.router.add_route("*", "/{rest:.*}", twin.take)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        twin.origin = "http://{}:{}".format(*runner.addresses[0][:2])
        try:
            yield twin
        finally:
            await runner.cleanup()

    @property
    def services(self) -> PushServices:
        """What an operator of this twin allows."""
        return PushServices((self.origin,))

    def subscribe(self, device: str, *, generation: int = 1) -> SubscriptionBody:
        """What this phone's browser hands to the page that subscribes."""
        private = ec.generate_private_key(ec.SECP256R1())
        point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        name = f"{device}-{generation}"
        self.browsers[name] = browser = Browser(private, os.urandom(16))
        keys = PushKeysBody(p256dh=text_of(point), auth=text_of(browser.secret))
        return SubscriptionBody(endpoint=f"{self.origin}/push/{name}", keys=keys, device=device)

    async def take(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path}")
        status, headers = self.answers.pop(0) if self.answers else (201, {})
        if status == SLOW:
            await asyncio.sleep(0.3)
        if status < 300:
            self.received.append(self._opened(request, await request.read()))
        return web.Response(status=status, headers=headers)

    def _opened(self, request: web.Request, sealed: bytes) -> Received:
        device = request.path.rpartition("/")[2]
        browser = self.browsers[device]
        assert request.headers["Content-Encoding"] == "aes128gcm"
        said = http_ece.decrypt(
            sealed, private_key=browser.private, auth_secret=browser.secret, version="aes128gcm"
        )
        signature = request.headers["Authorization"]
        assert Vapid.verify(signature), "signed by somebody else"
        parts = dict(part.split("=", 1) for part in signature.removeprefix("vapid ").split(","))
        signed = json.loads(bytes_of(parts["t"].split(".")[1]))
        assert signed["aud"] == self.origin
        assert 0 < signed["exp"] - time.time() <= 24 * 3600
        return Received(
            device.rpartition("-")[0],
            json.loads(said),
            dict(request.headers),
            signed,
            parts["k"],
            len(sealed),
        )

    @property
    def titles(self) -> list[str]:
        """What was said, in the order it came."""
        return [each.said["title"] for each in self.received]

    def shade(self, device: str = "phone") -> list[str]:
        """What somebody sees on this phone: what has the same tag is shown once."""
        shown: dict[str, dict[str, str]] = defaultdict(dict)
        for each in self.received:
            if each.device == device:
                shown[each.said["tag"]] = each.said
        return [said["title"] for said in shown.values()]
