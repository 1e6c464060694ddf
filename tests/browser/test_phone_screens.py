"""Every screen of the phone in every theme, language and width: readable, named, in its words."""

from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Playwright, expect

from tests.browser.headquarters import PASSWORD, Headquarters
from tests.browser.offices import Office
from tests.browser.phones import picture
from tests.browser.readability import Reader, Words
from tests.browser.walks import MENU, SHEET, SMALLEST, Walk

PART = {
    "code": "door-roller",
    "names": dict.fromkeys(("en", "fr", "es", "nl"), "Roller of the landing door, left or right"),
    "unit": "piece",
}
# A word too pale outdoors, one too pale anywhere, and all else that can be wrong with a screen.
WRONG = """<!doctype html><html lang="en"><title>Wrong</title>
<meta name="viewport" content="width=device-width">
<main style="background: #fff"><p style="color: #666">technician.today</p>
<p style="color: #888">{count} left</p>
<button></button><div style="inline-size: 350px">.</div></main>"""


def test_what_is_wrong_with_a_screen_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(WRONG)
    reader = Reader(page, Words("en"))
    reader.looks("wrong")
    page.close()
    found = [fault.removeprefix("wrong, ") for fault in reader.faults]
    assert [fault for fault in found if fault.startswith(("raw", "too wide"))] == [
        "too wide for 320 px: html. by 38",
        "raw: technician.today",
        "raw: {count}",
    ]
    assert any(fault.startswith('hard to hit: button "" ') for fault in found)
    assert sorted(fault.split()[1] for fault in found if fault.startswith("light")) == [
        "button-name",
        "color-contrast",
        "color-contrast-enhanced",
    ]


# The longest words come first; what else a language changes is seen by the long proofs.
PROOF = [pytest.param(each, marks=pytest.mark.proof) for each in ("fr", "es", "en")]


@pytest.mark.parametrize("language", ["nl", *PROOF])
def test_every_screen_is_readable(
    language: str,
    browser: Browser,
    playwright: Playwright,
    office: Office,
    headquarters: Headquarters,
) -> None:
    if not headquarters.line("admin").get("/api/parts").json()["items"]:
        headquarters.post("admin", "/api/parts", PART)
    person = headquarters.hires(language)
    trapped = headquarters.sends(person, "Two people stand between floors", severity="S1")
    taken_back = headquarters.sends(person)
    called_off = headquarters.sends(person, "Round of the doors", work_type="maintenance")
    site = headquarters.visit(trapped)["site"]["position"]
    elsewhere: list[str] = []
    context = browser.new_context(
        **playwright.devices["Pixel 7"],
        base_url=office.address,
        reduced_motion="reduce",
        locale=language,
        geolocation={"latitude": site["lat"], "longitude": site["lon"], "accuracy": 5},
        permissions=["geolocation", "notifications"],
    )
    context.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((office.address, "blob:", "data:"))
            else elsewhere.append(asked.url)
        ),
    )
    page = context.new_page()
    words = Words(language)
    walk = Walk(page, words, person, Reader(page, words))
    try:
        _comes_in(walk)
        _day(walk)
        _asked_to_go(walk, trapped)
        _on_site(walk)
        _completes(walk)
        _without_a_net(walk, called_off)
        headquarters.commands(called_off, "cancel", reason="No longer needed.")
        headquarters.commands(taken_back, "unassign")
        _back_in_range(walk)
    finally:
        context.close()
    assert walk.reader.faults == []
    assert elsewhere == []


def _comes_in(walk: Walk) -> None:
    page, words = walk.page, walk.words
    page.goto("/app/")
    walk.taps(words("sign_in.submit"))
    walk.looks("door")
    page.get_by_label(words("sign_in.email")).fill(walk.person.email)
    page.get_by_label(words("sign_in.password"), exact=True).fill(PASSWORD)
    walk.taps(words("sign_in.submit"))
    expect(page.get_by_role("link", name=words("technician.open_visit"))).to_be_visible()


