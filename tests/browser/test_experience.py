"""What was said becomes an improvement; an auditor reads it all and changes nothing."""

import re
from datetime import date, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WHY, Somebody, opens, says_why
from tests.browser.desks import DESKS, NARROW, Seen, require_readable

WIDE_ENOUGH = 400  # pixels, for a sentence to be read while it is written
STILL = {"reduced_motion": "reduce"}
SAID = "Nobody told us that the technician had left again."
IN_A_MONTH = (date(2026, 11, 23) + timedelta(days=30)).isoformat()
EVERYWHERE: Seen = (*DESKS, (320, "dark"))


def test_what_somebody_said_becomes_an_improvement_an_auditor_reads(somebody: Somebody) -> None:
    page = somebody("experience", "/admin/#/experience", **STILL)
    _notes_what_was_said(page)
    voice = page.get_by_role("article").filter(has_text=SAID)
    expect(voice).to_be_visible()
    voice.get_by_role("button", name="Make it an improvement").click()
    dialog = page.get_by_role("dialog", name="Make it an improvement")
    dialog.get_by_label("What becomes better").fill("Say it when a technician leaves")
    dialog.get_by_label("Who does it").fill("Núria Roca")
    dialog.get_by_label("Until").fill(IN_A_MONTH)
    dialog.get_by_label("Better by, points").fill("5")
    dialog.get_by_label("Measured after, weeks").fill("8")
    require_readable(page, "an improvement", NARROW)
    dialog.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("The improvement is on its way")).to_be_visible()
    row = page.get_by_role("article").filter(has_text="Say it when a technician leaves")
    expect(row).to_contain_text("Núria Roca")
    require_readable(page, "experience", NARROW)
    auditor = somebody("auditor", "/admin/#/experience", **STILL)
    expect(
        auditor.get_by_role("article").filter(has_text="Say it when a technician leaves")
    ).to_be_visible()
    expect(auditor.get_by_role("button", name="Note what somebody said")).to_have_count(0)
    expect(auditor.get_by_role("article").get_by_role("button")).to_have_count(0)


def _notes_what_was_said(page: Page) -> None:
    page.get_by_role("button", name="Note what somebody said").click()
    dialog = page.get_by_role("dialog", name="Note what somebody said")
    dialog.get_by_label("Intervention").fill("Tarragona")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_label("In their words").fill(SAID)
    dialog.get_by_role("button", name="Note it").click()
    expect(page.get_by_text("Noted. It waits until somebody answers it.")).to_be_visible()


def test_an_auditor_says_why_before_anything_is_shown_and_the_administrator_reads_it(
    somebody: Somebody, browser: Browser, town: str
) -> None:
    context = browser.new_context(base_url=town, locale="en-GB", reduced_motion="reduce")
    auditor = context.new_page()
    auditor.goto("/admin/#/reports")
    opens(auditor, "auditor")
    expect(auditor.get_by_role("heading", name="Why do you read this?")).to_be_visible()
    expect(auditor.get_by_role("link", name="Reports")).to_have_count(0)
    assert auditor.get_by_label("Reason").evaluate("field => field.offsetWidth") > WIDE_ENOUGH
    auditor.get_by_role("button", name="Go on").click()
    expect(auditor.get_by_text("Say why in a few words.")).to_be_visible()
    require_readable(auditor, "why", EVERYWHERE)
    says_why(auditor)
    expect(auditor.get_by_role("heading", name="Team by team")).to_be_visible()
    auditor.reload()
    expect(auditor.get_by_role("heading", name="Team by team")).to_be_visible()
    context.close()
    admin = somebody("admin", "/admin/#/people", **STILL)
    said = admin.get_by_role("region", name="What auditors said before they read")
    expect(said.get_by_text(WHY).first).to_be_visible()
    require_readable(admin, "people", NARROW)


def test_reports_are_readable_in_every_width_and_theme(somebody: Somebody) -> None:
    page = somebody("auditor", "/admin/#/reports", **STILL)
    expect(page.get_by_role("heading", name="Team by team")).to_be_visible()
    require_readable(page, "overall", EVERYWHERE)
    page.get_by_role("link", name="One customer").click()
    expect(page.get_by_role("heading", name="Agenda, from what happened")).to_be_visible()
    require_readable(page, "customer", EVERYWHERE)
    page.get_by_role("link", name="One region").click()
    expect(page.get_by_role("heading", name="Plans and what came of them")).to_be_visible()
    require_readable(page, "region", EVERYWHERE)
    page.goto("/admin/#/experience/technicians")
    expect(page.get_by_text("Week by week")).to_be_visible()
    require_readable(page, "technicians", EVERYWHERE)


def test_the_ledger_of_a_lift_is_readable_in_every_width_and_theme(somebody: Somebody) -> None:
    page = somebody("auditor", "/admin/#/sites", **STILL)
    page.get_by_text("Finques Valira").first.click()
    page.get_by_role("link", name="Avinguda de Tarragona 18").click()
    page.get_by_role("link", name="Out of service").first.click()
    expect(page.get_by_role("heading", name=re.compile("Out of service: "))).to_be_visible()
    expect(page.get_by_text("Only agreed service time is counted").first).to_be_visible()
    require_readable(page, "ledger", EVERYWHERE)
