"""Interventions over HTTP: who may call, what is refused and how, what a repeated call does."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import func, select

from server.accounts.schemas import Role
from server.interventions.booking import Booking, assign
from server.interventions.tables import Intervention
from server.kit.database import Database
from server.kit.tables import Event
from tests.server.company import FOUNDER, Company, Member

Client = AsyncTestClient[Litestar]


def _call(lift: str, **more: object) -> dict[str, object]:
    return {"asset_id": lift, "severity": "S2", "summary": "Stands still", **more}


def _command(kind: str, **more: object) -> dict[str, object]:
    now = datetime.now(UTC).isoformat()
    return {"id": uuid4().hex, "kind": kind, "at": now, "base_version": 1, **more}


@pytest.fixture
async def dispatcher(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.DISPATCHER)


@pytest.fixture
async def reported(dispatcher: Member, company: Company) -> dict[str, Any]:
    answer = await dispatcher.post("/api/interventions", _call(str(company.home.lift.id)))
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.fixture
async def visit(database: Database, company: Company, reported: dict[str, Any]) -> dict[str, Any]:
    """The technician of the home branch has just been sent to the reported call."""
    now = datetime.now(UTC)
    booking = Booking(
        technician_id=company.home.technician.id,
        starts_at=now + timedelta(minutes=20),
        ends_at=now + timedelta(minutes=60),
        travel_seconds=600,
    )
    async with database.write() as session:
        made = await assign(session, FOUNDER, UUID(reported["id"]), booking, now=now)
    return {"id": str(made.id), "version": made.version}


async def _accounted(database: Database) -> tuple[int, int]:
    async with database.read() as session:
        interventions = await session.scalar(select(func.count()).select_from(Intervention))
        events = await session.scalar(select(func.count()).select_from(Event))
    return int(interventions or 0), int(events or 0)


async def test_a_call_becomes_a_closed_visit_that_the_manager_sees(
    client: Client, company: Company, dispatcher: Member, visit: dict[str, Any]
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    manager = await company.sign_in(client, Role.MANAGER)
    day = (await technician.get("/api/sync")).json()
    assert [each["visit"]["id"] for each in day["visits"]] == [visit["id"]]
    steps = [
        _command("accept"),
        _command("start_travel"),
        _command("arrive"),
        _command("start_work"),
        _command("complete", payload={"cause": "door", "action": "Shoe replaced", "note": "Ok"}),
    ]
    path = f"/api/visits/{visit['id']}/commands"
    answer = await technician.client.post(path, json=steps, headers=technician.headers())
    assert answer.status_code == 200, answer.text
    assert [each["outcome"] for each in answer.json()["results"]] == ["applied"] * 5
    (seen,) = (await manager.get("/api/portal/interventions")).json()["items"]
    assert (seen["is_open"], seen["outcome"]) == (False, "door")
    listed = (await dispatcher.get("/api/interventions", status="closed")).json()["items"]
    assert [each["id"] for each in listed] == [seen["id"]]


async def test_fifty_accepts_at_once_over_http_accept_once(
    client: Client, company: Company, database: Database, visit: dict[str, Any]
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    path = f"/api/visits/{visit['id']}/commands"

    async def accept() -> Response:
        headers = technician.headers()
        return await technician.client.post(path, json=_command("accept"), headers=headers)

    answers = await asyncio.gather(*(accept() for _ in range(50)))
    outcomes = [answer.json()["results"][0]["outcome"] for answer in answers]
    assert sorted(set(outcomes)) == ["applied", "rejected"]
    assert outcomes.count("applied") == 1
    async with database.read() as session:
        accepted = select(func.count()).where(Event.kind == "visit_accepted")
        assert await session.scalar(accepted) == 1


async def test_a_command_with_a_key_gets_its_first_answer_again(
    client: Client, company: Company, visit: dict[str, Any]
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    path, accept = f"/api/visits/{visit['id']}/commands", _command("accept")
    first = await technician.post(path, accept, key="accepting")
    again = await technician.post(path, accept, key="accepting")
    other = await technician.post(path, _command("arrive"), key="accepting")
    assert first.json()["results"][0]["outcome"] == "applied"
    assert first.content == again.content
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_of_two_changes_on_one_version_one_is_made(
    dispatcher: Member, reported: dict[str, Any]
) -> None:
    path = f"/api/interventions/{reported['id']}"
    answers = await asyncio.gather(
        *(dispatcher.patch(path, {"summary": f"Change {n}"}, version=1) for n in range(2))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    now = (await dispatcher.get(path)).json()
    assert (now["version"], now["summary"]) == (
        2,
        next(a.json()["summary"] for a in answers if a.status_code == 200),
    )


async def test_a_change_without_the_version_or_of_nothing_is_refused(
    client: Client, dispatcher: Member, reported: dict[str, Any]
) -> None:
    path = f"/api/interventions/{reported['id']}"
    bare = await client.patch(path, json={"summary": "S"}, headers=dispatcher.headers())
    weak = await client.patch(
        path, json={"summary": "S"}, headers=dispatcher.headers(**{"If-Match": 'W/"1"'})
    )
    emptied = await dispatcher.patch(path, {"summary": None}, version=1)
    assert [each.status_code for each in (bare, weak, emptied)] == [428, 412, 422]
    assert (await dispatcher.get(path)).json()["version"] == 1


async def test_a_call_reported_twice_with_one_key_is_one_call(
    dispatcher: Member, company: Company, database: Database
) -> None:
    call = _call(str(company.home.lift.id))
    answers = await asyncio.gather(
        *(dispatcher.post("/api/interventions", call, key="one call") for _ in range(5))
    )
    done = [answer.content for answer in answers if answer.status_code == 201]
    assert set(done) == {done[0]}
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert (await _accounted(database))[0] == 1


BAD_CALLS: list[tuple[dict[str, Any], str]] = [
    ({"severity": "S9"}, "severity"),
    ({"summary": ""}, "summary"),
    ({"summary": "x" * 201}, "summary"),
    ({"reported_at": "2026-06-02T09:00:00"}, "reported_at"),
    ({"duration_seconds": 1}, "duration_seconds"),
    ({"skills": {"traction": 9}}, "skills.traction"),
    ({"status": "closed"}, "status"),
    ({"asset_id": "nonsense"}, "asset_id"),
]
BAD_COMMANDS: list[tuple[object, str]] = [
    (_command("fly"), "command.kind"),
    (_command("accept", id="short"), "command.id"),
    (_command("accept", base_version=-1), "command.base_version"),
    (_command("complete", payload={"cause": "bad luck"}), "command.payload.cause"),
    (_command("accept", at="yesterday"), "command.at"),
    ([_command("accept", more=1)], "commands.0.more"),
    ([], "commands"),
]


async def test_a_bad_call_names_its_fault_and_writes_nothing(
    dispatcher: Member, company: Company, database: Database
) -> None:
    before = await _accounted(database)
    for change, path in BAD_CALLS:
        call = {**_call(str(company.home.lift.id)), **change}
        answer = await dispatcher.post("/api/interventions", call)
        assert answer.status_code == 422, path
        assert [fault["path"] for fault in answer.json()["errors"]] == [path]
    assert await _accounted(database) == before


async def test_a_bad_command_names_its_fault_and_changes_nothing(
    client: Client, company: Company, visit: dict[str, Any]
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    for body, path in BAD_COMMANDS:
        answer = await technician.post(f"/api/visits/{visit['id']}/commands", body)
        assert answer.status_code == 422, path
        assert [fault["path"] for fault in answer.json()["errors"]] == [path]
    seen = (await technician.get(f"/api/visits/{visit['id']}")).json()["visit"]
    assert (seen["status"], seen["version"]) == ("dispatched", 1)


async def test_a_day_or_words_nobody_means_are_refused_or_found_nowhere(
    dispatcher: Member, company: Company
) -> None:
    for day in ("0001-01-01", "9999-12-31"):
        board = await dispatcher.get("/api/board", region_id=str(company.valley.id), day=day)
        visits = await dispatcher.get("/api/visits", day=day)
        assert [each.json()["errors"][0]["path"] for each in (board, visits)] == ["day", "day"]
    for words in ("\0", "%", "_", "\\", "' or 1=1 --"):
        found = await dispatcher.get("/api/interventions", q=words)
        assert (found.status_code, found.json()["items"]) == (200, [])


async def test_what_is_foreign_looks_unknown(
    client: Client, company: Company, dispatcher: Member
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    foreign = (await admin.post("/api/interventions", _call(str(company.away.lift.id)))).json()[
        "id"
    ]
    unknown = str(uuid4())
    manager = await company.sign_in(client, Role.MANAGER)
    for member, path in (
        (dispatcher, "/api/interventions/{}"),
        (manager, "/api/portal/interventions/{}"),
    ):
        answers = [await member.get(path.format(each)) for each in (foreign, unknown)]
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].json() == answers[1].json()
    refused = await dispatcher.post(f"/api/interventions/{foreign}/commands", _command("close"))
    assert refused.status_code == 404
    assert (await dispatcher.get("/api/interventions")).json()["items"] == []


async def test_a_refused_decision_is_a_problem_with_its_facts(
    dispatcher: Member, reported: dict[str, Any]
) -> None:
    path = f"/api/interventions/{reported['id']}/commands"
    answer = await dispatcher.post(path, _command("reopen", payload={"reason": "Again"}))
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["intervention_status"]) == ("move_not_allowed", "qualified")
    assert problem["allowed"] == [
        "acknowledge",
        "hold",
        "close",
        "cancel",
        "rule_out_of_scope",
        "promise_goodwill",
    ]


async def test_each_sees_what_their_role_is_for(
    client: Client, company: Company, reported: dict[str, Any]
) -> None:
    readers = {Role.ADMIN, Role.EXPERIENCE, Role.AUDITOR}
    board = {"region_id": str(company.valley.id)}
    calls: list[tuple[str, dict[str, str], set[Role]]] = [
        (f"/api/interventions/{reported['id']}", {}, readers),
        ("/api/board", board, readers),
        ("/api/sync", {}, {Role.TECHNICIAN}),
        ("/api/portal/sites", {}, {Role.MANAGER}),
        ("/api/visits", {}, {*readers, Role.TECHNICIAN}),
    ]
    for role in set(Role) - {Role.DISPATCHER}:
        member = await company.sign_in(client, role)
        for path, query, allowed in calls:
            status = (await member.get(path, **query)).status_code
            assert status == (200 if role in allowed else 403), (role, path)


async def test_who_only_reads_is_offered_nothing_to_do(
    client: Client, company: Company, reported: dict[str, Any], visit: dict[str, Any]
) -> None:
    auditor = await company.sign_in(client, Role.AUDITOR)
    seen = (await auditor.get(f"/api/interventions/{reported['id']}")).json()
    assert (seen["allowed"], seen["visits"][0]["allowed"]) == ([], [])
    assert seen["visits"][0]["id"] == visit["id"]
