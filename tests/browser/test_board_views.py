"""How one looks at the board: by address, by a name of one's own, several days, and on paper."""

import re

from playwright.sync_api import Page, expect

from tests.browser.boards import Desk, Keys
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


def test_among_several_days_every_time_says_its_day(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/")
    Desk(page).opens()
    visit = page.locator("[data-visit]").first
    expect(visit).to_have_attribute("aria-label", re.compile(r"^\d\d:\d\d"))
    page.keyboard.press("w")
    expect(visit).to_have_attribute("aria-label", re.compile(r"^\w{3} \d+ Nov \d\d:\d\d–"))


def test_the_morning_brief_is_alone_on_paper(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/")
    desk = Desk(page)
    desk.opens()
    page.keyboard.press("b")
    brief = page.get_by_role("region", name=re.compile("^Morning brief"))
    expect(brief.get_by_role("heading", name="Today", exact=True)).to_be_visible()
    page.emulate_media(media="print")
    expect(desk.queue).to_be_hidden()
    expect(page.get_by_role("grid")).to_be_hidden()
    expect(brief.get_by_role("button", name="Print")).to_be_hidden()
    # Nothing is cut off by the height of a screen.
    assert brief.evaluate("one => one.scrollHeight <= one.clientHeight + 1")


def _filters_by(page: Page, technician: str) -> None:
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("combobox", name="Technician").select_option(label=technician)
    page.keyboard.press("Escape")


def _shows_only(desk: Desk, technician: str) -> None:
    expect(desk.row(technician)).to_be_visible()
    expect(desk.row(OTHER)).to_have_count(0)


CUT = """(parts) => parts.filter((one) => one.scrollWidth > one.clientWidth
  || one.scrollHeight > one.clientHeight + 1).map((one) => one.textContent)"""


def test_names_and_severities_are_told_whole_at_a_small_desk(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/", viewport={"width": 1024, "height": 768})
    board = Desk(page)
    board.opens()
    expect(page.get_by_role("rowheader").first).to_be_visible()
    assert page.locator("[role=rowheader] > span").evaluate_all(CUT) == []
    assert board.queue.locator("[data-call] .line *:not(.visually-hidden)").evaluate_all(CUT) == []


def test_the_morning_looked_at_again_has_its_roster(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/")
    board = Desk(page)
    board.opens()
    at_work = page.get_by_role("rowheader").filter(has_not_text=re.compile("off|on call"))
    expect(at_work.first).to_be_visible()
    number = at_work.count()
    page.keyboard.press("h")
    replay = board.panel("The day as it was")
    replay.get_by_role("button", name="Thing that happened before").click()
    expect(replay.get_by_role("status")).not_to_contain_text("10:1")
    expect(at_work).to_have_count(number)


def test_a_road_closed_all_around_a_place_is_supposed_as_it_is_offered(
    somebody: Somebody,
) -> None:
    page = somebody("dispatcher", "/board/")
    board = Desk(page)
    board.opens()
    page.keyboard.press("x")
    panel = board.panel("What if…")
    panel.get_by_label("Suppose").select_option(label="Road closed")
    panel.get_by_role("button", name="Add", exact=True).click()
    place = panel.get_by_label("Place").evaluate("each => each.selectedOptions[0].text")
    expect(panel.get_by_text(f"Around {place}, drives take 30 min longer")).to_be_visible()


def test_closing_what_nobody_was_at_asks_why_first(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/")
    board = Keys(page)
    board.opens()
    board.press("n")
    form = board.dialog("Report a call")
    board.types("EN-0004-A")
    expect(form.get_by_role("option", name=re.compile("EN-0004-A")).first).to_be_visible()
    board.press("Enter", "3", "Enter")
    candidates = board.dialog("Who should go")
    expect(candidates.get_by_role("listitem").first).to_be_visible()
    board.press("Escape")
    expect(candidates).to_be_hidden()

    close = board.detail.get_by_role("button", name="Close", exact=True)
    board.presses(close)
    reason = board.detail.get_by_label("Reason")
    expect(reason).to_be_focused()
    expect(reason).to_have_accessible_description(re.compile("Nobody was there"))
    board.presses(board.detail.get_by_role("button", name="Back", exact=True))
    expect(close).to_be_focused()

    board.press("Enter")
    expect(reason).to_be_focused()
    board.types("The customer found the key.")
    board.press("Enter")
    expect(board.detail.get_by_role("button", name="Reopen", exact=True)).to_be_visible()
