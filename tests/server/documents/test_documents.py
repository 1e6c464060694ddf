"""Papers of sites and lifts: their file, who sees them, what is told before they end."""

from datetime import timedelta
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
PAPER = b"%PDF-1.7 a certificate"


@pytest.fixture
async def admin(client: Client, company: Company) -> Member:
    return await company.sign_in(client, Role.ADMIN)


async def added(admin: Member, company: Company, **more: object) -> dict[str, Any]:
    body = {"site_id": str(company.home.site.id), "kind": "certificate", "name": "Inspection"}
    made = await admin.post("/api/documents", body | more)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def test_a_paper_keeps_its_file_and_is_shared_when_it_is_said_so(
    client: Client, company: Company, admin: Member
) -> None:
    lift = str(company.home.lift.id)
    paper = await added(admin, company, asset_id=lift)
    path = f"/api/documents/{paper['id']}"
    sent = await client.post(
        f"{path}/file",
        params={"name": "../scan 7.PDF"},
        content=PAPER,
        headers={**admin.headers(), "Content-Type": "application/pdf", "Idempotency-Key": "one"},
    )
    assert (sent.json()["file_name"], sent.json()["size"]) == ("scan 7.pdf", len(PAPER))
    read = await admin.get(f"{path}/file")
    assert (read.content, read.headers["x-content-type-options"]) == (PAPER, "nosniff")
    listing = f"/api/sites/{company.home.site.id}/documents"
    manager = await company.sign_in(client, Role.MANAGER)
    assert (await manager.get(listing)).json()["items"] == []
    assert (await manager.get(f"{path}/file")).status_code == 404
    shared = await admin.patch(path, {"is_shared": True}, version=sent.json()["version"])
    assert [each["name"] for each in (await manager.get(listing)).json()["items"]] == ["Inspection"]
    assert (await manager.get(f"{path}/file")).content == PAPER
    gone = await admin.delete(path, version=shared.json()["version"])
    assert gone.status_code == 204
    assert (await admin.get(listing)).json()["items"] == []


async def test_a_lift_of_another_site_is_refused(admin: Member, company: Company) -> None:
    body = {
        "site_id": str(company.home.site.id),
        "asset_id": str(company.away.lift.id),
        "kind": "manual",
        "name": "Manual",
    }
    refused = await admin.post("/api/documents", body)
    assert [each["path"] for each in refused.json()["errors"]] == ["asset_id"]


async def test_the_morning_brief_tells_what_ends_within_a_month(
    admin: Member, company: Company
) -> None:
    day = company.now.date()
    for name, days in (("Over", -3), ("Last day", 30), ("Later", 31)):
        until = (day + timedelta(days)).isoformat()
        await added(admin, company, name=name, valid_until=until)
    await added(admin, company, name="For ever")
    brief = await admin.get(f"/api/regions/{company.valley.id}/brief", day=day.isoformat())
    assert [each["name"] for each in brief.json()["expiring"]] == ["Over", "Last day"]
    last = await admin.get(f"/api/regions/{company.valley.id}/brief", day="9999-12-30")
    assert last.status_code < 500
