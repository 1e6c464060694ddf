"""A technician's phone in a real browser: opened, killed, signed in again, asked what it has."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.headquarters import PASSWORD, Person

PATIENCE = 60_000
"""Milliseconds: a phone tries again at least once a minute, and this machine may be busy."""


@dataclass(slots=True)
class Handset:
    """A technician's phone: the app in one browser profile, behind a network of its own."""

    context: BrowserContext
    network: BadNetwork
    person: Person
    page: Page = field(init=False)

    def opens(self, path: str = "/app/") -> Page:
        """Open the app in another tab, as from its icon."""
        self.page = self.context.new_page()
        self.page.goto(path)
        return self.page

    def is_installed(self) -> None:
        """The shell is kept and in control, as after one visit with signal."""
        self.page.evaluate("navigator.serviceWorker.ready.then(r => !!r.active)")
        self.page.reload()
        self.page.wait_for_function("!!navigator.serviceWorker.controller")

    def dies(self) -> None:
        """The system takes the app away in the middle of whatever it does."""
        browser = self.context.browser
        assert browser is not None
        asked = browser.new_browser_cdp_session()
        for process in asked.send("SystemInfo.getProcessInfo")["processInfo"]:
            if process["type"] == "renderer":
                with suppress(ProcessLookupError):
                    os.kill(process["id"], signal.SIGKILL)
        asked.detach()
        for page in self.context.pages:
            page.close(run_before_unload=False)

    def button(self, name: str) -> Locator:
        """A button of the page itself, not of a sheet above it."""
        return self.page.locator("main").get_by_role("button", name=name, exact=True)

    def sheet(self) -> Locator:
        return self.page.get_by_role("dialog")

    def signs_in_again(self) -> None:
        """Answer the notice that the session has ended."""
        self.page.get_by_role("button", name="Sign in").first.click()
        sheet = self.sheet()
        sheet.get_by_label("E-mail").fill(self.person.email)
        sheet.get_by_label("Password").fill(PASSWORD)
        sheet.get_by_role("button", name="Sign in").click()

    def has_sent_everything(self) -> None:
        """The phone says so itself."""
        expect(self.page.get_by_text("All sent").first).to_be_visible(timeout=PATIENCE)

    def unsent(self) -> int:
        """How many commands lie in the phone's own storage."""
        number: int = self.page.evaluate(_COUNT, f"palier-{self.person.account}")
        return number


_COUNT = """name => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction('outbox').objectStore('outbox').count();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""


@contextmanager
def handset(
    browser: Browser, playwright: Playwright, network: BadNetwork, person: Person, **options: Any
) -> Iterator[Handset]:
    """A phone on which its technician is signed in; the app is not open yet."""
    device = {**playwright.devices["Pixel 7"], "locale": "en-GB", "reduced_motion": "reduce"}
    context = browser.new_context(base_url=network.address, **device, **options)
    who = {"email": person.email, "password": PASSWORD}
    answer = context.request.post("/api/session", data=json.dumps(who), headers=_JSON)
    assert answer.ok, answer.text()
    try:
        yield Handset(context, network, person)
    finally:
        context.close()


_JSON = {"Content-Type": "application/json"}
