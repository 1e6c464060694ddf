"""Every screen on every size: readable, reachable, installable, in four languages, without a net.

What people do with the screens together is in test_main_job.py; the phone's own screens are read in
test_phone_screens.py.
"""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FilePayload, Locator, Page, ViewportSize, expect

from tests.browser.conftest import Somebody
from tests.browser.desks import Seen, light, require_readable

NARROW: ViewportSize = {"width": 320, "height": 780}
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
# The narrowest is about room, which the night does not change.
SIZES: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = (
    (DESK, "light"),
    (DESK, "dark"),
    (PHONE, "dark"),
    (PHONE, "light"),
    (NARROW, "light"),
)
# What still fades in has no contrast yet.
STILL = {"reduced_motion": "reduce"}
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
AXE = Axe()
# English last: the account remembers the choice.
LANGUAGES = {"fr": "Français", "es": "Español", "nl": "Nederlands", "en": "English"}
KEY = re.compile(
    r"\b(action|admin|asset_state|board|clock|clock_state|face|fault|home|measure|measure_text|party|"
    r"pause_reason|portal|problem|promise|promised|role|ruler|severity|sign_in|sync|technician|"
    r"visit_status|work_type)\.[a-z_]+\b|\{\w+[,}]"  # or a text whose places are not filled
)
WORKING = "All 38 lifts work."
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_the_board_is_readable_on_every_size_and_by_night(somebody: Somebody) -> None:
    board = somebody("dispatcher", "/board/", **STILL)
    _start_board(board)
    _every_size_is_readable(board, "board")
    board.keyboard.press("j")
    expect(board.get_by_role("heading", name="Promises")).to_be_visible()
    board.keyboard.press("a")
    expect(_candidates(board).first).to_be_visible()
    _is_readable(board, "who should go")
    board.keyboard.press("Escape")
    board.keyboard.press("n")
    expect(board.get_by_role("dialog", name="Report a call")).to_be_visible()
    _is_readable(board, "report a call")


def test_the_portal_is_readable_on_every_size_and_by_night(somebody: Somebody) -> None:
    portal = somebody("manager", "/portal/", **STILL)
    expect(portal.get_by_role("heading", name=WORKING)).to_be_visible()
    _every_size_is_readable(portal, "overview")
    portal.get_by_role("button", name="Report a fault").first.click()
    expect(portal.get_by_role("dialog", name="Report a fault")).to_be_visible()
    _is_readable(portal, "report")
    portal.keyboard.press("Escape")
    portal.get_by_role("button", name=re.compile("Notices")).click()
    expect(portal.get_by_role("dialog", name="Notices")).to_be_visible()
    _is_readable(portal, "notices")
    portal.keyboard.press("Escape")
    portal.get_by_role("link", name="Avinguda de Tarragona 18").click()
    expect(portal.get_by_role("heading", name="History")).to_be_visible()
    expect(portal.get_by_role("heading", name="Lift repair")).to_be_visible()
    _every_size_is_readable(portal, "site")
    portal.get_by_role("link", name="Your agreement").click()
    expect(portal.get_by_role("heading", name="Credit notes")).to_be_visible()
    _every_size_is_readable(portal, "agreement")


def test_an_agreement_has_room_on_the_narrowest_phone_in_every_language(
    somebody: Somebody,
) -> None:
    portal = somebody("manager", "/portal/#/agreement", **STILL)
    portal.set_viewport_size({"width": 320, "height": 900})
    token = portal.request.get("/api/session").json()["csrf"]
    for language in LANGUAGES:
        told = portal.request.patch(
            "/api/session", data={"language": language}, headers={"X-CSRF-Token": token}
        )
        assert told.ok
        portal.reload()
        expect(portal.locator("html")).to_have_attribute("lang", language)
        expect(portal.locator("li .chip.risk").first).to_be_visible()
        expect(portal.locator("details[open] table").last).to_be_visible()
        assert portal.evaluate(OVERFLOW) <= 0, language


