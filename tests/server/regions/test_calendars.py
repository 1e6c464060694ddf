"""Calendars change with a reason, and how they were is kept."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import WEEKDAYS, Company

Client = AsyncTestClient[Litestar]
WHY = {"reason": "The holidays of 2027 are known."}


async def test_a_calendar_begins_with_its_first_revision(client: Client, company: Company) -> None:
    auditor = await company.sign_in(client, Role.AUDITOR)
    answer = await auditor.get(f"/api/calendars/{company.hours.id}/revisions")
    (first,) = answer.json()["items"]
    assert (first["number"], first["made_by"], first["zone"]) == (1, "Founder", "Europe/Paris")
    assert first["weekly"] == {day: [list(w) for w in windows] for day, windows in WEEKDAYS.items()}


async def test_a_holiday_is_added_and_the_revision_says_who_did_it_and_why(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/calendars/{company.hours.id}"
    changed = await admin.patch(path, {"holidays": ["2027-01-01"], **WHY}, version=1)
    assert (changed.status_code, changed.json()["holidays"]) == (200, ["2027-01-01"])
    newest, first = (await admin.get(f"{path}/revisions")).json()["items"]
    assert (newest["number"], newest["made_by"], newest["reason"]) == (2, "Admin", WHY["reason"])
    assert (newest["holidays"], first["holidays"]) == (["2027-01-01"], [])


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"holidays": []}, "reason"),
        ({"holidays": [], "reason": " "}, "reason"),
        ({"name": None, **WHY}, "name"),
        ({"weekly": {}, **WHY}, ""),
        ({"holidays": ["2027-01-01", "2027-01-01"], **WHY}, "holidays[1]"),
    ],
    ids=["no reason", "an empty reason", "a name emptied", "never open", "a holiday twice"],
)
async def test_a_change_that_says_too_little_or_cannot_be_counted_is_refused(
    client: Client, company: Company, body: dict[str, Any], path: str
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    address = f"/api/calendars/{company.hours.id}"
    refused = await admin.patch(address, body, version=1)
    assert refused.status_code == 422, refused.text
    assert path in {each["path"] for each in refused.json()["errors"]} or not path
    assert len((await admin.get(f"{address}/revisions")).json()["items"]) == 1


async def test_a_calendar_is_changed_on_the_version_its_keeper_saw(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/calendars/{company.hours.id}"
    await admin.patch(path, {"name": "Days", **WHY}, version=1)
    stale = await admin.patch(path, {"name": "Nights", **WHY}, version=1)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


async def test_hours_nobody_was_promised_may_change(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/calendars/{company.hours.id}"
    changed = await admin.patch(path, {"weekly": {"0": [[480, 720]]}, **WHY}, version=1)
    assert (changed.status_code, changed.json()["weekly"]) == (200, {"0": [[480, 720]]})
