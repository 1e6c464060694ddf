"""Goodwill on the board and on the statement: the office promises it, sees it and takes it back."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.desks import require_readable
from tests.browser.headquarters import PASSWORD, Headquarters
from tests.browser.offices import Office

THIS_MONTH = "2026-11"


def test_what_was_promised_on_site_is_taken_back_from_the_statement_on(
    browser: Browser, headquarters: Headquarters, office: Office
) -> None:
    visit = headquarters.sends(headquarters.hires())
    gift = {"amount_eur": "41.50", "reason": "Waited a day"}
    headquarters.commands(visit, "note", goodwill=gift)
    work = headquarters.visit(visit)["number"]
    page = _signs_in(browser, office)
    line = _gift_on_the_statement(page, work)
    expect(line).to_contain_text("By Dispatcher: Waited a day")
    expect(line).to_contain_text("-€41.50")
    require_readable(page, "a statement with goodwill")
    page.set_viewport_size({"width": 1440, "height": 900})
    line.get_by_role("link").click()
    pane = page.get_by_role("tabpanel")
    pane.get_by_role("button", name="Take back €41.50").click()
    expect(pane.get_by_label("Reason")).to_be_focused()
    pane.get_by_label("Reason").fill("Promised twice")
    pane.get_by_role("button", name="Take the goodwill back").click()
    expect(pane.get_by_text(re.compile("Taken back by .+: Promised twice"))).to_be_focused()
    expect(pane.get_by_role("button", name="Take back €41.50")).to_have_count(0)
    _reads_statements(page)
    expect(line).to_have_count(0)
    page.context.close()


def test_the_office_promises_goodwill_on_the_board_and_the_statement_tells_of_it_once(
    browser: Browser, headquarters: Headquarters, office: Office
) -> None:
    visit = headquarters.sends(headquarters.hires())
    sent = headquarters.visit(visit)["visit"]
    page = _signs_in(browser, office)
    work = page.request.get(f"/api/interventions/{sent['intervention_id']}").json()
    page.goto(f"/board/#region={work['region_id']}&intervention={work['id']}")
    pane = page.get_by_role("tabpanel")
    pane.get_by_role("button", name="Promise goodwill…").click()
    amount = pane.get_by_label("Amount in euros")
    expect(amount).to_be_focused()
    send = pane.get_by_role("button", name="Promise goodwill", exact=True)
    for wrong in ("", "0", "nothing", "1.234"):
        amount.fill(wrong)
        pane.get_by_label("Reason").fill("Waited a week")
        expect(send).to_be_disabled()
    amount.fill("25,5")
    require_readable(page, "promising goodwill")
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.set_offline(True)
    pane.get_by_role("button", name="Promise €25.50").click()
    refusal = pane.get_by_role("alert").filter(has_text="You are offline")
    expect(refusal).to_be_in_viewport()
    page.context.set_offline(False)
    pane.get_by_role("button", name="Promise €25.50").click()
    expect(refusal).to_have_count(0)
    expect(pane.get_by_text(re.compile("€25.50 promised by .+: Waited a week"))).to_be_visible()
    expect(pane.get_by_role("button", name="Promise goodwill…")).to_be_focused()
    line = _gift_on_the_statement(page, work["number"])
    expect(line).to_have_count(1)
    expect(line).to_contain_text("-€25.50")
    expect(line).to_contain_text("Waited a week")
    page.context.close()


def _signs_in(browser: Browser, office: Office) -> Page:
    context = browser.new_context(
        base_url=office.address, locale="en-GB", viewport={"width": 1440, "height": 900}
    )
    who = {"email": "admin@demo.palier", "password": PASSWORD}
    assert context.request.post("/api/session", data=who).ok
    return context.new_page()


def _gift_on_the_statement(page: Page, work: str) -> Locator:
    """The line about this intervention, with what stands around it open."""
    _reads_statements(page)
    line = page.locator("tr", has_text=work).filter(has_text="Goodwill gesture")
    page.locator("details").filter(has=line).locator("summary").click()
    return line


def _reads_statements(page: Page) -> None:
    """Of the month that is running, until all of them are there."""
    page.goto("/admin/#/credits/statements")
    month = page.get_by_label("Month")
    expect(page.locator("details").first).to_be_visible()
    with page.expect_response(f"**/api/statements?month={THIS_MONTH}") as answered:
        month.select_option(THIS_MONTH)
    assert answered.value.ok
    expect(page.get_by_text("This month is not over", exact=False)).to_be_visible()
