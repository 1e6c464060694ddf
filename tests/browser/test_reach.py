"""From the push to the answer: what a technician taps, with the worker of a real browser."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Somebody
from tests.browser.test_main_job import _report, _send

LIFTS = ("AV-0004-A", "AV-0005-A")
TECHNICIAN = "Aina Ribera"
# The first notification this phone shows, waited for.
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  for (let tries = 0; tries < 100; tries += 1) {
    const [shown] = await registration.getNotifications();
    if (shown) return {title: shown.title, body: shown.body, tag: shown.tag, path: shown.data.path};
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}"""
ALLOWED = {"permissions": ["notifications"]}


def test_a_push_is_answered_with_two_taps_and_declined_with_three(somebody: Somebody) -> None:
    dispatcher = somebody("dispatcher", "/board/")
    phone = somebody("technician", "/app/", phone=True, **ALLOWED)
    _worker_is_there(phone)

    for lift, taps in zip(LIFTS, (["Accept"], ["Decline", "No time for it"]), strict=True):
        site = _report(dispatcher, lift, "Stands still")
        _send(dispatcher, TECHNICIAN)
        link = phone.get_by_role("link", name=re.compile(re.escape(site))).first
        path = link.get_attribute("href")
        assert path is not None
        said = {"title": "New visit", "body": site, "tag": path, "path": path}
        assert _pushed(phone, said) == said
        _tapped(phone, path)
        expect(phone.get_by_role("heading", name=site)).to_be_visible()
        for tap in taps:
            phone.get_by_role("button", name=tap, exact=True).click()
        assert 1 + len(taps) <= 3
    expect(phone.get_by_text("Declined").first).to_be_visible()


def test_a_phone_says_what_it_lacks_and_what_to_do(somebody: Somebody) -> None:
    phone = somebody("technician", "/app/", phone=True, **ALLOWED)
    notice = phone.get_by_role("region", name="This phone")
    notice.get_by_role("button", name="Set it up").click()
    sheet = phone.get_by_role("dialog", name="This phone")
    expect(sheet.get_by_text("Choose “Install app”", exact=False)).to_be_visible()
    expect(sheet.get_by_role("button", name="Turn on notifications")).to_be_visible()
    phone.keyboard.press("Escape")
    notice.get_by_role("button", name="Later").click()
    phone.reload()
    expect(phone.get_by_role("heading", name="Today")).to_be_visible()
    expect(notice).to_have_count(0)


def _worker_is_there(phone: Page) -> None:
    phone.evaluate("navigator.serviceWorker.ready.then(r => !!r.active)")
    phone.reload()
    phone.wait_for_function("!!navigator.serviceWorker.controller")


def _pushed(phone: Page, said: dict[str, str]) -> dict[str, Any]:
    """Deliver a message as a push service would; what the phone shows of it."""
    session = phone.context.new_cdp_session(phone)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            each["registrationId"]
            for each in event["registrations"]
            if each["scopeURL"].endswith("/app/") and not each["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    phone.wait_for_timeout(200)
    origin = phone.evaluate("location.origin")
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[-1], "data": json.dumps(said)},
    )
    shown: dict[str, Any] = phone.evaluate(SHOWN)
    return shown


def _tapped(phone: Page, path: str) -> None:
    """Tap on the notification: the browser hands the tap to the worker."""
    (worker,) = (each for each in phone.context.service_workers if each.url.endswith("/app/sw.js"))
    with phone.expect_navigation(url=f"**{path}"):
        worker.evaluate(
            "self.registration.getNotifications().then(([notification]) => self.dispatchEvent("
            "new NotificationEvent('notificationclick', {notification})))"
        )
