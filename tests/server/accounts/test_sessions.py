"""Signing in, staying in, being refused."""

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import PASSWORD, Company

Client = AsyncTestClient[Litestar]


async def test_nobody_is_told_to_sign_in(client: Client) -> None:
    answer = await client.get("/api/regions")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_signed_in"


async def test_an_unknown_address_and_a_wrong_password_look_the_same(
    client: Client, company: Company
) -> None:
    unknown = await client.post(
        "/api/session", json={"email": "nobody@example.org", "password": PASSWORD}
    )
    wrong = await client.post(
        "/api/session", json={"email": company.emails[Role.ADMIN], "password": "not this one"}
    )
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.json() == wrong.json()


async def test_the_sixth_wrong_try_in_a_minute_has_to_wait(
    client: Client, company: Company
) -> None:
    body = {"email": company.emails[Role.ADMIN], "password": "not this one"}
    tries = [(await client.post("/api/session", json=body)).status_code for _ in range(6)]
    assert tries == [401] * 5 + [429]
    right = await client.post("/api/session", json={**body, "password": PASSWORD})
    assert right.headers["retry-after"] == "60"


async def test_an_unsafe_call_without_its_token_is_refused(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    headers = admin.headers()
    del headers["X-CSRF-Token"]
    answer = await client.delete("/api/session", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_missing")


async def test_a_form_cannot_pass_for_json(client: Client, company: Company) -> None:
    answer = await client.post(
        "/api/session",
        content=f'{{"email": "{company.emails[Role.ADMIN]}", "password": "{PASSWORD}"}}',
        headers={"Content-Type": "text/plain"},
    )
    assert (answer.status_code, answer.json()["code"]) == (415, "json_only")


async def test_a_closed_session_stays_closed(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    assert (await admin.get("/api/session")).json()["account"]["role"] == "admin"
    assert (await client.delete("/api/session", headers=admin.headers())).status_code == 204
    assert (await admin.get("/api/session")).status_code == 401
