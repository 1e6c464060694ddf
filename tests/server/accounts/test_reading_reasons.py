"""An auditor says why they read before they read; what they said is kept and listed."""

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import PASSWORD, Company, Member

Client = AsyncTestClient[Litestar]
READ = ("/api/customers", "/api/agreements", "/api/technicians", "/api/accounts", "/api/events")
WHY = "Agreements of the hospital, second quarter"


async def signed_in(client: Client, company: Company, role: Role) -> tuple[Member, bool]:
    """Somebody who has said nothing yet, and whether they are asked."""
    body = {"email": company.emails[role], "password": PASSWORD}
    answer = await client.post("/api/session", json=body)
    member = Member(client, answer.cookies["palier"], answer.json()["csrf"])
    client.cookies.clear()
    return member, answer.json()["asks_reason"]


async def say(auditor: Member, reason: str = WHY) -> Response:
    return await auditor.post("/api/session/reason", {"reason": reason})


@pytest.mark.parametrize("path", READ)
async def test_an_auditor_reads_nothing_before_saying_why(
    client: Client, company: Company, path: str
) -> None:
    auditor, is_asked = await signed_in(client, company, Role.AUDITOR)
    refused = await auditor.get(path)
    assert is_asked
    assert (refused.status_code, refused.json()["code"]) == (403, "reading_reason_missing")
    assert (await auditor.get("/api/session")).json()["asks_reason"] is True
    assert (await say(auditor)).status_code == 201
    assert (await auditor.get(path)).status_code == 200
    assert (await auditor.get("/api/session")).json()["asks_reason"] is False


async def test_every_session_asks_anew(client: Client, company: Company) -> None:
    first, _ = await signed_in(client, company, Role.AUDITOR)
    await say(first)
    second, is_asked = await signed_in(client, company, Role.AUDITOR)
    assert is_asked
    assert (await second.get("/api/customers")).status_code == 403
    assert (await first.get("/api/customers")).status_code == 200


async def test_what_was_said_is_listed_newest_first_after_the_session_ended(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    for reason in (WHY, "The same once more"):
        auditor, _ = await signed_in(client, company, Role.AUDITOR)
        await say(auditor, reason)
        await client.delete("/api/session", headers=auditor.headers())
    items = (await admin.get("/api/reading_reasons", limit="2")).json()["items"]
    assert [each["reason"] for each in items] == ["The same once more", WHY]
    assert {each["account_name"] for each in items} == {"Auditor"}


async def test_saying_nothing_is_no_reason(client: Client, company: Company) -> None:
    auditor, _ = await signed_in(client, company, Role.AUDITOR)
    assert (await say(auditor, "  ")).status_code == 422
    assert (await auditor.get("/api/customers")).status_code == 403


@pytest.mark.parametrize("role", [Role.ADMIN, Role.DISPATCHER, Role.EXPERIENCE, Role.MANAGER])
async def test_nobody_else_is_asked(client: Client, company: Company, role: Role) -> None:
    member, is_asked = await signed_in(client, company, role)
    assert not is_asked
    assert (await member.get("/api/sites")).status_code == 200
    assert (await say(member)).status_code == 403


async def test_no_desk_but_the_administrators_and_the_auditors_reads_the_reasons(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    assert (await dispatcher.get("/api/reading_reasons")).status_code == 403
    auditor, _ = await signed_in(client, company, Role.AUDITOR)
    await say(auditor)
    told = (await dispatcher.get("/api/events", after="0")).text
    assert WHY not in told
