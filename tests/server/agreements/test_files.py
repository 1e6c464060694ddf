"""Files of agreements: kept as they came in, read by those they concern, opened by no browser."""

import hashlib

from server.accounts.schemas import Role
from tests.server.agreements.paper import AGREEMENTS, PDF, Office, address, newest, upload
from tests.server.company import Company


async def test_a_file_is_kept_byte_for_byte_with_its_hash(office: Office) -> None:
    made = await office.draft()
    kept = await upload(office.author, address(made, "files"), name="../Contract é.pdf")
    assert kept.status_code == 201, kept.text
    file = kept.json()
    assert (file["name"], file["sha256"]) == ("Contract é.pdf", hashlib.sha256(PDF).hexdigest())
    assert newest(await office.look(made))["attachments"] == [file]
    back = await office.author.get(f"{AGREEMENTS}/{made['id']}/files/{file['id']}")
    assert back.content == PDF
    assert back.headers["content-disposition"].startswith("attachment;")
    assert back.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in back.headers["content-security-policy"]
    assert back.headers["content-type"] == "application/pdf"


async def test_twenty_pages_are_kept_and_eleven_megabytes_are_not(office: Office) -> None:
    made = await office.draft()
    long = PDF + b"0" * (2 * 1024 * 1024)
    assert (await upload(office.author, address(made, "files"), long)).status_code == 201
    too_long = PDF + b"0" * (10 * 1024 * 1024)
    refused = await upload(office.author, address(made, "files"), too_long)
    assert (refused.status_code, refused.json()["code"]) == (413, "file_too_large")


async def test_what_is_no_pdf_is_refused_whatever_it_is_called(office: Office) -> None:
    made = await office.draft()
    refused = await upload(office.author, address(made, "files"), b"<html>", name="a.pdf")
    assert (refused.status_code, refused.json()["code"]) == (415, "file_type_refused")
    assert newest(await office.look(made))["attachments"] == []


async def test_a_withdrawn_version_takes_no_more_files(office: Office) -> None:
    made = await office.draft()
    await office.step(made, "withdraw")
    refused = await upload(office.author, address(made, "files"))
    assert (refused.status_code, refused.json()["code"]) == (409, "version_immutable")


async def test_managers_read_the_files_of_what_is_in_force_with_them(
    office: Office, company: Company
) -> None:
    manager = await company.sign_in(office.author.client, Role.MANAGER)
    inside = await office.in_force("INSIDE", kind="internal", party="Valley")
    theirs = await office.in_force("THEIRS", customer_id=str(company.away.customer.id))
    own = await office.in_force("OWN")
    statuses = [
        (await manager.get(f"{AGREEMENTS}/{made['id']}/files/{file_id(made)}")).status_code
        for made in (inside, theirs, own)
    ]
    assert statuses == [404, 404, 200]
    draft = await office.draft("DRAFT")
    kept = (await upload(office.author, address(draft, "files"))).json()
    hidden = await manager.get(f"{AGREEMENTS}/{draft['id']}/files/{kept['id']}")
    assert hidden.status_code == 404
    elsewhere = await office.author.get(f"{AGREEMENTS}/{own['id']}/files/{file_id(theirs)}")
    assert elsewhere.status_code == 404


def file_id(made: dict[str, object]) -> str:
    signed = newest(made)["signed_file"]
    assert isinstance(signed, dict)
    return str(signed["id"])
