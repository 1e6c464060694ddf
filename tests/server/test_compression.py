"""Long answers travel small, for phones with bad signal; what must arrive at once does not wait."""

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company

Client = AsyncTestClient[Litestar]


async def test_a_long_answer_is_compressed_for_who_takes_it(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = "/api/events?limit=100"
    plain = await client.get(path, headers=dispatcher.headers(**{"Accept-Encoding": "identity"}))
    small = await client.get(path, headers=dispatcher.headers(**{"Accept-Encoding": "gzip"}))
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert int(small.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
    assert small.json() == plain.json()


@pytest.mark.parametrize("path", ["/api/session", "/api/regions?limit=1"])
async def test_an_answer_with_a_secret_or_of_a_few_words_is_not(
    client: Client, company: Company, path: str
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    answer = await client.get(path, headers=dispatcher.headers(**{"Accept-Encoding": "gzip"}))
    assert "Content-Encoding" not in answer.headers
