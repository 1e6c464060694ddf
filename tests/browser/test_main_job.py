"""The main job, played by three people at once: a call, a visit, a lift that runs again."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Somebody

LIFT = "AV-0004-A"
TECHNICIAN = "Aina Ribera"


def test_a_call_becomes_a_visit_and_the_manager_sees_the_lift_come_back(
    somebody: Somebody,
) -> None:
    dispatcher = somebody("dispatcher", "/board/")
    technician = somebody("technician", "/app/", phone=True)
    manager = somebody("manager", "/portal/")
    _shell_is_kept(technician)

    site = _report(dispatcher, LIFT, "Stuck between floors, nobody inside")
    expect(manager.get_by_text(re.compile("out of service")).first).to_be_visible()

    _send(dispatcher, TECHNICIAN)
    expect(technician.get_by_text(site).first).to_be_visible()

    _open(technician, site)
    _do(technician, "Accept")
    expect(manager.get_by_text(re.compile("Aina arrives")).first).to_be_visible()

    expect(technician.get_by_text("Accepted", exact=True)).to_be_visible()
    expect(technician.get_by_text("Not sent yet")).to_have_count(0)
    technician.context.set_offline(True)
    _do(technician, "Start travel")
    _do(technician, "I am here")
    _do(technician, "Start work")
    expect(technician.get_by_role("button", name=re.compile("Offline · 3"))).to_be_visible()
    technician.reload()
    expect(technician.get_by_role("button", name="Complete")).to_be_visible()
    expect(manager.get_by_text(re.compile("Aina is on site"))).to_have_count(0)

    technician.context.set_offline(False)
    expect(manager.get_by_text(re.compile("Aina (is|has been) on site")).first).to_be_visible()

    _do(technician, "Complete")
    technician.get_by_label("Cause").select_option(label="Doors")
    technician.get_by_label("What you did").fill("Door contact cleaned and adjusted.")
    technician.get_by_text("Yes", exact=True).click()
    form = technician.get_by_role("dialog")
    form.get_by_role("button", name="Complete").click()
    expect(form.get_by_text(re.compile("Still to answer"))).to_be_visible()
    for item in form.get_by_role("checkbox").all():
        item.click()
    expect(form.get_by_text(re.compile("Still to answer"))).to_be_hidden()
    form.get_by_role("button", name="Complete").click()
    expect(manager.get_by_role("heading", name="All 38 lifts work.")).to_be_visible()

    manager.get_by_role("button", name=re.compile("Notices")).click()
    notices = manager.get_by_role("dialog")
    for words in ("reported", "is on the way", "has arrived", "It works again"):
        expect(notices.get_by_text(re.compile(words)).first).to_be_visible()


def _shell_is_kept(phone: Page) -> None:
    """Installed and in control, as after one visit with signal."""
    phone.evaluate("navigator.serviceWorker.ready.then(r => !!r.active)")
    phone.reload()
    phone.wait_for_function("!!navigator.serviceWorker.controller")


def _report(board: Page, lift: str, summary: str) -> str:
    """Take the call; the name of the lift's site."""
    board.get_by_role("button", name="Report a call").click()
    form = board.get_by_role("dialog", name="Report a call")
    form.get_by_role("combobox", name="Lift or site").fill(lift)
    form.get_by_role("option", name=re.compile(lift)).click()
    form.get_by_text("Out of service").click()
    form.get_by_label("What is wrong").fill(summary)
    chosen = form.get_by_role("status").locator("strong").inner_text()
    site, _, _ = chosen.rpartition(", ")
    form.get_by_role("button", name="Save and find a technician").click()
    return site


def _send(board: Page, technician: str) -> None:
    who = board.get_by_role("dialog", name="Who should go")
    who.get_by_role("button", name=re.compile(technician)).click()
    expect(who.get_by_role("heading", name=re.compile(f"{technician} arrives"))).to_be_visible()
    who.get_by_role("button", name=f"Send {technician}").click()
    expect(who).to_be_hidden()


def _open(phone: Page, site: str) -> None:
    phone.get_by_role("link", name=re.compile(re.escape(site))).first.click()


def _do(phone: Page, step: str) -> None:
    phone.get_by_role("button", name=step, exact=True).click()
