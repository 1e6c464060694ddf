"""The catalogue of parts: read by staff, kept by administrators, taken in from a file."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from litestar import Litestar
from litestar.testing import AsyncTestClient

from fixtures import town
from server.accounts.schemas import Role
from server.cli import main
from tests.server.company import Company

Client = AsyncTestClient[Litestar]
NAMES = {"en": "Door belt", "fr": "Courroie", "es": "Correa", "nl": "Riem"}
BELT: dict[str, Any] = {
    "code": "BELT",
    "names": NAMES,
    "unit": "piece",
    "price_eur": "34.00",
    "is_withdrawn": False,
}
CATALOGUE = town("andorra").parent / "parts.json"


async def test_a_part_is_taken_in_renamed_and_withdrawn(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    made = (await admin.post("/api/parts", BELT)).json()
    path = f"/api/parts/{made['id']}"
    renamed = await admin.patch(path, {"names": NAMES | {"en": "Toothed belt"}}, version=1)
    withdrawn = await admin.patch(path, {"is_withdrawn": True}, version=2)
    assert renamed.json()["names"]["en"] == "Toothed belt"
    assert withdrawn.json()["is_withdrawn"] is True
    dispatcher = await company.sign_in(client, Role.DISPATCHER)
    assert (await dispatcher.get("/api/parts")).json()["items"] == [withdrawn.json()]


async def test_a_part_code_is_given_once(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    await admin.post("/api/parts", BELT)
    again = await admin.post("/api/parts", BELT)
    assert (again.status_code, again.json()["code"]) == (409, "already_exists")


@pytest.mark.parametrize(
    ("price", "told"),
    [
        ("-0.01", "greater_than_equal"),
        ("1.005", "decimal_max_places"),
        ("12345678901", "decimal_whole_digits"),
        ("cheap", "decimal_parsing"),
    ],
)
async def test_a_price_is_an_amount_in_cents_that_is_not_negative(
    client: Client, company: Company, price: str, told: str
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    made = (await admin.post("/api/parts", BELT)).json()
    path = f"/api/parts/{made['id']}"
    refused = await admin.patch(path, {"price_eur": price}, version=1)
    (fault,) = refused.json()["errors"]
    assert (refused.status_code, fault["path"], fault["code"]) == (422, "price_eur", told)
    assert (await admin.get(path)).json() == made


async def test_a_price_somebody_else_changed_meanwhile_is_not_written_over(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    path = f"/api/parts/{(await admin.post('/api/parts', BELT)).json()['id']}"
    await admin.patch(path, {"price_eur": "40.00"}, version=1)
    late = await admin.patch(path, {"price_eur": "36.50"}, version=1)
    assert (late.status_code, late.json()["code"]) == (412, "stale")
    assert (await admin.get(path)).json()["price_eur"] == "40.00"


@pytest.fixture
def company_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("PALIER_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'palier.db'}")
    runner = CliRunner()
    done = runner.invoke(main, ["migrate"])
    assert done.exit_code == 0, done.output
    return runner


def _read_in(runner: CliRunner, folder: Path, parts: object) -> tuple[int, str]:
    file = folder / "parts.json"
    file.write_text(json.dumps(parts), encoding="utf-8")
    done = runner.invoke(main, ["import", "parts", str(file)])
    return done.exit_code, done.output


def _written(runner: CliRunner) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(runner.invoke(main, ["export", "parts"]).output)
    return found


def test_what_is_exported_is_what_was_read_in(
    company_of_its_own: CliRunner, tmp_path: Path
) -> None:
    given = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    first = _read_in(company_of_its_own, tmp_path, given)
    written = _written(company_of_its_own)
    again = _read_in(company_of_its_own, tmp_path, written)
    assert first == (0, f"{len(given)} parts added, 0 changed, 0 as they were\n")
    assert written == [each | {"is_withdrawn": False} for each in given]
    assert again == (0, f"0 parts added, 0 changed, {len(given)} as they were\n")


def test_a_file_changes_what_it_names_and_nothing_else(
    company_of_its_own: CliRunner, tmp_path: Path
) -> None:
    _read_in(company_of_its_own, tmp_path, [BELT, BELT | {"code": "ROPE", "unit": "m"}])
    done = _read_in(company_of_its_own, tmp_path, [BELT | {"is_withdrawn": True}])
    assert done == (0, "0 parts added, 1 changed, 0 as they were\n")
    told = {each["code"]: each["is_withdrawn"] for each in _written(company_of_its_own)}
    assert told == {"BELT": True, "ROPE": False}


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([BELT, BELT], "1.code: BELT stands here twice. (twice)"),
        ([BELT | {"unit": "m"}], "0.unit: BELT is counted in piece: a new unit is a new part."),
        ([BELT | {"unit": "bucket"}], "0.unit"),
        ({}, "valid array"),
    ],
    ids=["a code twice", "another unit", "no unit", "no list"],
)
def test_a_faulty_file_is_refused_whole(
    company_of_its_own: CliRunner, tmp_path: Path, parts: object, told: str
) -> None:
    _read_in(company_of_its_own, tmp_path, [BELT])
    status, output = _read_in(company_of_its_own, tmp_path, parts)
    assert status == 2
    assert told in output
    assert _written(company_of_its_own) == [BELT]


def test_the_towns_parts_are_named_in_four_languages_under_codes_of_their_own() -> None:
    given = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    assert all(set(each["names"]) == {"en", "fr", "es", "nl"} for each in given)
    assert len({each["code"] for each in given}) == len(given) >= 60