SECTIONS = {
    "agreements": "Finques Valira",
    "coverage": "Coverage",
    "calendars": "Around the clock",
    "services": "Lift repair",
    "parts": "Price|€",
    "approvals": "Approvals",
    "breaches": "Arrival on site",
    "credits": "Credit notes",
    "figures": "Promises kept",
    "sites": "Finques Valira",
    "technicians": "Aina Ribera",
    "roster": "Jordi Vilanova",
    "regions": "Valls centrals",
    "severity": "Nobody can use it",
    "imports": "Download a template",
    "experience": "Green outside, red inside",
    "phones": "Aina Ribera",
    "notifications": "A technician is away",
    "people": "dispatcher@demo.palier",
    "keys": "No program has a key",
    "webhooks": "Switched off",
    "figures/demand": "Calls to expect",
    "figures/definitions": "What the figures mean",
}
OF_THE_OFFICE: Seen = ((1024, "dark"), (390, "light"))


def test_the_set_up_page_is_readable_on_every_size_and_by_night(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/", **STILL)
    for section, shown in SECTIONS.items():
        _opens(admin, section, shown)
        require_readable(admin, section, OF_THE_OFFICE)
    admin.goto("/admin/#/agreements")
    admin.get_by_role("link", name="Finques Valira, standard").click()
    expect(admin.get_by_role("heading", name="How it may change")).to_be_visible()
    _every_size_is_readable(admin, "agreement")
    admin.get_by_role("link", name="Amend").click()
    expect(admin.get_by_role("button", name="Save draft")).to_be_visible()
    _every_size_is_readable(admin, "draft")


def test_no_set_up_page_is_too_wide_for_letters_twice_as_large(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/", **STILL)
    admin.set_viewport_size({"width": 1024, "height": 1000})
    sizes = {"fontSizes": {"standard": 32, "fixed": 26}}
    admin.context.new_cdp_session(admin).send("Page.setFontSizes", sizes)
    for section, shown in SECTIONS.items():
        _opens(admin, section, shown)
        assert admin.evaluate(OVERFLOW) <= 0, section


def _opens(admin: Page, section: str, shown: str) -> None:
    admin.goto(f"/admin/#/{section}")
    expect(admin.locator("main").get_by_text(re.compile(shown)).first).to_be_visible()


def test_work_is_described_severities_are_judged_and_a_table_is_looked_at_before_it_is_written(
    somebody: Somebody,
) -> None:
    admin = somebody("admin", "/admin/#/services", **STILL)
    admin.get_by_role("link", name="Lift repair").click()
    admin.get_by_role("button", name="Add to the checklist").click()
    admin.get_by_label("What is done or read").fill("How the doors close")
    admin.get_by_label("Kind").select_option("choice")
    admin.get_by_label("What to choose from").fill("softly")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("at least two to choose from")).to_be_visible()
    _every_size_is_readable(admin, "service")
    admin.get_by_label("What to choose from").fill("softly\nhard")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("The service is saved.")).to_be_visible()
    admin.goto("/admin/#/severity")
    admin.get_by_label("It works, but not as it should, It can wait").select_option("S2")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("cannot count for more")).to_be_visible()
    _every_size_is_readable(admin, "severity")
    _agrees_on_severities(admin)
    admin.goto("/admin/#/imports")
    table = "code;name;language\nNEW;A new customer;xx\n"
    for given in (table, table.replace("xx", "fr")):
        file = FilePayload(name="customers.csv", mimeType="text/csv", buffer=given.encode())
        admin.get_by_label("What the table holds").select_option("customers")
        admin.get_by_label("CSV file").set_input_files(file)
        admin.get_by_role("button", name="Look at it").click()
        expect(
            admin.get_by_role("cell", name="NEW" if "fr" in given else "xx", exact=True)
        ).to_be_visible()
        _every_size_is_readable(admin, "import")
    admin.get_by_role("button", name="Write 1 row").click()
    expect(admin.get_by_text("Written: 1 new, 0 changed.")).to_be_visible()


def _agrees_on_severities(admin: Page) -> None:
    """From an agreement to what its customer's calls count for."""
    admin.goto("/admin/#/agreements")
    admin.get_by_role("link", name="Finques Valira, standard").click()
    admin.get_by_role("link", name="Severity of this customer’s calls").click()
    expect(admin.get_by_text("As for everybody. Saving makes this customer’s own.")).to_be_visible()
    admin.get_by_label("It works, but not as it should, Today").select_option("S2")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Agreed with this customer.")).to_be_visible()
    admin.get_by_label("Holds for").select_option("")
    expect(admin.get_by_label("It works, but not as it should, Today")).to_have_value("S3")


