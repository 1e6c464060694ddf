"""A draft as two sides talk about it: expected, chosen, proposed, sent to everybody, approved."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import running_demo, signs_in
from tests.browser.desks import Seen, require_readable

NAME = "Finques Valira, standard"
MANAGERS: Seen = ((390, "light"), (320, "dark"), (1280, "light"))


@pytest.fixture
def address(founded: Path, tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "data"
    shutil.copytree(founded, folder)
    with running_demo(folder) as found:
        yield found


def _sits(browser: Browser, address: str, role: str, path: str) -> Page:
    page = browser.new_context(base_url=address, locale="en-GB").new_page()
    page.goto(path)
    signs_in(page, role)
    return page


def test_both_sides_agree_on_a_draft(browser: Browser, address: str) -> None:
    author, colleague = (
        _sits(browser, address, role, "/admin/") for role in ("experience", "admin")
    )
    _drafts_an_amendment(author)
    _expects_and_negotiates(author)
    _offers_two_ways(author)

    manager = _sits(browser, address, "manager", "/portal/#/agreement")
    expect(manager.get_by_text("Nothing is agreed yet.")).to_be_visible()
    manager.get_by_text("Propose something else").click()
    manager.get_by_label("Your words").fill("Nobody waits in a lift.")
    manager.get_by_role("button", name="Send the proposal").click()
    expect(manager.get_by_text("We have not answered yet.")).to_be_visible()
    require_readable(manager, "an agreement that is talked about", MANAGERS)

    author.reload()
    proposals = author.get_by_role("region", name="Proposals for this version")
    proposals.get_by_label("Why").fill("So do we.")
    proposals.get_by_role("button", name="Accept into the draft").click()
    expect(proposals.get_by_text("Accepted", exact=True)).to_be_visible()
    require_readable(author, "expectations and negotiation")

    _verifies(colleague)
    author.reload()
    _sends_to_everybody(author)
    expect(manager.get_by_text("Accepted: So do we.")).to_be_visible()
    manager.get_by_role("button", name="Approve this version").click()
    expect(manager.get_by_text("Everybody has approved this version.")).to_be_visible()
    require_readable(manager, "an agreement that is talked about", MANAGERS)
    author.reload()
    final = author.get_by_role("region", name="Final review")
    expect(final.get_by_text("Approved", exact=True)).to_be_visible()
    expect(final.get_by_text("Read ", exact=False)).to_be_visible()


def _drafts_an_amendment(author: Page) -> None:
    author.get_by_role("link", name=NAME).click()
    author.get_by_role("link", name="Amend").click()
    author.get_by_label("By", exact=True).first.fill("10:00")
    author.get_by_role("button", name="Save draft").click()
    expect(author.get_by_text("The draft is saved.")).to_be_visible()


def _expects_and_negotiates(author: Page) -> None:
    author.get_by_role("link", name="Expectations and negotiation").click()
    expected = author.get_by_role("region", name="What they expect")
    expected.get_by_label("Who said it").fill("Mireia Solé")
    expected.get_by_label("In their words").fill("Tell us before tenants ask.")
    expected.get_by_role("button", name="Save").click()
    expect(expected.get_by_text("Tell us before tenants ask.").first).to_be_visible()
    author.get_by_role("link", name=NAME).click()
    author.get_by_role("button", name="Negotiate", exact=True).click()
    author.get_by_role("dialog").get_by_role("button", name="Negotiate", exact=True).click()
    expect(author.get_by_text("In negotiation").first).to_be_visible()
    author.get_by_role("link", name="Expectations and negotiation").click()


def _offers_two_ways(author: Page) -> None:
    ways = author.get_by_role("region", name="Alternatives")
    ways.get_by_text("Add an alternative", exact=True).first.click()
    for name, hours, amount in (("Two hours", "2", "180"), ("Four hours", "4", "120,50")):
        ways.get_by_label("Alternative", exact=True).fill(name)
        ways.get_by_label("Hours of service").fill(hours)
        ways.get_by_label("Counted in").select_option(index=1)
        ways.get_by_label("Price a month, net").last.fill(amount)
        ways.get_by_role("button", name="Add an alternative").click()
        expect(ways.get_by_role("columnheader", name=name)).to_be_visible()
    _asks_more_in_the_heights(ways)
    ways.get_by_role("button", name="Choose for the draft").last.click()
    expect(ways.get_by_text("Chosen", exact=True)).to_be_visible()


def _asks_more_in_the_heights(ways: Locator) -> None:
    form = ways.locator("details").filter(has_text="Change the price").last
    form.get_by_text("Change the price").click()
    form.get_by_role("button", name="Add a price for a region").click()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("This is needed.")).to_have_count(2)
    form.get_by_label("Region", exact=True).select_option(label="Parròquies altes")
    form.get_by_label("Price a month there, net").fill("150")
    form.get_by_role("button", name="Save").click()
    expect(ways.get_by_text("Parròquies altes: €150.00")).to_be_visible()
    expect(ways.get_by_text("before: Everywhere: €120.50")).to_be_visible()


def _verifies(colleague: Page) -> None:
    colleague.get_by_role("link", name=NAME).click()
    colleague.get_by_role("button", name="Verify", exact=True).click()
    colleague.get_by_role("dialog").get_by_role("button", name="Verify", exact=True).click()
    expect(colleague.get_by_text("The version is verified.")).to_be_visible()


def _sends_to_everybody(author: Page) -> None:
    final = author.get_by_role("region", name="Final review")
    final.get_by_role("group", name="for the customer").get_by_role("checkbox").first.check()
    final.get_by_role("button", name="Send for final review").click()
    expect(final.get_by_text("Not read yet")).to_be_visible()
