"""Candidates, assignments and plans as the board asks for them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts import actions as accounts
from server.accounts.schemas import AccountBody, Role
from server.planning.planner import Planner
from server.settings import Settings
from tests.server.company import PASSWORD, Member
from tests.server.interventions.town import FOUNDER, TUESDAY, Town
from tests.server.planning.office import Office

UNKNOWN = "00000000-0000-0000-0000-000000000000"
Client = AsyncTestClient[Litestar]


@pytest.fixture
def settings(copied_town: tuple[Town, str]) -> Settings:
    """The server on the office's database and clock."""
    offset = round((TUESDAY - datetime.now(UTC)).total_seconds())
    return Settings(database_url=copied_town[1], is_demo=True, demo_offset_seconds=offset)


@pytest.fixture
async def client(app: Litestar, office: Office) -> AsyncIterator[Client]:
    for role in (Role.DISPATCHER, Role.TECHNICIAN):
        body = AccountBody(
            email=f"{role.value}@example.org",
            name=role.value,
            role=role,
            password=PASSWORD,
            region_ids=[office.town.valley.id] if role is Role.DISPATCHER else None,
            technician_id=office.town.aina.id if role is Role.TECHNICIAN else None,
        )
        async with office.town.write() as session:
            await accounts.create(session, FOUNDER.actor, body, office.now)
    async with AsyncTestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


async def sign_in(client: Client, role: Role) -> Member:
    body = {"email": f"{role.value}@example.org", "password": PASSWORD}
    answer = await client.post("/api/session", json=body)
    assert answer.status_code == 201, answer.text
    client.cookies.clear()
    return Member(client, answer.cookies["palier"], answer.json()["csrf"])


def until_settled(app: Litestar, member: Member) -> None:
    """Wait, in the server's own event loop, until it makes no plan any more."""
    planner: Planner = app.state.planner
    member.client.blocking_portal.call(planner.settled)


@pytest.fixture
async def dispatcher(client: Client) -> Member:
    return await sign_in(client, Role.DISPATCHER)


async def test_a_dispatcher_reads_the_cards_and_sends_one(
    dispatcher: Member, office: Office
) -> None:
    asked = await office.call("ASKED", 3)
    path = f"/api/interventions/{asked.id}"
    cards = (await dispatcher.get(f"{path}/candidates", top="1")).json()
    (card,) = cards["candidates"]
    assert card["reasons"]
    body = {"technician_id": card["technician_id"], "basis": card["basis"]}
    sent = await dispatcher.post(f"{path}/visits", body, key="once")
    again = await dispatcher.post(f"{path}/visits", body, key="once")
    assert (sent.status_code, sent.json()["status"]) == (201, "dispatched")
    assert sent.content == again.content
    late = await dispatcher.post(f"{path}/visits", body)
    assert (late.status_code, late.json()["code"]) == (409, "candidate_changed")


async def test_booking_somebody_twice_is_refused_and_writes_nothing(
    dispatcher: Member, office: Office
) -> None:
    first, second = await office.call("FIRST", 3), await office.call("SECOND", 5)
    body = {"technician_id": str(office.town.aina.id), "starts_at": "2026-06-02T10:00:00Z"}
    booked = await dispatcher.post(f"/api/interventions/{first.id}/visits", body)
    before = await office.town.rows()
    refused = await dispatcher.post(f"/api/interventions/{second.id}/visits", body)
    assert booked.status_code == 201
    assert (refused.status_code, refused.json()["code"]) == (409, "double_booked")
    assert await office.town.rows() == before


async def test_the_day_is_planned_while_the_board_stays_open(
    app: Litestar, dispatcher: Member, office: Office
) -> None:
    for place in (2, 4):
        await office.call(f"HOUSE-{place}", place)
    body = {"region_id": str(office.town.valley.id), "seconds": 1}
    started = await dispatcher.post("/api/plans", body, key="once")
    again = await dispatcher.post("/api/plans", body, key="once")
    other = await dispatcher.post("/api/plans", body)
    assert (started.status_code, started.json()["status"]) == (202, "running")
    assert started.content == again.content
    assert (other.status_code, other.json()["code"]) == (409, "plan_running")
    until_settled(app, dispatcher)
    path = f"/api/plans/{started.json()['id']}"
    ready = (await dispatcher.get(path)).json()
    assert ready["status"] == "ready"
    assert len(ready["diff"]["changes"]) == 2
    assert ready["trace"]
    published = await dispatcher.post(f"{path}/publish", {})
    assert published.json()["status"] == "published"
    listed = (await dispatcher.get("/api/plans")).json()["items"]
    assert [each["status"] for each in listed] == ["published"]
    twice = await dispatcher.post(f"{path}/publish", {})
    assert (twice.status_code, twice.json()["code"]) == (409, "plan_not_ready")


async def test_a_search_is_stopped_from_the_board(
    app: Litestar, dispatcher: Member, office: Office
) -> None:
    await office.call("ASKED", 3)
    body = {"region_id": str(office.town.valley.id), "seconds": 300}
    path = f"/api/plans/{(await dispatcher.post('/api/plans', body)).json()['id']}"
    planner: Planner = app.state.planner
    dispatcher.client.blocking_portal.call(planner.solver.at_work.wait)
    # Somebody asks whom to send: the search makes way, and can be stopped all the same.
    asked = await office.call("URGENT", 4, severity="S1")
    assert (await dispatcher.get(f"/api/interventions/{asked.id}/candidates")).is_success
    standing = (await dispatcher.client.get("/readyz")).json()["planning"]
    assert standing["plans"] == 1
    assert standing["solver"] in {"compiling", "ready"}
    stopped = await dispatcher.post(f"{path}/cancel", {})
    until_settled(app, dispatcher)
    assert stopped.json()["status"] == "cancelled"
    assert (await dispatcher.get(path)).json()["diff"] is None


async def test_what_is_foreign_looks_unknown(dispatcher: Member, office: Office) -> None:
    chalet = await office.town.report(building=office.town.chalet)
    mountain = {"region_id": str(office.town.mountain.id)}
    body = {"technician_id": str(office.town.clara.id)}
    for answer in (
        await dispatcher.get(f"/api/interventions/{chalet.id}/candidates"),
        await dispatcher.post(f"/api/interventions/{chalet.id}/visits", body),
        await dispatcher.get(f"/api/interventions/{UNKNOWN}/candidates"),
        await dispatcher.post("/api/plans", mountain),
        await dispatcher.get(f"/api/plans/{UNKNOWN}"),
        await dispatcher.post(f"/api/plans/{UNKNOWN}/publish", {}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_technician_neither_plans_nor_assigns(client: Client, office: Office) -> None:
    technician = await sign_in(client, Role.TECHNICIAN)
    body = {"region_id": str(office.town.valley.id)}
    refused = await technician.post("/api/plans", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


async def test_every_fault_of_a_wish_is_named(dispatcher: Member, office: Office) -> None:
    body = {"region_id": str(office.town.valley.id), "seconds": 0, "seed": -1, "more": 1}
    refused = await dispatcher.post("/api/plans", body)
    assert refused.status_code == 422
    assert {error["path"] for error in refused.json()["errors"]} == {"seconds", "seed", "more"}
    over = {"region_id": str(office.town.valley.id), "day": "2026-06-01"}
    late = await dispatcher.post("/api/plans", over)
    assert late.json()["errors"][0]["code"] == "is_over"