def test_the_set_up_page_says_that_it_is_without_a_net(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/")
    expect(admin.get_by_role("link", name="Finques Valira, standard")).to_be_visible()
    admin.context.set_offline(True)
    admin.get_by_role("link", name="Billing").click()
    expect(admin.get_by_text("You are offline")).to_be_visible()
    admin.context.set_offline(False)
    expect(admin.get_by_text("You are offline")).to_have_count(0)


def test_the_door_is_readable_on_every_size_and_by_night(visitor: Page) -> None:
    visitor.goto("/")
    expect(visitor.get_by_role("button", name="Sign in")).to_be_visible()
    _every_size_is_readable(visitor, "door")


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("dispatcher", "/board/"),
        ("technician", "/app/"),
        ("manager", "/portal/"),
        ("admin", "/admin/"),
    ],
)
def test_every_word_is_there_in_each_language(somebody: Somebody, role: str, path: str) -> None:
    page = somebody(role, path)
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    page.get_by_role("button", name="Settings", exact=True).click()
    seen = set[str]()
    for tag, name in LANGUAGES.items():
        page.get_by_role("combobox", name=re.compile("Language|Langue|Idioma|Taal")).select_option(
            label=name
        )
        expect(page.locator("html")).to_have_attribute("lang", tag)
        words = page.locator("body").inner_text()
        assert not KEY.findall(words), f"{path} in {name} shows a key instead of words"
        page.set_viewport_size(NARROW)
        assert page.evaluate(OVERFLOW) <= 0, f"{path} in {name} is wider than a narrow phone"
        page.set_viewport_size(DESK)
        seen.add(words)
    assert len(seen) == len(LANGUAGES)


def test_the_phone_is_all_there_without_a_net(somebody: Somebody) -> None:
    phone = somebody("technician", "/app/", phone=True)
    expect(phone.get_by_role("link", name="Details")).to_be_visible()
    _keep(phone)
    expect(phone.get_by_role("link", name="Details")).to_be_visible()
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("Offline").first).to_be_visible()
    phone.get_by_role("link", name="Details").click()
    expect(phone.get_by_role("heading", name="What happened")).to_be_visible()
    expect(phone.get_by_role("button", name="Complete", exact=True)).to_be_enabled()


def test_the_portal_says_how_it_was_without_a_net(somebody: Somebody) -> None:
    portal = somebody("manager", "/portal/")
    expect(portal.get_by_role("heading", name=WORKING)).to_be_visible()
    _keep(portal)
    expect(portal.get_by_role("heading", name=WORKING)).to_be_visible()
    portal.context.set_offline(True)
    portal.reload()
    expect(portal.get_by_text(re.compile(r"This is how it was at \d\d:\d\d"))).to_be_visible()
    expect(portal.get_by_role("heading", name=WORKING)).to_be_visible()


def test_the_board_says_that_it_is_without_a_net(somebody: Somebody) -> None:
    board = somebody("dispatcher", "/board/")
    _start_board(board)
    _keep(board)
    _start_board(board)
    board.context.set_offline(True)
    expect(
        board.get_by_text(re.compile(r"Offline\. What you see is as of \d\d:\d\d"))
    ).to_be_visible()
    board.reload()
    expect(board.get_by_text("You are offline")).to_be_visible()
    expect(board.get_by_role("button", name="Try again")).to_be_visible()
    board.context.set_offline(False)
    expect(board.get_by_text("You are offline")).to_have_count(0)
    _start_board(board)


@pytest.mark.parametrize("path", ["/app/", "/board/", "/portal/"])
def test_each_page_can_be_installed(visitor: Page, path: str) -> None:
    visitor.goto(path)
    visitor.evaluate("navigator.serviceWorker.ready.then(r => !!r.active)")
    browser = visitor.context.new_cdp_session(visitor)
    manifest = browser.send("Page.getAppManifest")
    errors = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert manifest["url"].endswith(".webmanifest")
    assert manifest["errors"] == []
    # A test's browser keeps nothing, which is the one thing that may stand in the way.
    assert [error["errorId"] for error in errors] == ["in-incognito"]


