"""A post office beside the company."""

from collections.abc import AsyncIterator

import pytest

from tests.server.mail.post_office import PostOffice, post_office


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as opened:
        yield opened