def _day(walk: Walk) -> None:
    page, words = walk.page, walk.words
    expect(walk.says("technician.reach.later")).to_be_visible()
    walk.looks("day")
    walk.taps(words("technician.duty.more"))
    walk.sheet("working day")
    page.locator(SHEET).get_by_text(words.step("report_sick")).click()
    walk.sheet("sick")
    walk.shuts()
    _asks_to_be_away(walk)
    walk.taps(words.step("start_shift"))
    page.get_by_role("switch").click()
    walk.sheet("location notice")
    walk.taps(words("technician.location.accept"), SHEET)
    expect(page.get_by_role("switch")).to_be_checked()
    walk.taps(words("technician.scan"))
    walk.sheet("scan")
    walk.taps(words("technician.scan_check"), SHEET)
    page.get_by_label(words("technician.scan_type")).fill("XX-0000-Z")
    walk.taps(words("technician.scan_check"), SHEET)
    expect(walk.button(words("technician.scan_again"), SHEET)).to_be_visible()
    walk.sheet("another label")
    walk.shuts()
    walk.taps(words("technician.reach.set_up"))
    walk.sheet("push and install guide")
    walk.shuts()
    walk.taps(words("technician.reach.later"))
    page.locator("[popovertarget]").click()
    walk.reader.looks("menu", MENU)
    page.keyboard.press("Escape")
    page.locator("button.sync").click()
    walk.sheet("nothing unsent")
    walk.shuts()


def _asks_to_be_away(walk: Walk) -> None:
    page, words = walk.page, walk.words
    walk.taps(words("technician.duty.more"))
    page.locator(SHEET).get_by_text(words("technician.leave.title")).click()
    walk.taps(words("technician.leave.send"), SHEET)
    walk.sheet("an absence without a day")
    page.get_by_label(words("technician.leave.first")).fill("2031-03-03")
    page.get_by_label(words("technician.leave.from")).fill("09:00")
    page.get_by_label(words("technician.leave.until"), exact=False).last.fill("11:30")
    walk.taps(words("technician.leave.send"), SHEET)
    expect(walk.says("technician.leave.state.requested")).to_be_visible()
    walk.sheet("an absence asked for")
    walk.shuts()


def _asked_to_go(walk: Walk, visit: UUID) -> None:
    page, words = walk.page, walk.words
    walk.goes(visit)
    walk.looks("dispatched")
    walk.taps(words.step("decline"))
    walk.sheet("decline")
    page.locator(SHEET).get_by_text(words("technician.reason.other")).click()
    walk.taps(words.step("decline"), SHEET)
    walk.sheet("decline in words")
    walk.shuts()
    walk.does("accept")
    walk.looks("accepted")
    walk.taps(words("action.more"))
    walk.sheet("more")
    walk.taps(words.step("running_late"), SHEET)
    walk.sheet("running late")
    page.locator(SHEET).locator(".delays button").first.click()
    walk.does("start_travel")
    expect(page.locator(".bar [role=status]")).to_be_visible()
    walk.looks("en route")


def _on_site(walk: Walk) -> None:
    page, words = walk.page, walk.words
    page.context.set_offline(True)
    walk.does("arrive")
    expect(walk.button(words("action.undo"))).to_be_visible()
    walk.looks("arrived")
    walk.tabs("arrived")
    page.context.set_offline(False)
    walk.does("start_work")
    walk.looks("in progress")
    walk.taps(words("action.more"))
    walk.sheet("more on site")
    walk.taps(words.step("parts"), SHEET)
    expect(page.get_by_label(words("technician.parts_search"))).to_be_visible()
    walk.taps(words("technician.parts_keep"), SHEET)
    walk.sheet("no parts")
    page.get_by_label(words("technician.parts_search")).fill("door")
    page.locator(f"{SHEET} .offered button").first.click()
    page.locator(f"{SHEET} .lines input").fill("x")
    walk.sheet("parts")
    walk.shuts()
    walk.more("order_follow_up")
    expect(page.get_by_label(words("technician.follow_up_summary"))).to_be_visible()
    page.locator(f"{SHEET} form button[type=submit]").last.click()
    walk.sheet("follow-up")
    walk.shuts()
    walk.more("complete_partially")
    walk.taps(words.step("complete_partially"), SHEET)
    walk.sheet("in part")
    walk.shuts()
    walk.more("cannot_complete")
    walk.sheet("cannot")
    walk.shuts()
    page.locator("main").get_by_role("button", name=words("technician.signature_take")).last.click()
    expect(page.locator("canvas")).to_be_visible()
    walk.taps(words("technician.signature_keep"), SHEET)
    walk.sheet("signature")
    walk.shuts()
    walk.more("pause")
    walk.sheet("pause")
    page.locator(SHEET).get_by_text(words("technician.reason.no_access")).click()
    walk.taps(words.step("pause"), SHEET)
    walk.sheet("evidence of a pause")
    page.locator(SHEET).get_by_role("textbox").fill("—")
    walk.taps(words.step("pause"), SHEET)
    expect(page.locator(SHEET)).to_have_count(0)
    walk.looks("paused")
    walk.does("resume")


