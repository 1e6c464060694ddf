"""Who may come in: changing rights, inviting by a link, ending sessions, keys of programs."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient
from sqlalchemy import select

from server.accounts.schemas import Role
from server.accounts.tables import Account, ApiKey
from server.kit.clock import Clock
from server.kit.database import Database
from server.kit.tables import Event, StoredAnswer
from tests.server.company import PASSWORD, Company, Member

Client = AsyncTestClient[Litestar]
NEW = "a password of one's own"


@pytest.fixture
async def admin(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.ADMIN)


async def of(admin: Member, email: str) -> dict[str, Any]:
    found = (await admin.get("/api/accounts", limit="200")).json()["items"]
    return next(each for each in found if each["email"] == email)


async def change(admin: Member, email: str, **named: object) -> Response:
    row = await of(admin, email)
    return await admin.patch(f"/api/accounts/{row['id']}", named, version=row["version"])


async def invited(admin: Member, email: str = "new@example.org") -> str:
    """Somebody without a password, and the token of their link."""
    body = {"email": email, "name": "New", "role": "auditor"}
    made = (await admin.post("/api/accounts", body)).json()
    path = f"/api/accounts/{made['id']}/invitation"
    link = await admin.patch(path, {"is_on": True}, version=made["version"])
    return str(link.json()["path"]).removeprefix("/#/invitation/")


async def sign_in(client: Client, email: str, password: str) -> Response:
    client.cookies.clear()
    return await client.post("/api/session", json={"email": email, "password": password})


async def choose(client: Client, token: str, password: str = NEW) -> Response:
    client.cookies.clear()
    return await client.post("/api/invitations", json={"token": token, "password": password})


async def test_another_role_or_region_holds_at_once(
    client: Client, company: Company, admin: Member, database: Database
) -> None:
    auditor = await company.sign_in(client, Role.AUDITOR)
    answer = await change(admin, company.emails[Role.AUDITOR], role="dispatcher")
    assert (answer.json()["role"], answer.json()["sessions"]) == ("dispatcher", 0)
    assert (await auditor.get("/api/session")).status_code == 401
    again = await sign_in(client, company.emails[Role.AUDITOR], PASSWORD)
    assert again.json()["account"]["role"] == "dispatcher"
    client.cookies.clear()
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    seen = [each["id"] for each in (await dispatcher.get("/api/regions")).json()["items"]]
    assert seen == [str(company.valley.id)]
    await change(admin, company.emails[Role.DISPATCHER], region_ids=[str(company.mountain.id)])
    seen = [each["id"] for each in (await dispatcher.get("/api/regions")).json()["items"]]
    assert seen == [str(company.mountain.id)]
    await change(admin, company.emails[Role.DISPATCHER], region_ids=None)
    assert len((await dispatcher.get("/api/regions")).json()["items"]) == 2
    email = company.emails[Role.AUDITOR]
    for role, field in (("technician", "technician_id"), ("manager", "customer_id")):
        answer = await change(admin, email, role=role)
        assert [each["path"] for each in answer.json()["errors"]] == [field]
    taken = await change(
        admin, email, role="technician", technician_id=str(company.home.technician.id)
    )
    assert (taken.status_code, taken.json()["code"]) == (409, "already_exists")
    whose = {"technician_id": str(company.away.technician.id)}
    assert (await change(admin, email, role="technician", **whose)).status_code == 200
    # What a role does not need goes with it.
    assert (await change(admin, email, role="auditor")).json()["technician_id"] is None
    sessions = [await company.sign_in(client, Role.MANAGER) for _ in range(2)]
    row = await of(admin, company.emails[Role.MANAGER])
    assert row["sessions"] == 2
    answer = await admin.post(f"/api/accounts/{row['id']}/sign_out", {})
    assert answer.json()["sessions"] == 0
    assert [(await each.get("/api/session")).status_code for each in sessions] == [401, 401]
    email = company.emails[Role.AUDITOR]
    await change(admin, email, name="Anna", language="fr")
    row = await of(admin, email)
    await admin.post(f"/api/accounts/{row['id']}/sign_out", {})
    async with database.read() as session:
        query = select(Event).where(Event.actor_name == "Admin").order_by(Event.seq)
        told = [(each.kind, each.data) for each in await session.scalars(query)]
    assert told[-2:] == [
        (
            "account_changed",
            {
                "account_id": row["id"],
                "role": "auditor",
                "changed": ["language", "name"],
            },
        ),
        ("account_signed_out", {"account_id": row["id"], "role": "auditor"}),
    ]


async def test_the_last_administrator_stays(company: Company, admin: Member) -> None:
    email = company.emails[Role.ADMIN]
    wishes: tuple[dict[str, object], ...] = ({"role": "auditor"}, {"is_disabled": True})
    for named in wishes:
        answer = await change(admin, email, **named)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    # Somebody who never chose a password could set nothing up.
    body = {"email": "second@example.org", "name": "Second", "role": "admin"}
    assert (await admin.post("/api/accounts", body)).status_code == 201
    assert (await change(admin, email, **named)).status_code == 409
    assert (await admin.get("/api/session")).status_code == 200
    body |= {"email": "third@example.org", "password": PASSWORD}
    assert (await admin.post("/api/accounts", body)).status_code == 201
    assert (await change(admin, email, **named)).status_code == 200
    assert (await admin.get("/api/session")).status_code == 401


async def test_a_link_opens_once_and_ends_with_the_next_one_its_week_and_the_account(
    client: Client, company: Company, admin: Member, database: Database
) -> None:
    token = await invited(admin, "first@example.org")
    assert (await sign_in(client, "first@example.org", NEW)).status_code == 401
    answer = await choose(client, token)
    assert answer.json() == {"email": "first@example.org"}
    assert (await sign_in(client, "first@example.org", NEW)).status_code == 201
    again = await choose(client, token, "another one")
    assert (again.status_code, again.json()["code"]) == (410, "invitation_ended")
    assert (await sign_in(client, "first@example.org", NEW)).status_code == 201
    first = await invited(admin)
    row = await of(admin, "new@example.org")
    path = f"/api/accounts/{row['id']}/invitation"
    second = await admin.patch(path, {"is_on": True}, version=row["version"])
    token = second.json()["path"].removeprefix("/#/invitation/")

    async def holds(token: str) -> bool:
        return (await choose(client, token)).status_code == 200

    assert not await holds(first)
    await change(admin, "new@example.org", is_disabled=True)
    assert not await holds(token)
    await change(admin, "new@example.org", is_disabled=False)
    async with database.write() as session:
        stored = (
            await session.execute(select(Account).where(Account.email == "new@example.org"))
        ).scalar_one()
        assert stored.invite_until is not None
        stored.invite_until -= timedelta(days=7, seconds=1)
    assert not await holds(token)
    email = company.emails[Role.AUDITOR]
    auditor = await company.sign_in(client, Role.AUDITOR)
    row = await of(admin, email)
    link = await admin.patch(
        f"/api/accounts/{row['id']}/invitation", {"is_on": True}, version=row["version"]
    )
    assert (await auditor.get("/api/session")).status_code == 200
    token = link.json()["path"].removeprefix("/#/invitation/")
    assert (await choose(client, token)).status_code == 200
    assert (await auditor.get("/api/session")).status_code == 401
    assert (await sign_in(client, email, PASSWORD)).status_code == 401


async def test_a_key_acts_within_its_own_rights_until_it_is_renewed_revoked_or_over(
    app: Litestar, client: Client, company: Company, admin: Member, database: Database
) -> None:
    body = {"name": "Phones", "role": "dispatcher", "region_ids": [str(company.valley.id)]}
    made = (await admin.post("/api/api_keys", body)).json()
    assert made["key"] == ""

    async def renewed(version: int) -> dict[str, Any]:
        answer = await admin.patch(
            f"/api/api_keys/{made['id']}", {"is_renewed": True}, version=version
        )
        return dict(answer.json())

    async def regions(key: str) -> Response:
        client.cookies.clear()
        return await client.get("/api/regions", headers={"Authorization": f"Bearer {key}"})

    first = await renewed(1)
    assert [each["code"] for each in (await regions(first["key"])).json()["items"]] == ["VALLEY"]
    second = await renewed(first["version"])
    assert (await regions(first["key"])).status_code == 401
    assert (await regions(second["key"])).status_code == 200
    listed = (await admin.get("/api/api_keys")).json()["items"]
    assert [(each["name"], each["key"], each["email"]) for each in listed] == [("Phones", "", "")]
    # It is no person, and nothing that is kept gives it away.
    people = (await admin.get("/api/accounts", limit="200")).json()["items"]
    assert "Phones" not in [each["name"] for each in people]
    async with database.read() as session:
        kept = [str(each.body) for each in await session.scalars(select(StoredAnswer))]
        hashes = [each.key_hash for each in await session.scalars(select(ApiKey))]
    assert not [text for text in (*kept, *hashes) if second["key"] in text]
    await admin.delete(f"/api/api_keys/{made['id']}", version=second["version"])
    assert (await regions(second["key"])).status_code == 401
    soon = company.now + timedelta(days=3)
    body = {"name": "Phones", "role": "auditor", "expires_at": soon.isoformat()}
    made = (await admin.post("/api/api_keys", body)).json()
    renewal = await admin.patch(f"/api/api_keys/{made['id']}", {"is_renewed": True}, version=1)
    bearer = {"Authorization": f"Bearer {renewal.json()['key']}"}
    client.cookies.clear()
    assert (await client.get("/api/session", headers=bearer)).status_code == 200
    await app.state.last_seen.write(database)
    (listed,) = (await admin.get("/api/api_keys")).json()["items"]
    assert listed["last_used_at"] is not None
    assert (await of(admin, company.emails[Role.ADMIN]))["last_seen_at"] is not None
    over = await admin.post("/api/api_keys", body | {"expires_at": company.now.isoformat()})
    assert [each["code"] for each in over.json()["errors"]] == ["in_the_past"]
    app.state.clock = Clock(offset_seconds=4 * 86_400)
    client.cookies.clear()
    assert (await client.get("/api/session", headers=bearer)).status_code == 401


async def test_nobody_belongs_to_what_does_not_exist(company: Company, admin: Member) -> None:
    nothing = "00000000-0000-0000-0000-000000000001"
    whose = {"technician_id": nothing, "customer_id": nothing}
    regions = {"region_ids": [str(company.valley.id), nothing]}
    body = {"email": "lost@example.org", "name": "Lost", "role": "technician", **whose, **regions}
    named = ["technician_id", "customer_id", "region_ids.1"]
    refused = await admin.post("/api/accounts", body)
    assert [each["path"] for each in refused.json()["errors"]] == named
    email = company.emails[Role.AUDITOR]
    for role, field in (("technician", "technician_id"), ("manager", "customer_id")):
        refused = await change(admin, email, **{"role": role, field: nothing})
        assert [each["path"] for each in refused.json()["errors"]] == [field]
    refused = await change(admin, email, **regions)
    assert [each["path"] for each in refused.json()["errors"]] == ["region_ids.1"]
    key = {"name": "Lost", "role": "manager", "customer_id": nothing, **regions}
    refused = await admin.post("/api/api_keys", key)
    assert [each["path"] for each in refused.json()["errors"]] == ["customer_id", "region_ids.1"]
    assert {each["code"] for each in refused.json()["errors"]} == {"unknown"}


async def test_what_is_no_address_is_named_with_what_is_expected(admin: Member) -> None:
    body = {"email": "marie@exemple", "name": "Marie", "role": "auditor"}
    refused = await admin.post("/api/accounts", body)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {
            "path": "email",
            "code": "not_an_email",
            "detail": "Write an e-mail address like name@example.org.",
        }
    ]
