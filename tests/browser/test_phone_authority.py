"""What a technician decides alone: parts and goodwill up to an amount, with signal or without."""

import re
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.headquarters import Headquarters
from tests.browser.phones import PATIENCE, Handset


def test_above_the_own_authority_the_phone_itself_says_no_until_the_office_approves_more(
    phone: Handset, headquarters: Headquarters
) -> None:
    belt = _knows_a_belt(headquarters)
    _may_decide(headquarters, phone, "200.00")
    page = phone.opens()
    phone.does("Accept", "Start travel", "I am here", "Start work")
    phone.has_sent_everything()
    phone.context.set_offline(True)
    _behind_the_dots(page, "Parts used")
    _takes(phone, belt, 2)
    expect(phone.sheet().get_by_text(_sum("160", "200"))).to_be_visible()
    phone.sheet().get_by_role("button", name="Keep the parts").click()
    expect(phone.sheet()).to_have_count(0)
    expect(page.get_by_text(_sum("160", "200"))).to_be_visible()
    _behind_the_dots(page, "Goodwill")
    phone.sheet().get_by_label("Amount in euros").fill("50")
    expect(phone.sheet().get_by_role("alert")).to_contain_text("once it has approved €210.00")
    expect(phone.sheet().get_by_role("link", name="Call the office")).to_be_visible()
    expect(phone.sheet().get_by_role("button", name="Promise it")).to_be_disabled()
    phone.sheet().get_by_label("What for?").press("Enter")
    expect(phone.sheet().get_by_role("alert")).to_be_visible()
    phone.context.set_offline(False)
    _approves(headquarters, phone, "250.00")
    # Nothing typed is lost, and nothing has to be opened anew.
    expect(phone.sheet().get_by_text(_sum("210", "250"))).to_be_visible(timeout=PATIENCE)
    phone.sheet().get_by_label("What for?").fill("Waited a day")
    phone.sheet().get_by_role("button", name="Promise it").click()
    expect(page.get_by_text("€50.00 promised to the customer: Waited a day")).to_be_visible()
    phone.has_sent_everything()
    assert headquarters.visit(phone.visit)["spending"]["spent_eur"] == "210.00"


def test_what_the_office_lets_a_technician_decide_meanwhile_is_what_counts(
    phone: Handset, headquarters: Headquarters
) -> None:
    belt = _knows_a_belt(headquarters)
    _may_decide(headquarters, phone, "200.00")
    page = phone.opens()
    phone.does("Accept", "Start travel", "I am here", "Start work")
    phone.has_sent_everything()
    phone.context.set_offline(True)
    _may_decide(headquarters, phone, "100.00")
    _behind_the_dots(page, "Parts used")
    _takes(phone, belt, 2)
    phone.sheet().get_by_role("button", name="Keep the parts").click()
    expect(phone.sheet()).to_have_count(0)
    phone.context.set_offline(False)
    refused = page.get_by_role("region", name="1 step was not accepted")
    told = "Adding €160.00 to the €0.00 of this intervention goes above the €100.00"
    expect(refused).to_contain_text(told, timeout=PATIENCE)
    _approves(headquarters, phone, "160.00")
    refused.get_by_role("button", name="Try again").click()
    expect(refused).to_have_count(0, timeout=PATIENCE)
    phone.has_sent_everything()
    assert headquarters.visit(phone.visit)["spending"]["spent_eur"] == "160.00"


def _knows_a_belt(headquarters: Headquarters) -> str:
    """A part of 80 euros that no other test uses."""
    name = f"Belt {uuid4().hex[:8]}"
    names = dict.fromkeys(("en", "fr", "es", "nl"), name)
    part = {"code": name.replace(" ", "-").upper(), "names": names, "unit": "piece"}
    headquarters.post("admin", "/api/parts", {**part, "price_eur": "80.00"})
    return name


def _may_decide(headquarters: Headquarters, phone: Handset, euros: str) -> None:
    path = f"/api/technicians/{phone.person.technician}"
    admin = headquarters.line("admin")
    version = {"If-Match": admin.get(path).headers["ETag"]}
    admin.patch(path, json={"authority_eur": euros}, headers=version).raise_for_status()


def _approves(headquarters: Headquarters, phone: Handset, euros: str) -> None:
    """The office lets the intervention come to more."""
    work = headquarters.visit(phone.visit)["visit"]["intervention_id"]
    known = headquarters.line("dispatcher").get(f"/api/interventions/{work}").json()
    asked = {
        "id": str(uuid4()),
        "kind": "approve_spending",
        "at": headquarters.now.isoformat(),
        "base_version": known["version"],
        "payload": {"amount_eur": euros, "reason": "Both belts are worn."},
    }
    headquarters.post("dispatcher", f"/api/interventions/{work}/commands", asked)


def _behind_the_dots(page: Page, choice: str) -> None:
    page.locator("main").get_by_role("button", name="More", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=choice).click()


def _takes(phone: Handset, part: str, many: int) -> None:
    phone.sheet().get_by_label("Find a part by name or code").fill(part)
    phone.sheet().get_by_role("button", name=re.compile(f"^{part}")).click()
    for _ in range(many - 1):
        phone.sheet().get_by_role("button", name=f"One {part} more").click()


def _sum(total: str, limit: str) -> str:
    return f"Parts and goodwill on this intervention: €{total}.00 of €{limit}.00."
