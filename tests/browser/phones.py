"""A technician's phone in a real browser: opened, killed, signed in again, asked what it has."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    FilePayload,
    Locator,
    Page,
    expect,
)
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.bad_network import BadNetwork
from tests.browser.headquarters import PASSWORD, Json, Person

PATIENCE = 60_000
"""Milliseconds: a phone tries again at least once a minute, and this machine may be busy."""


@dataclass(slots=True)
class Handset:
    """A technician's phone: the app in one browser profile, behind a network of its own."""

    context: BrowserContext
    network: BadNetwork
    person: Person
    visit: UUID
    """What they were sent to."""
    page: Page = field(init=False)
    _storage: CDPSession | None = None

    def opens(self, path: str | None = None, *, room: int | None = None) -> Page:
        """Open the visit in another tab; `room` is how many bytes the system lets the app keep."""
        self.page = self.context.new_page()
        if room is not None:
            self.has_room_for(room)
        self.page.goto(path or f"/app/visits/{self.visit}")
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

    def does(self, *steps: str) -> None:
        """Press what is offered, one after the other."""
        for step in steps:
            self.button(step).click()
            expect(self.button(step)).to_have_count(0)

    def completes(self) -> None:
        """Close the visit on the screen."""
        self.fills_in()
        self.sheet().get_by_role("button", name="Complete").click()

    def fills_in(self) -> None:
        """Answer the form that closes the visit on the screen, all but the last tap."""
        self.button("Complete").click()
        sheet = self.sheet()
        sheet.get_by_label("Cause").select_option(label="Doors")
        sheet.get_by_label("What you did").fill("Door contact cleaned.")
        runs = sheet.get_by_text("Yes", exact=True)
        if runs.is_visible():
            runs.click()
        for item in sheet.get_by_role("checkbox").all():
            item.click()
        for reading in sheet.get_by_label(re.compile(r"\(mm\)")).all():
            reading.fill("4")
            sheet.get_by_role("button", name="Keep").click()
            expect(sheet.get_by_role("button", name="Keep")).to_have_count(0)

    def notes(self, words: str) -> None:
        """Write something down about the visit on the screen."""
        self.page.locator("main").get_by_role("button", name="More").click()
        self.sheet().get_by_role("button", name="Add a note").click()
        self.sheet().get_by_role("textbox").fill(words)
        self.sheet().get_by_role("button", name="Add a note").click()
        expect(self.page.get_by_text(words)).to_be_visible()

    def photographs(self, *colours: str) -> None:
        """Choose pictures just taken; each is kept at once."""
        evidence = self.page.locator("section[aria-labelledby=evidence]")
        kept = evidence.get_by_role("listitem")
        pictures = [picture(colour) for colour in colours]
        before = kept.count()
        evidence.locator("input[type=file][multiple]").set_input_files(pictures)
        expect(kept).to_have_count(before + len(colours))

    def signs_in_again(self) -> None:
        """Answer the notice that the session has ended."""
        self.page.get_by_role("button", name="Sign in").first.click()
        sheet = self.sheet()
        sheet.get_by_label("E-mail").fill(self.person.email)
        sheet.get_by_label("Password").fill(PASSWORD)
        sheet.get_by_role("button", name="Sign in").click()

    def has_sent_everything(self) -> None:
        """The phone says so itself, of what was done and of what was photographed."""
        expect(self.page.get_by_text("All sent").first).to_be_visible(timeout=PATIENCE)
        expect(self.page.get_by_text("still on this phone")).to_have_count(0, timeout=PATIENCE)

    def finds_an_update(self) -> None:
        """The browser looks for a newer version until the app offers it."""
        offered = self.page.get_by_role("button", name="Use it now")
        for _ in range(6):
            # A look that is under way already may have seen the old one.
            self.page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")
            with suppress(TooLong):
                return offered.wait_for(timeout=5_000)
        expect(offered).to_be_visible()
        return None

    def has_room_for(self, size: int | None) -> None:
        """What the system lets the app keep from now on, in bytes; None is plenty."""
        told = {"origin": self.network.address, **({} if size is None else {"quotaSize": size})}
        # It holds as long as the session that asked for it.
        self._storage = self._storage or self.context.new_cdp_session(self.page)
        self._storage.send("Storage.overrideQuotaForOrigin", told)

    def is_full(self) -> None:
        """Nothing more is kept. The browser looks only when asked for more than it remembers."""
        self.has_room_for(1)
        assert self.page.evaluate(_FILL) == "QuotaExceededError"

    def unsent(self) -> int:
        """How many commands lie in the phone's own storage."""
        number: int = self.page.evaluate(_COUNT, f"palier-{self.person.account}")
        return number


def picture(colour: str) -> FilePayload:
    """A photo as a camera leaves it."""
    written = BytesIO()
    Image.new("RGB", (2000, 1500), colour).save(written, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


_COUNT = """name => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction('outbox').objectStore('outbox').count();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""


_FILL = """() => new Promise((resolve) => {
  const opening = indexedDB.open('too much');
  opening.onupgradeneeded = () => opening.result.createObjectStore('bytes');
  opening.onsuccess = () => {
    const writing = opening.result.transaction('bytes', 'readwrite');
    writing.objectStore('bytes').put(new Uint8Array(2 ** 24), 1);
    writing.onabort = () => { opening.result.close(); resolve(writing.error.name); };
    writing.oncomplete = () => { opening.result.close(); resolve('written'); };
  };
})"""
LITTLE = 2**23


@contextmanager
def handset(
    browser: Browser, device: Json, network: BadNetwork, person: Person, visit: UUID
) -> Iterator[Handset]:
    """A phone on which its technician is signed in; the app is not open yet."""
    context = browser.new_context(
        base_url=network.address, locale="en-GB", reduced_motion="reduce", **device
    )
    who = {"email": person.email, "password": PASSWORD}
    answer = context.request.post("/api/session", data=json.dumps(who), headers=_JSON)
    assert answer.ok, answer.text()
    try:
        yield Handset(context, network, person, visit)
    finally:
        context.close()


_JSON = {"Content-Type": "application/json"}
