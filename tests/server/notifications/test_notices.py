"""Notices: what concerns a person, newest first, in codes the pages put into words."""

from uuid import UUID

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.kit.database import Database
from server.kit.events import About, Actor, Happening, announce
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]


async def reported(dispatcher: Member, company: Company, **more: str) -> None:
    body = {"asset_id": str(company.home.lift.id), "severity": "S2", "summary": "Stands still"}
    answer = await dispatcher.post("/api/interventions", body | more)
    assert answer.status_code == 201, answer.text


async def test_a_manager_is_told_of_a_fault_at_their_own_site(
    client: Client, company: Company
) -> None:
    await reported(await company.sign_in(client, Role.DISPATCHER), company)
    manager = await company.sign_in(client, Role.MANAGER)
    notice = (await manager.get("/api/notices")).json()["items"][0]
    assert (notice["code"], notice["is_read"]) == ("reported", False)
    assert "is_covered" not in notice["facts"]


async def test_staff_are_told_of_a_call_for_which_nothing_is_promised(
    client: Client, company: Company
) -> None:
    await reported(await company.sign_in(client, Role.DISPATCHER), company)
    assert await codes(client, company, Role.EXPERIENCE) == ["uncovered"]
    assert await codes(client, company, Role.MANAGER) == ["reported"]


async def test_nobody_is_disturbed_because_maintenance_was_written_down(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    await reported(dispatcher, company, work_type="maintenance", severity="S4")
    manager = await company.sign_in(client, Role.MANAGER)
    assert (await manager.get("/api/notices")).json()["items"] == []


async def test_what_was_read_stays_read(client: Client, company: Company) -> None:
    await reported(await company.sign_in(client, Role.DISPATCHER), company)
    manager = await company.sign_in(client, Role.MANAGER)
    newest = (await manager.get("/api/notices")).json()["items"][0]["seq"]
    assert (await manager.post("/api/notices/read", {"up_to": newest})).status_code == 204
    await manager.post("/api/notices/read", {"up_to": 0})
    assert (await manager.get("/api/notices")).json()["items"][0]["is_read"]


async def test_promises_reach_whom_they_concern(
    client: Client, company: Company, database: Database
) -> None:
    await tell(database, company, "clock_at_risk", percent=50)
    await tell(database, company, "clock_at_risk", percent=75)
    await tell(database, company, "promise_escalated", role="admin", level=2)
    await tell(database, company, "promise_breached", customer_id=company.home.customer.id)
    assert await codes(client, company, Role.DISPATCHER) == ["promise_breached", "at_risk"]
    assert await codes(client, company, Role.ADMIN) == [
        "promise_breached",
        "promise_escalated",
        "at_risk",
    ]
    assert await codes(client, company, Role.MANAGER) == ["delayed"]


async def test_a_manager_is_told_that_work_is_outside_the_agreement_and_why(
    client: Client, company: Company, database: Database
) -> None:
    theirs = company.home.customer.id
    await tell(database, company, "intervention_severity_changed", customer_id=theirs, reason="Ill")
    await tell(
        database, company, "intervention_ruled_out_of_scope", customer_id=theirs, reason="Vandalism"
    )
    await tell(database, company, "intervention_brought_in_scope", customer_id=theirs)
    member = await company.sign_in(client, Role.MANAGER)
    notices = (await member.get("/api/notices")).json()["items"]
    assert [(notice["code"], notice["facts"].get("reason")) for notice in notices] == [
        ("in_scope", None),
        ("out_of_scope", "Vandalism"),
        ("severity_changed", None),
    ]


async def test_who_keeps_the_agreements_is_told_of_wishes_and_of_reviews_that_are_overdue(
    client: Client, company: Company, database: Database
) -> None:
    theirs = company.home.customer.id
    await tell(database, company, "agreement_review_overdue", agreement_id="1", number="A-1")
    await tell(database, company, "agreement_change_asked", customer_id=theirs, number="A-1")
    for role in (Role.ADMIN, Role.EXPERIENCE):
        assert await codes(client, company, role) == ["change_asked", "review_overdue"]
    for role in (Role.DISPATCHER, Role.MANAGER):
        assert await codes(client, company, role) == []


async def test_managers_are_told_of_versions_of_their_own_agreements_alone(
    client: Client, company: Company, database: Database
) -> None:
    for customer in (company.home.customer, company.away.customer):
        for kind in ("agreement_version_activated", "agreement_version_terminated"):
            await tell(database, company, kind, customer_id=customer.id)
    assert await codes(client, company, Role.MANAGER) == ["agreement_ends", "agreement_in_force"]


async def tell(
    database: Database,
    company: Company,
    kind: str,
    *,
    customer_id: UUID | None = None,
    **facts: object,
) -> None:
    """An event as the watch announces it."""
    about = About(region_id=company.valley.id, customer_id=customer_id)
    async with database.write() as session:
        await announce(session, Actor(None, "Palier"), company.now, Happening(kind, about, facts))


async def codes(client: Client, company: Company, role: Role) -> list[str]:
    """What this person is told, newest first."""
    member = await company.sign_in(client, role)
    return [notice["code"] for notice in (await member.get("/api/notices")).json()["items"]]
