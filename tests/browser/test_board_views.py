"""How one looks at the board: in its address for others, and kept under a name for oneself."""

import re

from playwright.sync_api import Page, expect

from tests.browser.boards import Desk
from tests.browser.conftest import Somebody

WHO, OTHER = "Pau Ferrer", "Émilie Fabre"


def test_a_filter_is_in_the_address_and_comes_back_under_its_name(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/")
    desk = Desk(page)
    desk.opens()
    _filters_by(page, WHO)
    _shows_only(desk, WHO)
    expect(page).to_have_url(re.compile(r"#.*technician="))
    colleague = Desk(somebody("admin", "/board/#" + page.url.partition("#")[2]))
    _shows_only(colleague, WHO)

    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_label("Name of the view").fill("Only Pau")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Only Pau", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    page.goto(page.url.partition("#")[0])
    expect(desk.row(OTHER)).to_be_visible()
    page.get_by_role("button", name="View", exact=True).click()
    page.get_by_role("button", name="Only Pau", exact=True).click()
    _shows_only(desk, WHO)


def _filters_by(page: Page, technician: str) -> None:
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("combobox", name="Technician").select_option(label=technician)
    page.keyboard.press("Escape")


def _shows_only(desk: Desk, technician: str) -> None:
    expect(desk.row(technician)).to_be_visible()
    expect(desk.row(OTHER)).to_have_count(0)
