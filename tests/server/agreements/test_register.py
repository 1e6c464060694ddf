"""The register: out and in again without a difference, all of it or every fault."""

import base64
import csv
import hashlib
import io
import json
from datetime import timedelta
from typing import Any

from server.accounts.schemas import Role
from tests.server.agreements.paper import (
    PDF,
    Office,
    address,
    numbers,
    promise,
    terms,
    upload,
    version,
)
from tests.server.company import Company

REGISTER = "/api/agreements/register"


async def exported(office: Office) -> dict[str, Any]:
    answer = await office.author.get(REGISTER)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def filled(office: Office, company: Company) -> dict[str, Any]:
    """A register with a bit of everything; the document it makes."""
    here, lift = str(company.home.site.id), str(company.home.lift.id)
    clauses = (
        promise(company, region_id=str(company.valley.id)),
        promise(company, severity="S2", site_id=here),
        promise(company, severity="S3", asset_id=lift),
    )
    row = {
        "service": "REPAIR",
        "site_ids": [here],
        "availability_percent": "99.50",
        "availability_calendar_id": str(company.hours.id),
    }
    whole = terms(company, *clauses, services=[row], amendment={"notice_days": 0})
    made = await office.in_force("OURS", first_version=version(company, terms=whole))
    later = (company.now.date() + timedelta(days=9)).isoformat()
    await office.activate((await office.amend(made, valid_from=later)).json())
    draft = await office.draft("HOUSE", customer_id=None)
    await upload(office.author, address(draft, "files"), name="sketch.pdf")
    reviews = f"/api/agreements/{made['id']}/reviews"
    await office.author.post(reviews, {"held_on": "2026-08-31", "outcome": "reached"})
    await office.author.post(reviews.replace("reviews", "change-requests"), {"text": "Faster"})
    return await exported(office)


async def read_in(office: Office, register: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = await office.verifier.post(REGISTER, register)
    return answer.status_code, answer.json()


def renumbered(register: dict[str, Any]) -> dict[str, Any]:
    """The same agreements under numbers that are free."""
    copy: dict[str, Any] = json.loads(json.dumps(register))
    for each in copy["agreements"]:
        each["number"] = f"{each['number']}-AGAIN"
    return copy


async def test_the_register_speaks_in_codes_and_carries_the_signed_files(
    office: Office, company: Company
) -> None:
    register = await filled(office, company)
    house, ours = register["agreements"]
    first = ours["versions"][0]
    inside = first["document"]["terms"]
    assert (house["customer"], ours["customer"]) == (None, company.home.customer.code)
    assert inside["services"][0]["sites"] == [company.home.site.code]
    assert [each["calendar"] for each in inside["clauses"]] == [company.hours.code] * 3
    assert inside["clauses"][0]["region"] == company.valley.code
    assert inside["clauses"][2]["asset"] == company.home.lift.code
    (file,) = first["files"]
    assert base64.b64decode(file["content"]) == PDF
    assert first["signed_file"] == file["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert str(company.home.site.id) not in json.dumps(register)


async def test_what_was_read_in_comes_out_again_as_it_was(office: Office, company: Company) -> None:
    register = renumbered(await filled(office, company))
    status, answer = await read_in(office, register)
    assert (status, answer) == (200, {"written": 2, "skipped": 0})
    again = await exported(office)
    copies = [each for each in again["agreements"] if each["number"].endswith("-AGAIN")]
    assert copies == register["agreements"]


async def test_what_stands_there_word_for_word_is_passed_over(
    office: Office, company: Company
) -> None:
    register = await filled(office, company)
    assert await read_in(office, register) == (200, {"written": 0, "skipped": 2})
    assert await exported(office) == register


async def test_another_agreement_with_a_number_of_ours_is_refused(
    office: Office, company: Company
) -> None:
    register = await filled(office, company)
    register["agreements"][0]["name"] = "Something else"
    status, answer = await read_in(office, register)
    (error,) = answer["errors"]
    assert (status, error["path"], error["code"]) == (
        422,
        "agreements.0.number",
        "already_exists",
    )


async def test_every_fault_of_every_row_is_named_and_nothing_is_written(
    office: Office, company: Company
) -> None:
    register = renumbered(await filled(office, company))
    house, ours = register["agreements"]
    house["customer"] = "NOBODY"
    first, second = ours["versions"]
    first["document"]["terms"]["clauses"][1]["site"] = "NOWHERE"
    second["document"]["terms"]["clauses"][0]["promise"] = {"kind": "seconds"}
    first["files"][0]["content"] = base64.b64encode(b"%PDF-changed").decode()
    status, answer = await read_in(office, register)
    faults = {(each["path"], each["code"]) for each in answer["errors"]}
    assert status == 422
    assert faults == {
        ("agreements.0.customer", "unknown"),
        ("agreements.1.versions.0.sha256", "hash_mismatch"),
        ("agreements.1.versions.0.files.0.sha256", "hash_mismatch"),
        ("agreements.1.versions.0.document.terms.clauses.1.site", "unknown"),
        ("agreements.1.versions.1.sha256", "hash_mismatch"),
    }
    assert await numbers(office.author) == ["HOUSE", "OURS"]


async def test_terms_of_a_register_are_checked_like_any_others(
    office: Office, company: Company
) -> None:
    register = renumbered(await filled(office, company))
    del register["agreements"][0]
    (ours,) = register["agreements"]
    ours["customer"] = company.away.customer.code
    status, answer = await read_in(office, register)
    faults = {(each["path"], each["code"]) for each in answer["errors"]}
    inside = "agreements.0.versions.0.document.terms"
    assert status == 422
    assert faults == {
        (f"{inside}.services.0.sites.0", "site_of_another"),
        (f"{inside}.clauses.1.site", "site_of_another"),
        (f"{inside}.clauses.2.asset", "site_of_another"),
    }


async def test_only_administrators_read_a_register_in(office: Office, company: Company) -> None:
    register = await filled(office, company)
    assert (await office.author.post(REGISTER, register)).status_code == 403
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    assert (await manager.get(REGISTER)).status_code == 403


async def test_no_cell_of_the_table_is_a_formula(office: Office) -> None:
    await office.draft("A-1", name='=HYPERLINK("http://x")', owner_name="@sum")
    answer = await office.author.get(f"{REGISTER}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert (line["name"], line["owner"], line["status"]) == (
        '\'=HYPERLINK("http://x")',
        "'@sum",
        "draft",
    )
