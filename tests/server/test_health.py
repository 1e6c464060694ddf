"""What machines that watch the server read: is it ready, and how do its own checks stand."""

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.breaches.duties import RECOMPUTE, last_night, once_since
from server.kit.database import Database
from tests.server.company import Company

Client = AsyncTestClient[Litestar]


async def test_a_server_that_has_not_recomputed_yet_says_so(client: Client) -> None:
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["clocks"] == {
        "last_recomputed_at": None,
        "interventions": 0,
        "differences": 0,
    }


async def test_the_last_recomputation_can_be_read(
    client: Client, company: Company, database: Database
) -> None:
    async def act() -> int:
        return 0

    now = company.now
    await once_since(database, RECOMPUTE, last_night(now), now, act=act)
    clocks = (await client.get("/readyz")).json()["clocks"]
    assert clocks["last_recomputed_at"] == now.isoformat()


async def test_incidents_are_counted_for_prometheus(client: Client) -> None:
    metrics = (await client.get("/metrics")).text
    assert "palier_clock_incidents_total" in metrics
    assert "palier_clock_incidents_unresolved" in metrics
