"""From the push to the answer: what a technician taps, with the worker of a real browser."""

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.headquarters import Headquarters
from tests.browser.phones import Handset

# The first notification this phone shows, waited for.
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  for (let tries = 0; tries < 100; tries += 1) {
    const [shown] = await registration.getNotifications();
    if (shown) return {title: shown.title, body: shown.body, tag: shown.tag, path: shown.data.path};
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}"""


def test_a_push_is_answered_with_two_taps_and_declined_with_three(
    phone: Handset, headquarters: Headquarters
) -> None:
    phone.context.grant_permissions(["notifications"])
    phone.opens("/app/")
    phone.is_installed()
    declined = headquarters.sends(phone.person)
    answers = {phone.visit: ["Accept"], declined: ["Decline", "No time for it"]}
    for visit, taps in answers.items():
        said = {
            "title": "New visit",
            "body": "The doors squeal",
            "tag": visit.hex,
            "path": f"/app/visits/{visit}",
        }
        assert _pushed(phone.page, said) == said
        _tapped(phone.page, said["path"])
        assert 1 + len(taps) <= 3
        for tap in taps:
            phone.page.get_by_role("button", name=tap, exact=True).click()
        expect(phone.page.get_by_role("button", name=taps[0], exact=True)).to_have_count(0)
    phone.has_sent_everything()
    statuses = [headquarters.visit(visit)["visit"]["status"] for visit in answers]
    assert statuses == ["accepted", "declined"]


def test_a_phone_says_what_it_lacks_and_what_to_do(phone: Handset) -> None:
    phone.context.grant_permissions(["notifications"])
    page = phone.opens("/app/")
    notice = page.get_by_role("region", name="This phone")
    notice.get_by_role("button", name="Set it up").click()
    sheet = phone.sheet()
    expect(sheet.get_by_text("Choose “Install app”", exact=False)).to_be_visible()
    expect(sheet.get_by_role("button", name="Turn on notifications")).to_be_visible()
    page.keyboard.press("Escape")
    notice.get_by_role("button", name="Later").click()
    page.reload()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    expect(notice).to_have_count(0)


def _pushed(phone: Page, said: dict[str, str]) -> dict[str, Any]:
    """Deliver a message as a push service would; what the phone shows of it."""
    session = phone.context.new_cdp_session(phone)
    origin = phone.evaluate("location.origin")
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            each["registrationId"]
            for each in event["registrations"]
            if each["scopeURL"] == f"{origin}/app/" and not each["isDeleted"]
        ),
    )
    session.send("ServiceWorker.enable")
    for _ in range(300):
        if found:
            break
        phone.wait_for_timeout(100)
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[-1], "data": json.dumps(said)},
    )
    shown: dict[str, Any] = phone.evaluate(SHOWN)
    return shown


def _tapped(phone: Page, path: str) -> None:
    """Tap on the notification: the browser hands the tap to the worker."""
    worker = next(each for each in phone.context.service_workers if each.url.endswith("/sw.js"))
    with phone.expect_navigation(url=f"**{path}"):
        worker.evaluate(
            "self.registration.getNotifications().then(([notification]) => self.dispatchEvent("
            "new NotificationEvent('notificationclick', {notification})))"
        )