def _completes(walk: Walk) -> None:
    page, words = walk.page, walk.words
    page.locator("main .bar").get_by_role("button", name=words.step("complete"), exact=True).click()
    walk.taps(words.step("complete"), SHEET)
    walk.sheet("completion")
    sheet = page.locator(SHEET)
    sheet.get_by_label(words("word.cause")).select_option(value="door")
    sheet.get_by_label(words("technician.action"), exact=False).fill("—")
    sheet.get_by_text(words("answer.yes"), exact=True).click()
    for item in sheet.get_by_role("checkbox").all():
        item.click()
    walk.taps(words.step("complete"), SHEET)
    expect(page.locator(SHEET)).to_have_count(0)
    walk.looks("completed")


def _without_a_net(walk: Walk, visit: UUID) -> None:
    page, words = walk.page, walk.words
    expect(walk.says("sync.sent")).to_be_visible(timeout=30_000)
    walk.goes(visit)
    page.context.set_offline(True)
    walk.does("accept")
    page.locator("main").get_by_role("button", name=words("technician.signature_take")).click()
    page.get_by_label(words("technician.signer")).fill("Marta Vidal")
    walk.taps(words("technician.signature_name"), SHEET)
    walk.taps(words("technician.signature_keep"), SHEET)
    expect(page.locator(SHEET)).to_have_count(0)
    page.locator("input[type=file][multiple]").set_input_files([picture("brown")])
    expect(page.locator("[aria-labelledby=evidence] img")).to_have_count(2)
    walk.looks("offline, one step to take back")
    photo = page.locator("[aria-labelledby=evidence]").get_by_text(words("technician.photo_take"))
    _is_in_reach(walk, photo.last)
    page.locator("button.sync").click()
    expect(walk.says("technician.rescue_hint")).to_be_visible()
    walk.sheet("unsent")
    walk.shuts()
    page.locator("[popovertarget]").click()
    page.locator(MENU).get_by_role("button", name=words("action.sign_out")).click()
    walk.sheet("sign-out")
    walk.shuts()


def _is_in_reach(walk: Walk, control: Locator) -> None:
    """What can still be taken back is said beside what comes next, and covers nothing."""
    expect(walk.button(walk.words("action.undo"))).to_be_visible()
    walk.page.set_viewport_size(SMALLEST)
    control.scroll_into_view_if_needed()
    inside, above = control.bounding_box(), walk.page.locator("main .bar").bounding_box()
    assert inside is not None
    assert above is not None
    assert inside["y"] + inside["height"] <= above["y"]


def _back_in_range(walk: Walk) -> None:
    page, words = walk.page, walk.words
    page.context.set_offline(False)
    expect(walk.button(words("technician.discard"))).to_be_visible(timeout=60_000)
    walk.looks("conflict")
    page.locator("button.sync").click()
    walk.sheet("needs you")
    walk.shuts()
    walk.goes()
    expect(walk.button(words("technician.left_seen"))).to_be_visible()
    page.locator("main details summary").click()
    walk.looks("day, something left, something over")
