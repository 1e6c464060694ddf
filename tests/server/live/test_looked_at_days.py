"""A real server makes ready what somebody looks at, behind the answer."""

import time
from collections.abc import Iterator

import httpx
import pytest

from server.accounts.schemas import Role
from tests.server.company import PASSWORD, Company

PATIENCE_SECONDS = 60


@pytest.fixture
def dispatcher(address: str, company: Company) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=PATIENCE_SECONDS) as client:
        who = {"email": company.emails[Role.DISPATCHER], "password": PASSWORD}
        client.headers["X-CSRF-Token"] = client.post("/api/session", json=who).json()["csrf"]
        yield client


def days_laid_out(dispatcher: httpx.Client) -> int:
    return int(dispatcher.get("/readyz").json()["candidates"]["days"])


def test_the_day_of_a_board_is_laid_out_once_somebody_looks_at_it(
    dispatcher: httpx.Client, company: Company
) -> None:
    assert days_laid_out(dispatcher) == 0
    look = {"page": "page-1", "region_id": str(company.valley.id)}
    assert dispatcher.put("/api/board-looks", json=look).json() == {"others": []}
    until = time.monotonic() + PATIENCE_SECONDS
    while days_laid_out(dispatcher) == 0:
        assert time.monotonic() < until, "nothing was laid out"
        time.sleep(0.1)
