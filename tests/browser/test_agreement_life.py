"""An agreement's whole life, played by two people of the house and a building manager.

Amended, verified by a colleague, signed, put in force, ended with notice, closed a quarter later.
"""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import running_demo, signs_in
from tests.browser.headquarters import PASSWORD

NAME = "Finques Valira, standard"
FIRST_DAY, LAST_DAY, SIGNED_ON = "2027-01-01", "2027-02-01", "2026-11-20"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
A_QUARTER = 100


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(founded, folder)
    return folder


@pytest.fixture
def desk(browser: Browser) -> Iterator[Any]:
    """`desk(address, "admin", "/admin/")`: a page of somebody signed in there."""
    contexts = []

    def open_page(address: str, role: str, path: str) -> Page:
        context = browser.new_context(base_url=address, locale="en-GB")
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        signs_in(page, role)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_an_agreement_is_amended_put_in_force_ended_and_closed(data: Path, desk: Any) -> None:
    with running_demo(data) as address:
        author, colleague = (desk(address, role, "/admin/") for role in ("experience", "admin"))
        _open(author)
        author.get_by_role("link", name="Amend").click()
        expect(author.get_by_text("it can begin on 1 January 2027")).to_be_visible()
        _promise_requests_sooner(author)
        author.get_by_role("button", name="Save draft").click()
        expect(author.get_by_text("The draft is saved.")).to_be_visible()
        expect(author.get_by_text("A colleague verifies what you wrote.")).to_be_visible()
        expect(author.get_by_role("button", name="Verify")).to_have_count(0)

        _open(colleague, version=2)
        _step(colleague, "Verify", "The version is verified.")
        author.reload()
        _sign(author)
        _step(author, "Put in force", "The version is in force.")
        expect(author.get_by_role("heading", name="Version 2")).to_be_visible()
        assert _versions(address) == [("superseded", FIRST_DAY), ("active", None)]

        manager = desk(address, "manager", "/portal/#/agreement")
        expect(manager.get_by_text("In force from 1 January 2027")).to_be_visible()

        author.get_by_role("button", name="Ask to end it").click()
        asked = author.get_by_role("dialog")
        asked.get_by_label("First day without it").fill("2026-12-01")
        asked.get_by_label("Why").fill("The building is sold.")
        asked.get_by_role("button", name="Ask to end it").click()
        expect(asked.get_by_text("notice", exact=False).last).to_be_visible()
        asked.get_by_label("First day without it").fill(LAST_DAY)
        asked.get_by_role("button", name="Ask to end it").click()
        expect(author.get_by_text("The end waits for a colleague to confirm it.")).to_be_visible()
        expect(author.get_by_role("button", name="Confirm the end")).to_have_count(0)

        colleague.reload()
        _step(colleague, "Confirm the end", "The end is confirmed.")
        assert _versions(address) == [("superseded", FIRST_DAY), ("terminated", LAST_DAY)]
        expect(colleague.get_by_role("button", name="Close the version")).to_have_count(0)

    with running_demo(data, days_later=A_QUARTER) as address:
        colleague = desk(address, "admin", "/admin/")
        _open(colleague, version=2)
        _step(colleague, "Close the version", "The version is closed.")
        assert _versions(address)[1] == ("closed", LAST_DAY)


def test_the_register_comes_back_as_it_was_written_out(data: Path, desk: Any) -> None:
    with running_demo(data) as address:
        admin = desk(address, "admin", "/admin/")
        with admin.expect_download() as written:
            admin.get_by_role("link", name="Export as JSON").click()
        register = data / "register.json"
        written.value.save_as(register)
        admin.get_by_role("button", name="Import").click()
        admin.get_by_role("dialog").get_by_label("File of the register").set_input_files(register)
        admin.get_by_role("dialog").get_by_role("button", name="Take it in").click()
        expect(admin.get_by_text("15 were here already.")).to_be_visible()
        with admin.expect_download() as again:
            admin.get_by_role("link", name="Export as JSON").click()
        again.value.save_as(data / "again.json")
        assert (data / "again.json").read_bytes() == register.read_bytes()
        assert len(json.loads(register.read_bytes())["agreements"]) == 15


def _open(page: Page, *, version: int | None = None) -> None:
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    if version is not None:
        page.get_by_role("link", name=f"Version {version}").click()


def _promise_requests_sooner(page: Page) -> None:
    page.get_by_label("By", exact=True).first.fill("10:00")


def _step(page: Page, name: str, done: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(done)).to_be_visible()


def _sign(page: Page) -> None:
    page.get_by_role("button", name="Record the signatures").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Signed paper").or_(
        dialog.get_by_label("Hand in the signed paper")
    ).first.set_input_files({"name": "amendment.pdf", "mimeType": "application/pdf", "buffer": PDF})
    dialog.get_by_label("Signed on").fill(SIGNED_ON)
    dialog.get_by_label("Name").first.fill("Mireia Solé")
    dialog.get_by_label("For").first.fill("Finques Valira")
    dialog.get_by_label("Who approved for the customer").select_option("Mireia Solé")
    dialog.get_by_role("button", name="Record the signatures").click()
    expect(page.get_by_text("The signatures are recorded.")).to_be_visible()


def _versions(address: str) -> list[tuple[str, str | None]]:
    """Status and effective end of each version, as the API tells it."""
    with httpx.Client(base_url=address) as client:
        signed_in = {"email": "admin@demo.palier", "password": PASSWORD}
        client.post("/api/session", json=signed_in).raise_for_status()
        rows = client.get("/api/agreements", params={"limit": 200}).json()["items"]
        found = next(row for row in rows if row["name"] == NAME)
        versions = client.get(f"/api/agreements/{found['id']}").json()["versions"]
    return [(each["status"], each["valid_to"]) for each in versions]
