"""Whom to call about a site, and what to beware of there."""

from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from tests.server.company import Company

Client = AsyncTestClient[Litestar]
NURIA = {"name": "Núria", "phone": "+376 800 000", "role": "caretaker"}
JORDI = {"name": "Jordi", "phone": "+376 800 001", "role": "at night"}
FIRST = {"name": "Núria", "phone": "+376 800 000", "role": ""}


def _body(company: Company, **more: object) -> dict[str, object]:
    return {
        "code": "PRAT-GRAN",
        "region_id": str(company.valley.id),
        "customer_id": str(company.home.customer.id),
        "name": "Edifici Prat Gran",
        "position": {"lat": 42.5, "lon": 1.5},
        **more,
    }


def _first(site: dict[str, Any]) -> dict[str, str]:
    return {"name": site["contact_name"], "phone": site["contact_phone"]}


async def test_a_site_holds_hazards_and_several_contacts_whose_first_is_its_contact(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    hazards = ["Asbestos in the machine room"]
    sent = _body(company, hazards=hazards, contacts=[NURIA, JORDI])
    site = (await dispatcher.post("/api/sites", sent)).json()
    assert (site["hazards"], site["contacts"]) == (hazards, [NURIA, JORDI])
    assert _first(site) == {"name": "Núria", "phone": "+376 800 000"}


@pytest.mark.parametrize(
    ("known", "change", "contacts"),
    [
        ([], {"contact_name": "Núria", "contact_phone": "+376 800 000"}, [FIRST]),
        ([NURIA, JORDI], {"contact_phone": "1"}, [NURIA | {"phone": "1"}, JORDI]),
        ([NURIA, JORDI], {"contact_name": "", "contact_phone": ""}, [JORDI]),
        ([NURIA, JORDI], {"contacts": [JORDI]}, [JORDI]),
        ([NURIA, JORDI], {"contacts": []}, []),
        ([NURIA], {"name": "Renamed"}, [NURIA]),
    ],
    ids=[
        "the first of none",
        "only its phone",
        "no first any more",
        "a list",
        "nobody",
        "not named",
    ],
)
async def test_the_plain_contact_and_the_list_always_agree(
    client: Client,
    company: Company,
    known: list[dict[str, str]],
    change: dict[str, object],
    contacts: list[dict[str, str]],
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    made = (await dispatcher.post("/api/sites", _body(company, contacts=known))).json()
    answer = await dispatcher.patch(f"/api/sites/{made['id']}", change, version=1)
    site = answer.json()
    assert site["contacts"] == contacts
    assert _first(site) == {name: (contacts or [FIRST | {"name": "", "phone": ""}])[0][name]
                            for name in ("name", "phone")}  # fmt: skip


async def test_a_plain_contact_alone_is_a_list_of_one(client: Client, company: Company) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    sent = _body(company, contact_name="Núria", contact_phone="+376 800 000")
    assert (await dispatcher.post("/api/sites", sent)).json()["contacts"] == [FIRST]


async def test_dispatchers_read_where_the_key_is_by_itself(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    made = (await dispatcher.post("/api/sites", _body(company, key_box="Left, 4711"))).json()
    assert "key_box" not in made
    told = await dispatcher.get(f"/api/sites/{made['id']}/key_box")
    assert told.json() == {"key_box": "Left, 4711"}


async def test_an_asset_is_retired_and_taken_into_use_again(
    client: Client, company: Company
) -> None:
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    path = f"/api/assets/{company.home.lift.id}"
    days = ["2031-05-06", None]
    told = [
        (await dispatcher.patch(path, {"retired_on": day}, version=version)).json()["retired_on"]
        for version, day in enumerate(days, company.home.lift.version)
    ]
    assert told == days
