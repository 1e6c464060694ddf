"""A proxy in front ends HTTPS: who calls, and by which transport, is what a known one says."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.app import behind_proxies
from server.residents.reporting import WRONG
from tests.server.api.test_answers import require_problem
from tests.server.company import PASSWORD, Company

PROXIES = ("10.9.0.0/16", "::1")
BY_HTTPS = {"X-Forwarded-Proto": "https"}
Client = AsyncTestClient[Litestar]
Through = Callable[[str], AsyncClient]


@pytest.fixture
def through(app: Litestar, client: Client) -> Through:  # noqa: ARG001 - it has started the server
    """A client whose calls come from this address, by plain HTTP as between proxy and server."""
    served = behind_proxies(app, PROXIES)

    def calls(address: str) -> AsyncClient:
        transport = ASGITransport(cast("Any", served), client=(address, 40_000))
        return AsyncClient(transport=transport, base_url="http://palier.example.org")

    return calls


@pytest.mark.parametrize("proxy", ["10.9.200.1", "::1"])
async def test_people_sign_in_through_a_known_proxy_and_keep_a_cookie_of_https(
    through: Through, company: Company, proxy: str
) -> None:
    told = BY_HTTPS | {"X-Forwarded-For": "203.0.113.7"}
    who = {"email": company.emails[Role.DISPATCHER], "password": PASSWORD}
    async with through(proxy) as client:
        opened = await client.post("/api/session", json=who, headers=told)
        assert opened.status_code == 201, opened.text
        cookie = opened.headers["Set-Cookie"]
        assert cookie.startswith("__Host-palier=")
        assert "secure" in cookie.lower()
        held = {"Cookie": cookie.partition(";")[0]}
        assert (await client.get("/api/session", headers=told | held)).status_code == 200


async def test_nobody_else_is_believed_to_come_by_https(through: Through, company: Company) -> None:
    who = {"email": company.emails[Role.DISPATCHER], "password": PASSWORD}
    async with through("10.8.0.1") as client:
        refused = await client.post("/api/session", json=who, headers=BY_HTTPS)
    require_problem(refused, 403, "insecure_transport")


async def test_whoever_tries_labels_through_a_proxy_is_counted_alone(through: Through) -> None:
    async def tries(client: AsyncClient, forwarded: str) -> int:
        asked = {"token": "nobody-printed-this"}
        headers = {"X-Forwarded-For": forwarded}
        return (
            await client.get("/api/reports_by_label", params=asked, headers=headers)
        ).status_code

    async with through("10.9.200.1") as client:
        # What the caller wrote stands before what the proxy adds, and is not believed.
        written = [f"192.0.2.{each}, 203.0.113.7" for each in range(WRONG + 1)]
        assert [await tries(client, each) for each in written][-2:] == [410, 429]
        assert await tries(client, "203.0.113.8") == 410
    async with through("203.0.113.9") as client:
        own = [await tries(client, f"192.0.2.{each}") for each in range(WRONG + 1)]
        assert own[-1] == 429
