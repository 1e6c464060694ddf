"""Somebody in a lift without an account: from the label to the answer, beside the board."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.browser.conftest import Somebody
from tests.browser.desks import Seen, light
from tests.server.pictures import PHOTO

AXE = Axe()
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PICTURE: Any = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
INVITATIONS = (
    "Fault? Scan and report",
    "Une panne\N{NO-BREAK SPACE}? Scannez",
    "¿Avería? Escanee aquí",
    "Storing? Scan en meld",
)
FOLLOWS = 5_000  # milliseconds

SEEN: Seen = ((320, "dark"), (412, "light"), (1440, "light"))


def readable(page: Page, screen: str) -> None:
    """In every width and theme; on a phone every target is as large as a thumb."""
    before = page.viewport_size
    for width, theme in SEEN:
        page.set_viewport_size({"width": width, "height": 900})
        light(page, theme)
        assert page.evaluate(TOO_WIDE) <= 0, f"{screen} is wider than {width}"
        found = AXE.run(page, options=STANDARD)
        assert found.violations_count == 0, f"{screen}: {found.generate_report()}"
    if before:
        page.set_viewport_size(before)


@pytest.fixture
def label(somebody: Somebody) -> str:
    """What is on a label somebody prints for the first lift in the list."""
    admin = somebody("admin", "/admin/#/sites/labels")
    admin.get_by_role("group", name="Sites to print labels for").get_by_role(
        "checkbox"
    ).first.check()
    expect(admin.get_by_text("1 sheet")).to_be_visible()
    with admin.expect_response("**/api/labels") as made:
        admin.get_by_role("button", name="Print labels").click()
    for invitation in INVITATIONS:
        expect(admin.get_by_text(invitation).first).to_be_visible()
    admin.get_by_role("checkbox", name="Nederlands").uncheck()
    expect(admin.get_by_text(INVITATIONS[-1])).to_have_count(0)
    readable(admin, "labels")
    return str(made.value.json()["labels"][0]["path"])


def test_a_fault_is_reported_from_the_lift_and_followed_without_an_account(
    label: str, somebody: Somebody, browser: Browser, playwright: Playwright, town: str
) -> None:
    phone = browser.new_context(**playwright.devices["Pixel 7"], base_url=town, locale="en-GB")
    resident = phone.new_page()
    resident.goto(label)
    expect(resident.get_by_role("heading", name="Report a fault")).to_be_visible()
    readable(resident, "a report")
    resident.get_by_label("It works, but not properly").check()
    resident.locator("input[type=file]").set_input_files(PICTURE)
    expect(resident.get_by_role("button", name="Remove the photo")).to_be_visible()
    resident.get_by_label("What did you see or hear?").fill("The door grinds.")
    phone.set_offline(True)
    resident.get_by_role("button", name="Send the report").click()
    expect(resident.get_by_text("Not sent yet")).to_be_visible()
    readable(resident, "a report that waits")
    phone.set_offline(False)
    expect(resident.get_by_text("It is reported.")).to_be_visible()
    assert "/t/" in resident.url
    readable(resident, "a report that is followed")

    board = somebody("dispatcher", "/board/")
    expect(board.get_by_label("Region")).to_be_visible()
    answer = board.request.get(
        "/api/interventions", params={"status": "draft", "limit": "50"}
    ).json()
    (about,) = [each for each in answer["items"] if each["summary"] == "The door grinds."]
    photos = board.request.get(f"/api/interventions/{about['id']}/report_photos").json()["photos"]
    assert len(photos) == 1

    session = board.request.get("/api/session")
    now = session.headers["palier-time"]
    command = {"id": "cancel-it-1", "kind": "cancel", "at": now, "base_version": about["version"]}
    said = board.request.post(
        f"/api/interventions/{about['id']}/commands",
        data=command | {"payload": {"reason": "Mended by the caretaker"}},
        headers={"X-CSRF-Token": session.json()["csrf"], "Idempotency-Key": "cancel-it-1"},
    )
    assert said.ok, said.text()
    expect(resident.get_by_text("This was not taken on.")).to_be_visible(timeout=FOLLOWS)
    phone.close()


def test_somebody_trapped_is_told_to_call_and_the_board_rings(
    label: str, somebody: Somebody, browser: Browser, playwright: Playwright, town: str
) -> None:
    board = somebody("dispatcher", "/board/")
    board.get_by_label("Region").select_option(label="Valls centrals")
    phone = browser.new_context(**playwright.devices["Pixel 7"], base_url=town, locale="fr-FR")
    resident = phone.new_page()
    resident.goto(label)
    resident.get_by_label("Une personne est bloquée").check()
    call = resident.get_by_role("link", name="Appeler le")
    expect(call).to_have_attribute("href", "tel:+376000001")
    readable(resident, "somebody trapped")
    resident.get_by_role("button", name="Donner l’alerte").click()
    expect(resident.get_by_text("C’est signalé.")).to_be_visible()
    expect(board.get_by_text("Somebody is trapped, and nobody goes").first).to_be_visible()
    phone.close()


def test_a_label_half_read_or_replaced_says_so_and_whom_to_call(
    browser: Browser, town: str
) -> None:
    page = browser.new_context(base_url=town, locale="es-ES").new_page()
    for path in ("/q/AV-0021-A", "/q/AV-0021-A#nobody-printed-this"):
        page.goto("about:blank")
        page.goto(path)
        expect(page.get_by_role("heading", name="Esta etiqueta ya no es válida")).to_be_visible()
        expect(page.get_by_role("link", name="Llamar al 112")).to_be_visible()
        readable(page, "an ended label")
    page.goto("/t/nobody-was-given-this")
    expect(page.get_by_role("heading", name="Este enlace ya no es válido")).to_be_visible()
    page.context.close()
