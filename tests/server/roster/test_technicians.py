"""Technicians: taken on by dispatchers in their regions; each sees their own record."""

import asyncio

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
TECHNICIANS = "/api/technicians"


async def _codes(member: Member, **query: str) -> list[str]:
    answer = await member.get(TECHNICIANS, **query)
    return [each["code"] for each in answer.json()["items"]]


def _body(company: Company, **more: object) -> dict[str, object]:
    return {
        "code": "QUIM",
        "region_id": str(company.valley.id),
        "name": "Quim Nou",
        "phone": "+376 000",
        "home": {"lat": 42.5, "lon": 1.5},
        "languages": ["ca", "fr"],
        "skills": {"traction": 3, "rescue": 1},
        "certificates": [{"name": "rescue", "valid_until": "2031-12-31"}],
    } | more


async def test_a_new_technician_is_written_down_whole(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    made = await dispatcher.post(TECHNICIANS, _body(company))
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    read = (await dispatcher.get(f"{TECHNICIANS}/{made.json()['id']}")).json()
    assert read == made.json()
    assert read == read | _body(company) | {"is_active": True}


async def test_a_change_touches_only_what_it_names(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{TECHNICIANS}/{company.home.technician.id}"
    before = (await dispatcher.get(path)).json()
    held = [{"name": "rescue", "valid_until": "2027-01-31"}]
    home = {"lat": 42.6, "lon": 1.6}
    changed = await dispatcher.patch(path, {"certificates": held, "home": home}, version=1)
    left = await dispatcher.patch(path, {"is_active": False}, version=2)
    assert changed.json() == before | {"certificates": held, "home": home, "version": 2}
    assert left.json() == changed.json() | {"is_active": False, "version": 3}
    assert (await dispatcher.get(path)).json() == left.json()


async def test_a_dispatcher_sees_the_technicians_of_their_regions(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    foreign = f"{TECHNICIANS}/{company.away.technician.id}"
    assert await _codes(dispatcher) == ["HOME"]
    assert (await dispatcher.get(foreign)).status_code == 404
    assert (await dispatcher.patch(foreign, {"name": "Mine"}, version=1)).status_code == 404
    admin = await company.sign_in(client, Role.ADMIN)
    assert await _codes(admin) == ["AWAY", "HOME"]
    assert await _codes(admin, region_id=str(company.mountain.id)) == ["AWAY"]


async def test_a_technician_moves_to_another_region_of_whoever_moves_them(
    client: Client, company: Company
) -> None:
    path = f"{TECHNICIANS}/{company.home.technician.id}"
    there = {"region_id": str(company.mountain.id)}
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    refused = await dispatcher.patch(path, there, version=1)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "region_id")
    admin = await company.sign_in(client, Role.ADMIN)
    assert (await admin.patch(path, there, version=1)).json()["region_id"] == there["region_id"]
    assert (await dispatcher.get(path)).status_code == 404


async def test_a_technician_sees_their_own_record_and_changes_none(
    client: Client, company: Company
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    own, colleague = (
        f"{TECHNICIANS}/{branch.technician.id}" for branch in (company.home, company.away)
    )
    assert await _codes(technician) == ["HOME"]
    assert (await technician.get(own)).status_code == 200
    assert (await technician.get(colleague)).status_code == 404
    assert (await technician.patch(own, {"skills": {}}, version=1)).status_code == 403
    manager = await company.sign_in(client, Role.MANAGER)
    assert (await manager.get(TECHNICIANS)).status_code == 403


async def test_technicians_come_by_name_page_by_page(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post(TECHNICIANS, _body(company))
    first = (await admin.get(TECHNICIANS, limit="2")).json()
    second = (await admin.get(TECHNICIANS, limit="2", cursor=first["next_cursor"])).json()
    names = [each["name"] for each in [*first["items"], *second["items"]]]
    assert names == ["Aina Away", "Aina Home", "Quim Nou"]


async def test_a_region_that_is_not_yours_takes_no_technician(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    refused = await dispatcher.post(TECHNICIANS, _body(company, region_id=str(company.mountain.id)))
    error = refused.json()["errors"][0]
    assert (refused.status_code, error["path"], error["code"]) == (422, "region_id", "unknown")


async def test_every_fault_of_a_technician_is_named_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    wrong = {
        "home": {"lat": 0, "lon": 181},
        "languages": ["a\u0000"],
        "skills": {"traction": 6},
        "certificates": [{"name": "rescue", "valid_until": "2031-02-30"}],
        "shoe_size": 43,
    }
    refused = await dispatcher.post(TECHNICIANS, _body(company, **wrong))
    assert refused.status_code == 422
    assert {error["path"] for error in refused.json()["errors"]} == {
        "home.lon",
        "languages.0",
        "skills.traction",
        "certificates.0.valid_until",
        "shoe_size",
    }
    assert (await dispatcher.post(TECHNICIANS, _body(company, code="AWAY"))).status_code == 409
    assert await _codes(dispatcher) == ["HOME"]


async def test_of_two_changes_on_one_version_the_first_holds(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{TECHNICIANS}/{company.home.technician.id}"
    both = await asyncio.gather(
        *(dispatcher.patch(path, {"name": name}, version=1) for name in ("First", "Second"))
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    bare = await client.patch(path, json={"name": "N"}, headers=dispatcher.headers())
    assert (bare.status_code, bare.json()["code"]) == (428, "version_missing")
