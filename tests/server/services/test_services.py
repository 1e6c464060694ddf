"""The catalogue: one service for a kind of work on a kind of asset, named in four languages."""

from datetime import UTC, datetime
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.kit.database import Database
from server.kit.names import NamesBody
from server.services import actions
from server.services.queries import service_for
from server.services.schemas import ServiceBody
from server.sites.schemas import AssetKind
from tests.server.company import FOUNDER, Company

Client = AsyncTestClient[Litestar]
NAMES = {
    "en": "Escalator repair",
    "fr": "Dépannage d’escalier roulant",
    "es": "Reparación de escalera mecánica",
    "nl": "Reparatie van roltrap",
}
ESCALATOR_REPAIR: dict[str, Any] = {
    "code": "ESCALATOR-REPAIR",
    "names": NAMES,
    "work_type": "repair",
    "asset_kind": "escalator",
}


@pytest.mark.parametrize("role", list(Role))
async def test_everybody_may_read_the_catalogue(
    client: Client, company: Company, role: Role
) -> None:
    person = await company.sign_in(client, role)
    listed = (await person.get("/api/services")).json()["items"]
    assert [each["code"] for each in listed] == ["INSPECTION", "MAINTENANCE", "REPAIR", "REQUEST"]
    one = await person.get(f"/api/services/{company.services['REPAIR'].id}")
    assert one.json()["names"]["en"] == "Lift repair"


async def test_an_administrator_takes_a_service_into_the_catalogue(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    made = await admin.post("/api/services", ESCALATOR_REPAIR)
    assert made.status_code == 201
    assert made.json()["names"] == NAMES


@pytest.mark.parametrize(
    "other",
    [
        ESCALATOR_REPAIR | {"code": "MOVING-STAIRS"},
        ESCALATOR_REPAIR | {"asset_kind": "lift"},
        {"code": "LIFT-REPAIR", "names": NAMES, "work_type": "repair"},
    ],
    ids=["the same work on the same kind", "the same code", "the same work on any kind"],
)
async def test_no_two_services_are_the_same(
    client: Client, company: Company, other: dict[str, Any]
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post("/api/services", ESCALATOR_REPAIR)
    refused = await admin.post("/api/services", other)
    assert (refused.status_code, refused.json()["code"]) == (409, "already_exists")


async def test_a_name_is_needed_in_every_language(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    names = {language: name for language, name in NAMES.items() if language != "nl"}
    refused = await admin.post("/api/services", ESCALATOR_REPAIR | {"names": names})
    assert [each["path"] for each in refused.json()["errors"]] == ["names.nl"]


async def test_a_service_is_renamed_and_nothing_else(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/services/{company.services['REPAIR'].id}"
    renamed = await admin.patch(path, {"names": NAMES}, version=1)
    moved = await admin.patch(path, {"work_type": "request"}, version=2)
    assert (renamed.status_code, renamed.json()["names"]) == (200, NAMES)
    assert (moved.status_code, moved.json()["errors"][0]["path"]) == (422, "work_type")


async def test_the_service_made_for_the_kind_of_asset_is_meant_before_the_one_for_any(
    database: Database,
) -> None:
    now = datetime(2026, 6, 2, tzinfo=UTC)
    names = NamesBody(**NAMES)
    kinds: tuple[AssetKind | None, ...] = ("escalator", None)
    async with database.write() as session:
        for kind in kinds:
            code = "STAIRS" if kind else "ANY"
            body = ServiceBody(code=code, names=names, work_type="repair", asset_kind=kind)
            await actions.create_service(session, FOUNDER, body, now)
    found = {}
    async with database.read() as session:
        for asked in ("escalator", "lift", None):
            row = await service_for(session, "repair", asked)
            found[asked] = row and row.code
        assert await service_for(session, "inspection", "lift") is None
    assert found == {"escalator": "STAIRS", "lift": "ANY", None: "ANY"}


@pytest.mark.parametrize(
    ("said", "where", "code"),
    [
        ({"checklist": [{"key": "a", "label": "A"}] * 2}, "checklist.1.key", "listed_twice"),
        (
            {"checklist": [{"key": "a", "label": "A", "kind": "choice", "choices": ["x"]}]},
            "checklist.0.choices",
            "too_few_choices",
        ),
        ({"parts": [{"part": "NO-SUCH", "quantity": "1"}]}, "parts.0.part", "unknown"),
    ],
)
async def test_what_a_service_takes_has_to_be_possible(
    client: Client, company: Company, said: dict[str, Any], where: str, code: str
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/services/{company.services['REPAIR'].id}"
    refused = await admin.patch(path, said, version=1)
    assert [(each["path"], each["code"]) for each in refused.json()["errors"]] == [(where, code)]
