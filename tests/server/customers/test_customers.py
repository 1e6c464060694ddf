"""Customers: taken on and changed by administrators, seen by staff."""

import asyncio

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
CUSTOMERS = "/api/customers"


async def _codes(member: Member, **query: str) -> list[str]:
    answer = await member.get(CUSTOMERS, **query)
    return [each["code"] for each in answer.json()["items"]]


async def test_a_new_customer_can_be_read_by_staff(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    body = {"code": "CLINIC", "name": "Clínica Clarò", "language": "es", "contact_name": "Ona"}
    made = await admin.post(CUSTOMERS, body)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    auditor = await company.sign_in(client, Role.AUDITOR)
    read = await auditor.get(f"{CUSTOMERS}/{made.json()['id']}")
    assert read.json() == made.json()
    assert read.json() | body == read.json()


async def test_customers_come_by_name_page_by_page(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post(CUSTOMERS, {"code": "B", "name": "Between"})
    first = (await admin.get(CUSTOMERS, limit="2")).json()
    second = (await admin.get(CUSTOMERS, limit="2", cursor=first["next_cursor"])).json()
    assert [each["code"] for each in first["items"]] == ["AWAY", "B"]
    assert [each["code"] for each in second["items"]] == ["HOME"]
    assert second["next_cursor"] is None


async def test_a_page_of_nobody_or_of_everybody_is_refused(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    for wrong in ({"limit": "0"}, {"limit": "201"}, {"cursor": "torn"}):
        answer = await admin.get(CUSTOMERS, **wrong)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["path"] == next(iter(wrong))


async def test_a_code_is_given_once(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    again = await admin.post(CUSTOMERS, {"code": "HOME", "name": "Another home"})
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")
    assert await _codes(admin) == ["AWAY", "HOME"]


async def test_only_administrators_take_on_customers(client: Client, company: Company) -> None:
    for role in (Role.DISPATCHER, Role.EXPERIENCE, Role.AUDITOR, Role.MANAGER, Role.TECHNICIAN):
        member = await company.sign_in(client, role)
        answer = await member.post(CUSTOMERS, {"code": "NEW", "name": "New"})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    admin = await company.sign_in(client, Role.ADMIN)
    assert await _codes(admin) == ["AWAY", "HOME"]


async def test_managers_and_technicians_do_not_read_the_customer_list(
    client: Client, company: Company
) -> None:
    for role in (Role.MANAGER, Role.TECHNICIAN):
        member = await company.sign_in(client, role)
        assert (await member.get(CUSTOMERS)).status_code == 403


async def test_a_customer_nobody_knows_is_not_found(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"{CUSTOMERS}/00000000-0000-0000-0000-000000000000"
    assert (await admin.get(path)).status_code == 404
    assert (await admin.patch(path, {"name": "Ghost"}, version=1)).status_code == 404


async def test_a_change_touches_only_what_it_names(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"{CUSTOMERS}/{company.home.customer.id}"
    before = (await admin.get(path)).json()
    changed = await admin.patch(path, {"language": "nl", "contact_phone": "+31 0"}, version=1)
    assert changed.headers["etag"] == '"2"'
    assert changed.json() == before | {"language": "nl", "contact_phone": "+31 0", "version": 2}
    assert (await admin.get(path)).json() == changed.json()


async def test_every_fault_of_a_body_is_named_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    body = {"code": "no spaces", "name": "", "language": "eo", "vat": 1}
    refused = await admin.post(CUSTOMERS, body)
    assert refused.status_code == 422
    assert {error["path"] for error in refused.json()["errors"]} == set(body)
    path = f"{CUSTOMERS}/{company.home.customer.id}"
    emptied = await admin.patch(path, {"name": None, "language": None}, version=1)
    assert {error["path"] for error in emptied.json()["errors"]} == {"name", "language"}
    assert (await admin.get(path)).json()["version"] == 1
    assert await _codes(admin) == ["AWAY", "HOME"]


async def test_of_two_changes_on_one_version_the_first_holds(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"{CUSTOMERS}/{company.home.customer.id}"
    both = await asyncio.gather(
        *(admin.patch(path, {"name": name}, version=1) for name in ("First", "Second"))
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    kept = next(answer for answer in both if answer.status_code == 200)
    assert (await admin.get(path)).json() == kept.json()


async def test_a_change_without_its_version_is_refused(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"{CUSTOMERS}/{company.home.customer.id}"
    bare = await client.patch(path, json={"name": "N"}, headers=admin.headers())
    weak = await client.patch(
        path, json={"name": "N"}, headers=admin.headers(**{"If-Match": 'W/"1"'})
    )
    assert (bare.status_code, weak.status_code) == (428, 412)
