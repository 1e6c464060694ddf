"""A table is looked at first, every fault by its cell, and written whole or not at all."""

from base64 import b64encode
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from server.accounts.schemas import Role
from server.imports.actions import template
from server.imports.kinds import KINDS
from server.imports.table import read_table
from tests.server.company import Company, Member

Client = AsyncTestClient[Litestar]
SITES = "code;region;customer;name;street;lat;lon;contact_name\n"
TOWER = "TOWER;VALLEY;HOME;Tower;Rue du Pas;42,51;1,52;Núria\n"


async def _send(
    admin: Member, table: str | bytes, kind: str = "sites", confirms: str | None = None
) -> Any:
    given = table.encode() if isinstance(table, str) else table
    body = {"kind": kind, "content": b64encode(given).decode(), "confirms": confirms}
    return await admin.post("/api/imports", body)


def _counts(told: Any) -> tuple[int, int, int]:
    return told["added"], told["changed"], told["unchanged"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_of_a_kind_can_be_read(kind: str) -> None:
    assert set(read_table(template(kind).encode()).header) == {
        column.name for column in KINDS[kind].columns
    }


@pytest.mark.parametrize(
    ("given", "delimiter"),
    [
        ("code,name\nA,Città\n".encode("utf-8-sig"), ","),
        ("code\tname\nA\tCittà\n".encode("utf-16"), "\t"),
        ("code;name\r\nA;Città\r\n".encode("cp1252"), ";"),
        ('code;name\nA;"Città"\n\n;\n'.encode(), ";"),
    ],
    ids=["UTF-8 with a mark", "UTF-16", "Windows", "quotes and empty lines"],
)
def test_a_table_is_read_however_it_was_saved(given: bytes, delimiter: str) -> None:
    table = read_table(given)
    assert table.delimiter == delimiter
    assert table.rows == {2: {"code": "A", "name": "Città"}}


async def test_a_table_is_looked_at_then_written_and_changes_nothing_again(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    table = f"{SITES}{TOWER}HOME;VALLEY;HOME;Hotel Home;Rue Neuve;;;\n"
    looked = (await _send(admin, table)).json()
    assert (looked["is_written"], *_counts(looked)) == (False, 1, 1, 0)
    assert [each["columns"] for each in looked["changes"]] == [[], ["street"]]
    assert (await admin.get("/api/sites", q="tower")).json()["items"] == []
    written = (await _send(admin, table, confirms=looked["fingerprint"])).json()
    assert (written["is_written"], *_counts(written)) == (True, 1, 1, 0)
    (tower,) = (await admin.get("/api/sites", q="tower")).json()["items"]
    assert (tower["position"], tower["contact_name"]) == ({"lat": 42.51, "lon": 1.52}, "Núria")
    again = (await _send(admin, table)).json()
    assert _counts(again) == (0, 0, 2)


async def test_every_fault_is_told_by_its_cell_and_nothing_is_written(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    wrong = (
        "NORTH;NOWHERE;HOME;North;;42.5;1.5;\n"
        "TOWER;VALLEY;HOME;Twin;;42.5;1.5;\n"
        "SOUTH;VALLEY;HOME;;;42.5;1.5;\n"
        "HOME;MOUNTAIN;HOME;Hotel Home;;;;\n"
    )
    told = (await _send(admin, SITES + TOWER + wrong, confirms="whatever")).json()
    assert not told["is_written"]
    assert [
        (each["row"], each["column"], each["value"], each["code"]) for each in told["faults"]
    ] == [
        (3, "region", "NOWHERE", "code_unknown"),
        (4, "code", "TOWER", "listed_twice"),
        (5, "name", "", "missing"),
        (6, "region", "MOUNTAIN", "fixed"),
    ]
    assert (await admin.get("/api/sites", q="tower")).json()["items"] == []


async def test_what_was_not_looked_at_is_not_written(client: Client, company: Company) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    looked = (await _send(admin, SITES + TOWER)).json()
    other = TOWER.replace("Tower", "Castle")
    refused = await _send(admin, SITES + other, confirms=looked["fingerprint"])
    assert (refused.status_code, refused.json()["code"]) == (409, "import_changed")


async def test_people_come_with_skills_and_certificates_and_parts_with_names(
    client: Client, company: Company
) -> None:
    admin = await company.sign_in(client, Role.ADMIN)
    people = template("technicians")
    looked = (await _send(admin, people, "technicians")).json()
    assert (looked["faults"], looked["added"]) == ([], 1)
    await _send(admin, people, "technicians", looked["fingerprint"])
    found = (await admin.get("/api/technicians")).json()["items"]
    aina = next(each for each in found if each["code"] == "A-001")
    assert aina["skills"] == {"traction": 3, "rescue": 1}
    assert aina["certificates"] == [{"name": "rescue", "valid_until": "2027-01-31"}]
    parts = (
        "code;name_en;name_fr;name_es;name_nl;unit;price_eur\nROPE;Rope;Câble;Cable;Kabel;m;4,2\n"
    )
    looked = (await _send(admin, parts, "parts")).json()
    await _send(admin, parts, "parts", looked["fingerprint"])
    rope = next(p for p in (await admin.get("/api/parts")).json()["items"] if p["code"] == "ROPE")
    assert (rope["unit"], rope["price_eur"]) == ("m", "4.20")
    assert _counts((await _send(admin, parts, "parts")).json()) == (0, 0, 1)
    renamed = (await _send(admin, "code;name_nl\nROPE;Staalkabel\n", "parts")).json()
    assert _counts(renamed) == (0, 1, 0)
    refused = (await _send(admin, "code;colour\nROPE;red\n", "parts")).json()
    assert [(each["row"], each["code"]) for each in refused["faults"]] == [(1, "column_unknown")]
