"""Assets: on a site, found by their own words and by its address."""

from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
ASSETS = "/api/assets"


async def _codes(member: Member, **query: str) -> list[str]:
    answer = await member.get(ASSETS, **query)
    return [each["code"] for each in answer.json()["items"]]


async def test_a_new_asset_can_be_read_and_changed(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = {
        "site_id": str(company.home.site.id),
        "code": "HOME-B",
        "name": "Escalator B",
        "kind": "escalator",
        "levels": 2,
        "maker": "Møller",
        "installed_on": "1997-07-17",
    }
    made = await dispatcher.post(ASSETS, body)
    path = f"{ASSETS}/{made.json()['id']}"
    assert (made.status_code, made.json() | body) == (201, made.json())
    changed = await dispatcher.patch(path, {"levels": None, "name": "Stairs"}, version=1)
    assert changed.json() == made.json() | {"levels": None, "name": "Stairs", "version": 2}
    assert (await dispatcher.get(path)).json() == changed.json()


async def test_an_asset_moves_to_another_site_of_whoever_moves_it(
    client: Client, company: Company
) -> None:
    path = f"{ASSETS}/{company.home.lift.id}"
    there = {"site_id": str(company.away.site.id)}
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    refused = await dispatcher.patch(path, there, version=1)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (422, "site_id")
    admin = await company.sign_in(client, Role.ADMIN)
    assert (await admin.patch(path, there, version=1)).json()["site_id"] == there["site_id"]
    assert (await dispatcher.get(path)).status_code == 404


async def test_an_asset_is_found_by_its_maker_and_its_address(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    site = str(company.away.site.id)
    await admin.post(ASSETS, {"site_id": site, "code": "X", "name": "Lift X", "maker": "Møller"})
    assert await _codes(admin, q="moller") == ["X"]
    assert await _codes(admin, q="meritxell lift") == ["AWAY-A", "HOME-A", "X"]
    assert await _codes(admin, q="meritxell away") == ["AWAY-A", "X"]
    assert await _codes(admin, site_id=str(company.home.site.id)) == ["HOME-A"]


async def test_assets_are_seen_with_their_site(client: Client, company: Company) -> None:
    own, foreign = (f"{ASSETS}/{branch.lift.id}" for branch in (company.home, company.away))
    for role in (Role.DISPATCHER, Role.MANAGER):
        member = await company.sign_in(client, role)
        assert await _codes(member) == ["HOME-A"]
        assert (await member.get(own)).status_code == 200
        assert (await member.get(foreign)).status_code == 404
    technician = await company.sign_in(client, Role.TECHNICIAN)
    assert (await technician.get(ASSETS)).status_code == 403


async def test_a_site_that_is_not_yours_takes_no_asset(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = {"site_id": str(company.away.site.id), "code": "X", "name": "Lift X"}
    refused = await dispatcher.post(ASSETS, body)
    assert refused.status_code == 422
    assert (
        refused.json()["errors"][0] | {"path": "site_id", "code": "unknown"}
        == (refused.json()["errors"][0])
    )
    foreign = f"{ASSETS}/{company.away.lift.id}"
    assert (await dispatcher.patch(foreign, {"name": "Mine"}, version=1)).status_code == 404


async def test_every_fault_of_an_asset_is_named_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    body = {"site_id": "x", "code": "", "name": "", "kind": "stairs", "levels": 0, "colour": "red"}
    refused = await dispatcher.post(ASSETS, body)
    assert refused.status_code == 422
    assert {error["path"] for error in refused.json()["errors"]} == set(body)
    again = {"site_id": str(company.home.site.id), "code": "HOME-A", "name": "Twin"}
    assert (await dispatcher.post(ASSETS, again)).status_code == 409
    assert await _codes(dispatcher) == ["HOME-A"]


async def test_an_asset_changed_meanwhile_is_not_overwritten(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"{ASSETS}/{company.home.lift.id}"
    await dispatcher.patch(path, {"maker": "First"}, version=1)
    stale = await dispatcher.patch(path, {"maker": "Second"}, version=1)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert (await dispatcher.get(path)).json()["maker"] == "First"
