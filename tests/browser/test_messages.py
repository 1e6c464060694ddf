"""A manager and the office write to each other, each on their own page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Somebody

AXE = Axe()
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def readable(page: Page, screen: str, *widths: int) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(TOO_WIDE) <= 0, f"{screen} is wider than {width}"
        found = AXE.run(page, options=STANDARD)
        assert found.violations_count == 0, f"{screen}: {found.generate_report()}"


def test_a_manager_s_message_is_on_the_board_at_once_and_answered(
    somebody: Somebody,
) -> None:
    manager = somebody("manager", "/portal/")
    expect(manager.get_by_role("button", name="Report a fault").first).to_be_visible()
    sites = manager.request.get("/api/portal/sites?limit=200").json()["items"]
    site = next(each for each in sites if each["assets"])
    session = manager.request.get("/api/session").json()
    told = manager.request.post(
        "/api/portal/interventions",
        data={"asset_id": site["assets"][0]["id"], "kind": "out_of_service"},
        headers={"X-CSRF-Token": session["csrf"], "Idempotency-Key": "the-lift-stands"},
    )
    work = told.json()
    about = manager.request.get(f"/api/portal/interventions/{work['id']}").json()

    board = somebody("dispatcher", "/board/")
    expect(board.get_by_label("Region")).to_be_visible()
    seen = board.request.get(f"/api/interventions/{about['id']}").json()
    region = seen["region_id"]
    board.goto(f"/board/#region={region}&intervention={about['id']}")
    board.reload()
    talk = board.get_by_label("Write a message")
    expect(talk).to_be_visible()

    manager.goto(f"/portal/#/site/{site['id']}")
    manager.locator("summary", has_text="Messages").first.click()
    manager.get_by_label("Write a message").first.fill("The guests are waiting in the hall.")
    manager.get_by_role("button", name="Send the message").first.click()
    expect(board.get_by_text("The guests are waiting in the hall.")).to_be_visible()

    talk.fill("Somebody is with you at eleven.")
    board.get_by_role("button", name="Send the message").click()
    answer = manager.get_by_text("Somebody is with you at eleven.").first
    expect(answer).to_be_visible()
    expect(manager.get_by_text("The office ·").first).to_be_visible()
    readable(manager, "a site with messages", 320, 1280)
    readable(board, "the board with messages", 1440)
