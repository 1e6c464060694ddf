"""Regions: seen by their own staff, changed by administrators, once and on the right version."""

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import WEEKDAYS, Company

Client = AsyncTestClient[Litestar]


async def test_a_dispatcher_sees_their_regions_and_no_other(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    answer = await dispatcher.get("/api/regions")
    assert [region["code"] for region in answer.json()["items"]] == ["VALLEY"]


async def test_a_foreign_region_looks_unknown(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    foreign = await dispatcher.get(f"/api/regions/{company.mountain.id}")
    unknown = await dispatcher.get("/api/regions/00000000-0000-0000-0000-000000000000")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()


async def test_a_repeated_creation_answers_the_same_and_creates_once(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    body = {"code": "NIGHT", "name": "Nights", "zone": "Europe/Paris", "always_open": True}
    first = await admin.post("/api/calendars", body, key="the same key")
    again = await admin.post("/api/calendars", body, key="the same key")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert len((await admin.get("/api/calendars")).json()["items"]) == 2


async def test_a_key_used_for_another_request_is_refused(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    body = {"code": "NIGHT", "name": "Nights", "zone": "Europe/Paris", "always_open": True}
    await admin.post("/api/calendars", body, key="one key")
    other = await admin.post("/api/calendars", {**body, "code": "DAY"}, key="one key")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


async def test_a_change_needs_the_version_it_was_made_on(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/regions/{company.valley.id}"
    changed = await admin.patch(path, {"name": "The valleys"}, version=1)
    stale = await admin.patch(path, {"name": "Valleys"}, version=1)
    bare = await client.patch(path, json={"name": "V"}, headers=admin.headers())
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert (bare.status_code, bare.json()["code"]) == (428, "version_missing")


async def test_every_fault_of_a_calendar_is_named_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    body = {"code": "BAD", "name": "Bad", "zone": "Mars/Olympus", "weekly": WEEKDAYS, "more": 1}
    unknown_field = await admin.post("/api/calendars", body)
    del body["more"]
    body["weekly"] = {"0": [[480, 720], [700, 900]]}
    refused = await admin.post("/api/calendars", body)
    assert unknown_field.json()["errors"][0]["path"] == "more"
    assert {error["path"] for error in refused.json()["errors"]} >= {"zone", "weekly.0"}
    assert len((await admin.get("/api/calendars")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("hours", "fault"),
    [
        ({"special": {"2001-01-01": [[480, 1020]]}}, ("", "hardly_open")),
        ({"weekly": {"0": [[480, 490]]}}, ("", "hardly_open")),
        ({"weekly": {"0": [[480, 720], [700, 900]]}}, ("weekly.0", "windows_overlap")),
        ({"weekly": {}}, ("", "never_open")),
        ({"holidays": ["2026-07-14", "2026-07-14"]}, ("holidays[1]", "day_twice")),
        ({"zone": "Mars/Olympus"}, ("zone", "unknown_zone")),
        ({"special": {"2026-02-30": []}}, ("special.2026-02-30", "impossible_date")),
        ({"holidays": ["2026-02-30"]}, ("holidays[0]", "impossible_date")),
    ],
)
async def test_hours_in_which_no_promise_can_be_kept_are_refused_by_name(
    client: Client, company: Company, hours: dict[str, object], fault: tuple[str, str]
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    usual: dict[str, object] = {"code": "BAD", "name": "Bad", "zone": "Europe/Paris"}
    if not hours.keys() & {"weekly"} and fault[1] != "hardly_open":
        usual |= {"weekly": WEEKDAYS}
    refused = await admin.post("/api/calendars", {**usual, **hours})
    assert refused.status_code == 422
    assert [(each["path"], each["code"]) for each in refused.json()["errors"]] == [fault]


async def test_a_minute_that_no_day_has_is_refused_in_its_place(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    hours = {"code": "BAD", "name": "Bad", "zone": "Europe/Paris", "weekly": {"0": [[480, 1441]]}}
    refused = await admin.post("/api/calendars", hours)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["path"].startswith("weekly.0.0.1")


async def test_the_offices_telephone_is_kept_as_it_can_be_dialled_from_anywhere(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/regions/{company.valley.id}"
    refused = await admin.patch(path, {"dispatch_phone": "800 123"}, version=1)
    kept = await admin.patch(path, {"dispatch_phone": "+376800123"}, version=1)
    emptied = await admin.patch(path, {"dispatch_phone": ""}, version=2)
    assert [each["path"] for each in refused.json()["errors"]] == ["dispatch_phone"]
    assert [each.json()["dispatch_phone"] for each in (kept, emptied)] == ["+376800123", ""]
