"""An office with two people in it."""

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from tests.server.agreements.paper import Office
from tests.server.company import Company


@pytest.fixture
async def office(client: AsyncTestClient[Litestar], company: Company) -> Office:
    return await Office.open(client, company)