def test_an_urgent_call_is_taken_and_given_by_keys_alone(somebody: Somebody) -> None:
    board = somebody("dispatcher", "/board/")
    _start_board(board)
    keys = board.keyboard
    keys.press("n")
    expect(board.get_by_role("combobox", name="Lift or site")).to_be_focused()
    keys.type("MA-0067-A")
    form = board.get_by_role("dialog", name="Report a call")
    expect(form.get_by_role("option", name=re.compile("MA-0067-A"))).to_be_visible()
    keys.press("Enter")
    expect(form.get_by_role("option")).to_have_count(0)
    _tab_to(board, board.get_by_role("radio", name="Person trapped"))
    keys.press("ArrowDown")
    expect(board.get_by_role("radio", name="Out of service")).to_be_checked()
    _tab_to(board, board.get_by_label("What is wrong"))
    keys.type("Stands still on the second floor")
    keys.press("Enter")
    expect(_candidates(board).first).to_be_visible()
    keys.press("1")
    expect(board.get_by_role("button", name=re.compile("^Send "))).to_be_focused()
    keys.press("Enter")
    expect(board.get_by_role("dialog", name="Who should go")).to_be_hidden()
    expect(board.get_by_text("Stands still on the second floor").first).to_be_visible()
    expect(board.get_by_text("Dispatched", exact=True).first).to_be_visible()


def test_the_day_is_planned_read_and_published(somebody: Somebody) -> None:
    board = somebody("dispatcher", "/board/")
    _start_board(board)
    board.get_by_role("button", name="Plan the day").click()
    panel = board.get_by_role("region", name="Plan the day")
    before = re.compile("(before planning|in the way of a good plan)")
    expect(panel.get_by_text(before).first).to_be_visible()
    panel.get_by_label("Search for").select_option(label="5 seconds")
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("region", name="The day before and after")).to_be_visible(
        timeout=60_000
    )
    panel.get_by_text("The cost line by line").click()
    bill = panel.get_by_role("region", name="The cost line by line")
    driving = bill.get_by_role("row").filter(has=board.get_by_role("rowheader", name="Driving"))
    expect(driving.get_by_role("cell").first).to_have_text(re.compile(r"\d\s(h|min)"))
    panel.get_by_text(re.compile("versions? of this day")).click()
    expect(panel.get_by_role("link", name="Problem file").first).to_be_visible()
    _every_size_is_readable(board, "a plan under review")
    board.set_viewport_size({"width": 1440, "height": 900})
    added = panel.get_by_role("row").filter(has_text="Added").first
    number = re.findall(r"\d{4}-\d{6}", added.inner_text())[0]
    queue = board.get_by_role("region", name=re.compile("Unassigned"))
    expect(queue.get_by_text(number)).to_be_visible()
    panel.get_by_role("button", name="Publish").click()
    expect(panel.get_by_text(re.compile("^Published"))).to_be_visible()
    expect(queue.get_by_text(number)).to_have_count(0)
    panel.get_by_role("button", name="Plan again").click()
    panel.get_by_role("button", name="Start").click()
    expect(panel.get_by_role("region", name="The day before and after")).to_be_visible(
        timeout=60_000
    )
    for chosen in (0, 1):
        panel.get_by_role("checkbox").nth(chosen).click()
    compared = re.compile("(Both do the same|done otherwise)")
    expect(panel.get_by_text(compared)).to_be_visible()


@pytest.fixture
def visitor(browser: Browser, town: str) -> Iterator[Page]:
    """Somebody who has not signed in."""
    context = browser.new_context(base_url=town, locale="en-GB")
    yield context.new_page()
    context.close()


def _start_board(board: Page) -> None:
    expect(board.get_by_role("heading", name=re.compile("Unassigned"))).to_be_visible()


def _candidates(board: Page) -> Locator:
    return board.get_by_role("dialog", name="Who should go").get_by_role("listitem")


def _tab_to(page: Page, field: Locator) -> None:
    """Reach a field as the keyboard does; a radio is chosen with the arrows."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if field.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not lead to {field}")


def _keep(page: Page) -> None:
    """Installed and in control, as after one visit with a net."""
    page.evaluate("navigator.serviceWorker.ready.then(r => !!r.active)")
    page.reload()
    page.wait_for_function("!!navigator.serviceWorker.controller")


def _every_size_is_readable(page: Page, screen: str) -> None:
    for size, scheme in SIZES:
        page.set_viewport_size(size)
        light(page, scheme)
        _is_readable(page, f"{screen} {size['width']} {scheme}")
    light(page, "light")


def _is_readable(page: Page, screen: str) -> None:
    assert page.evaluate(OVERFLOW) <= 0, f"{screen} is wider than its screen"
    found = AXE.run(page, options=STANDARD)
    assert found.violations_count == 0, f"{screen}: {found.generate_report()}"
