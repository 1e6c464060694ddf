"""Sites: found by a few words, placed by a pin, seen by those they concern."""

import asyncio

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
SITES = "/api/sites"
PIN = {"lat": 42.4638, "lon": 1.4912}


async def _codes(member: Member, **query: str) -> list[str]:
    answer = await member.get(SITES, **query)
    assert answer.status_code == 200, answer.text
    return [each["code"] for each in answer.json()["items"]]


def _body(company: Company, **more: object) -> dict[str, object]:
    return {
        "code": "NEW",
        "region_id": str(company.valley.id),
        "customer_id": str(company.home.customer.id),
        "name": "Edifici Nou",
        "position": PIN,
    } | more


async def test_a_site_is_where_its_pin_was_dropped(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    made = await dispatcher.post(SITES, _body(company, street="Carrer Major"))
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    read = (await dispatcher.get(f"{SITES}/{made.json()['id']}")).json()
    assert read == made.json()
    assert (read["position"], read["position_source"]) == (PIN, "pin")
    assert read["zone"] == "Europe/Paris"


async def test_a_site_without_a_region_belongs_to_the_one_drawn_around_it(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    unsaid = {key: value for key, value in _body(company).items() if key != "region_id"}
    refused = await admin.post(SITES, unsaid)
    assert [each["code"] for each in refused.json()["errors"]] == ["no_region_there"]
    ring = [[1.4, 42.4], [1.6, 42.4], [1.6, 42.6], [1.4, 42.4]]
    drawn = {"outline": {"type": "Polygon", "coordinates": [ring]}}
    await admin.patch(f"/api/regions/{company.valley.id}", drawn, version=1)
    made = await admin.post(SITES, unsaid | {"position": {"lat": 42.45, "lon": 1.55}})
    assert (made.status_code, made.json()["region_id"]) == (201, str(company.valley.id))


async def test_a_moved_pin_stays_where_it_was_moved_to(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{SITES}/{company.home.site.id}"
    before = (await dispatcher.get(path)).json()
    moved = await dispatcher.patch(path, {"position": PIN}, version=1)
    renamed = await dispatcher.patch(path, {"access_notes": "Ring twice"}, version=2)
    expected = {"position": PIN, "access_notes": "Ring twice", "version": 3}
    assert moved.status_code == 200
    assert renamed.json() == before | expected


async def test_words_find_a_site_whatever_their_accents_and_order(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    await dispatcher.post(SITES, _body(company, name="Łódź & Straße", place="Ordino"))
    assert await _codes(dispatcher, q="MERITXELL") == ["HOME"]
    assert await _codes(dispatcher, q="andorra mérïtxell 12") == ["HOME"]
    assert await _codes(dispatcher, q="lodz STRASSE ordino") == ["NEW"]
    assert await _codes(dispatcher, q="lodz meritxell") == []
    assert await _codes(dispatcher, q="%") == await _codes(dispatcher) == ["HOME", "NEW"]


async def test_a_renamed_site_is_found_by_its_new_name(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    await dispatcher.patch(f"{SITES}/{company.home.site.id}", {"name": "Épicerie"}, version=1)
    assert await _codes(dispatcher, q="epicerie") == ["HOME"]
    assert await _codes(dispatcher, q="hotel") == []


async def test_sites_come_by_name_page_by_page(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post(SITES, _body(company, name="Hotel Between"))
    first = (await admin.get(SITES, limit="2")).json()
    second = (await admin.get(SITES, limit="2", cursor=first["next_cursor"])).json()
    names = [each["name"] for each in [*first["items"], *second["items"]]]
    assert names == ["Hotel Away", "Hotel Between", "Hotel Home"]
    assert second["next_cursor"] is None


async def test_a_list_can_be_of_one_region_or_one_customer(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    assert await _codes(admin, region_id=str(company.mountain.id)) == ["AWAY"]
    assert await _codes(admin, customer_id=str(company.home.customer.id)) == ["HOME"]


async def test_a_dispatcher_sees_the_sites_of_their_regions_only(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    assert await _codes(dispatcher) == ["HOME"]
    assert await _codes(dispatcher, region_id=str(company.mountain.id)) == []
    foreign = f"{SITES}/{company.away.site.id}"
    unknown = f"{SITES}/00000000-0000-0000-0000-000000000000"
    assert (await dispatcher.get(foreign)).json() == (await dispatcher.get(unknown)).json()
    for path in (foreign, unknown):
        assert (await dispatcher.get(path)).status_code == 404
        assert (await dispatcher.patch(path, {"name": "Mine"}, version=1)).status_code == 404


async def test_a_manager_sees_their_own_buildings_and_changes_none(
    client: Client, company: Company
) -> None:
    manager = await company.sign_in(client, Role.MANAGER)
    own, foreign = (f"{SITES}/{branch.site.id}" for branch in (company.home, company.away))
    assert await _codes(manager) == ["HOME"]
    assert await _codes(manager, customer_id=str(company.away.customer.id)) == []
    assert (await manager.get(own)).status_code == 200
    assert (await manager.get(foreign)).status_code == 404
    assert (await manager.patch(own, {"name": "Mine"}, version=1)).status_code == 403
    assert (await manager.post(SITES, _body(company))).status_code == 403


async def test_a_technician_is_told_about_sites_by_their_visits_alone(
    client: Client, company: Company
) -> None:
    technician = await company.sign_in(client, Role.TECHNICIAN)
    assert (await technician.get(SITES)).status_code == 403
    assert (await technician.get(f"{SITES}/{company.home.site.id}")).status_code == 403


async def test_a_site_cannot_be_put_in_a_region_that_is_not_yours(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    nobody = "00000000-0000-0000-0000-000000000000"
    body = _body(company, region_id=str(company.mountain.id), customer_id=nobody)
    refused = await dispatcher.post(SITES, body)
    errors = {error["path"]: error["code"] for error in refused.json()["errors"]}
    assert (refused.status_code, errors) == (
        422,
        {"region_id": "unknown", "customer_id": "unknown"},
    )
    assert await _codes(dispatcher) == ["HOME"]


async def test_every_fault_of_a_site_is_named_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    wrong = {"code": "-", "name": "a\u0000b", "position": {"lat": 91, "lon": 1}, "floor": 3}
    refused = await dispatcher.post(SITES, _body(company, **wrong))
    paths = {error["path"] for error in refused.json()["errors"]}
    assert (refused.status_code, paths) == (422, {"code", "name", "position.lat", "floor"})
    path = f"{SITES}/{company.home.site.id}"
    emptied = await dispatcher.patch(path, {"name": None, "position": None}, version=1)
    assert {error["path"] for error in emptied.json()["errors"]} == {"name", "position"}
    assert await _codes(dispatcher) == ["HOME"]
    assert (await dispatcher.get(path)).json()["version"] == 1


async def test_a_site_code_is_given_once(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    again = await dispatcher.post(SITES, _body(company, code="AWAY"))
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")


async def test_of_two_changes_on_one_version_the_first_holds(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{SITES}/{company.home.site.id}"
    both = await asyncio.gather(
        *(dispatcher.patch(path, {"name": name}, version=1) for name in ("First", "Second"))
    )
    assert sorted(answer.status_code for answer in both) == [200, 412]
    kept = next(answer for answer in both if answer.status_code == 200)
    assert (await dispatcher.get(path)).json() == kept.json()


async def test_a_change_without_its_version_is_refused(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{SITES}/{company.home.site.id}"
    bare = await client.patch(path, json={"name": "N"}, headers=dispatcher.headers())
    assert (bare.status_code, bare.json()["code"]) == (428, "version_missing")
