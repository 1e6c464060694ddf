"""The catalogue of parts as the office keeps it: found, added, priced, withdrawn, or refused."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Somebody
from tests.browser.desks import Seen, require_readable

STILL = {"reduced_motion": "reduce"}
EVERYWHERE: Seen = ((1024, "light"), (1024, "dark"), (390, "dark"), (320, "light"))
NAMES = {
    "English": "Guide shoe",
    "Français": "Coulisseau",
    "Español": "Guía",
    "Nederlands": "Sloffen",
}


@pytest.fixture
def code() -> str:
    """Of a part nobody has yet."""
    return f"SHOE-{uuid4().hex[:6]}"


def test_a_part_is_added_found_priced_and_withdrawn(somebody: Somebody, code: str) -> None:
    admin = somebody("admin", "/admin/#/parts", **STILL)
    expect(admin.get_by_role("status").filter(has_text="parts")).to_be_visible()
    require_readable(admin, "parts", EVERYWHERE)
    _adds(admin, code, price="12,5")
    expect(admin.get_by_text(f"{code} is saved.")).to_be_visible()
    expect(admin.get_by_label("Price of one, in euros")).to_have_value("12.50")
    require_readable(admin, "a part", EVERYWHERE)
    admin.get_by_label("Price of one, in euros").fill("")
    _saves(admin, code)
    admin.get_by_role("link", name="All parts").click()
    admin.get_by_label("Search").fill(f"guia {code}")
    row = admin.get_by_role("listitem").filter(has_text=code)
    expect(row).to_contain_text("No price yet")
    admin.get_by_label("Only those without a price").check()
    expect(admin.get_by_text("1 part", exact=True)).to_be_visible()
    row.get_by_role("link", name="Guide shoe").click()
    admin.get_by_label("Withdrawn from the catalogue").check()
    _saves(admin, code)
    admin.get_by_role("link", name="All parts").click()
    admin.get_by_label("Search").fill(code)
    expect(admin.get_by_text("No part found")).to_be_visible()
    admin.get_by_label("Also those withdrawn").check()
    expect(row.get_by_text("Withdrawn", exact=True)).to_be_visible()
    require_readable(admin, "a part that is withdrawn", EVERYWHERE)


def test_what_cannot_be_a_part_is_said_at_its_field_and_what_was_typed_stays(
    somebody: Somebody, code: str
) -> None:
    admin = somebody("admin", "/admin/#/parts/new", **STILL)
    expect(admin.get_by_role("heading", name="New part")).to_be_visible()
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("This is needed.")).to_have_count(1 + len(NAMES))
    require_readable(admin, "a part without a name", EVERYWHERE)
    _fills(admin, code, price="-1")
    admin.get_by_role("button", name="Save").click()
    expect(_said_at(admin, "Price of one, in euros")).to_have_text("This is too small.")
    admin.get_by_label("Price of one, in euros").fill("1.005")
    admin.get_by_role("button", name="Save").click()
    expect(_said_at(admin, "Price of one, in euros")).to_have_text("This has too many decimals.")
    admin.get_by_label("Price of one, in euros").fill("1.05")
    _saves(admin, code)
    admin.goto("/admin/#/parts/new")
    _adds(admin, code, price="2")
    expect(admin.get_by_text("This code or name exists already.")).to_be_visible()
    expect(admin.get_by_label("Price of one, in euros")).to_have_value("2")
    require_readable(admin, "a code given twice", EVERYWHERE)


def test_a_price_somebody_else_changed_meanwhile_is_looked_at_before_it_is_written(
    somebody: Somebody, code: str
) -> None:
    admin = somebody("admin", "/admin/#/parts/new", **STILL)
    _adds(admin, code, price="5")
    expect(admin.get_by_text(f"{code} is saved.")).to_be_visible()
    part = _part(admin, code)
    session = admin.request.get("/api/session").json()
    told = admin.request.patch(
        f"/api/parts/{part['id']}",
        data={"price_eur": "6.00"},
        headers={"X-CSRF-Token": session["csrf"], "If-Match": f'"{part["version"]}"'},
    )
    assert told.ok, told.text()
    admin.get_by_label("Price of one, in euros").fill("7")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Somebody changed this meanwhile.")).to_be_visible()
    expect(admin.get_by_label("Price of one, in euros")).to_have_value("7")
    assert _part(admin, code)["price_eur"] == "6.00"
    _saves(admin, code)
    assert _part(admin, code)["price_eur"] == "7.00"


def test_whoever_may_only_read_the_catalogue_is_offered_no_change(somebody: Somebody) -> None:
    dispatcher = somebody("dispatcher", "/admin/#/parts", **STILL)
    expect(dispatcher.get_by_role("status").filter(has_text="parts")).to_be_visible()
    expect(dispatcher.get_by_role("link", name="New part")).to_have_count(0)
    expect(dispatcher.get_by_role("link", name="Bring in many")).to_have_count(0)
    dispatcher.locator(".entries a").first.click()
    expect(dispatcher.get_by_label("Price of one, in euros")).to_be_disabled()
    expect(dispatcher.get_by_role("button", name="Save")).to_have_count(0)


def test_many_parts_are_brought_in_from_a_table(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/#/parts", **STILL)
    admin.get_by_role("link", name="Bring in many at once from a table").click()
    expect(admin.get_by_label("What the table holds")).to_have_value("parts")


def test_the_catalogue_without_a_net_says_so_and_comes_back(somebody: Somebody) -> None:
    admin = somebody("admin", "/admin/#/parts", **STILL)
    expect(admin.get_by_role("status").filter(has_text="parts")).to_be_visible()
    admin.context.set_offline(True)
    admin.locator(".entries a").first.click()
    expect(admin.get_by_text("You are offline")).to_be_visible()
    admin.context.set_offline(False)
    expect(admin.get_by_label("Price of one, in euros")).to_be_visible()


def _adds(admin: Page, code: str, *, price: str) -> None:
    if not admin.url.endswith("/new"):
        admin.get_by_role("link", name="New part").click()
    _fills(admin, code, price=price)
    admin.get_by_role("button", name="Save").click()


def _fills(admin: Page, code: str, *, price: str) -> None:
    admin.get_by_label("Code", exact=True).fill(code)
    admin.get_by_label("Counted in").select_option(label="pair")
    admin.get_by_label("Price of one, in euros").fill(price)
    for language, name in NAMES.items():
        admin.get_by_label(f"Name in {language}").fill(name)


def _saves(admin: Page, code: str) -> None:
    """Save what is on the screen, which the server has then answered."""
    with admin.expect_response(lambda told: "/api/parts" in told.url and told.ok):
        admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text(f"{code} is saved.").last).to_be_visible()


def _said_at(admin: Page, label: str) -> Locator:
    field = admin.locator(".field").filter(has=admin.get_by_label(label))
    return field.locator(".error")


def _part(admin: Page, code: str) -> dict[str, Any]:
    """What the server keeps of it."""
    known = admin.request.get("/api/parts", params={"limit": "200"}).json()["items"]
    (found,) = [each for each in known if each["code"] == code]
    return dict(found)
