"""A technician's phone in a real browser: opened, killed, signed in again, asked what it has."""

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import TemporaryDirectory
from time import sleep
from uuid import UUID

from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    CDPSession,
    FilePayload,
    Locator,
    Page,
    expect,
)
from playwright.sync_api import TimeoutError as TooLong

from tests.browser.bad_network import BadNetwork
from tests.browser.headquarters import PASSWORD, Json, Person

NOTICES_WITHIN = 3000  # tries of a hundredth of a second
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
    room: int | None = None
    """How many bytes the system lets the app keep in the tabs that are opened from now on."""
    starts: Callable[[], BrowserContext] | None = None
    """The browser once more on the same disk, where it has one."""
    _storage: CDPSession | None = None

    def opens(self, path: str | None = None) -> Page:
        """Open the visit in another tab."""
        self.page, self._storage = self.context.new_page(), None
        if self.room is not None:
            self.has_room_for(self.room)
        self.page.goto(path or f"/app/visits/{self.visit}")
        return self.page

    def is_installed(self) -> None:
        """The shell is kept and in control, as after one visit with signal."""
        self.page.evaluate("navigator.serviceWorker.ready.then(r => !!r.active)")
        self.page.reload()
        self.page.wait_for_function("!!navigator.serviceWorker.controller")

    def dies(self) -> None:
        """The system takes the app away in the middle of whatever it does.

        What is opened before the browser has noticed may be lost too, and never answer.
        """
        asked = self._browser.new_browser_cdp_session()
        killed = _kill(asked, "renderer")
        for _ in range(NOTICES_WITHIN):
            if killed.isdisjoint(_processes(asked, "renderer")):
                break
            sleep(0.01)
        else:
            raise AssertionError("the browser does not notice that its pages have died")
        asked.detach()
        for page in self.context.pages:
            page.close(run_before_unload=False)

    def was_used_before(self) -> None:
        """It was put away in good order since: who is signed in has reached its disk."""
        assert self.starts is not None
        self.context.close()
        self.context = self.starts()

    def loses_power(self) -> None:
        """The whole browser ends at once, and is started again on what its disk holds."""
        assert self.starts is not None
        _kill(self._browser.new_browser_cdp_session(), "browser")
        self.context = self.starts()

    @property
    def _browser(self) -> Browser:
        browser = self.context.browser
        assert browser is not None
        return browser

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
        pictures = [picture(one, is_grainy=one == colours[0]) for one in colours]
        before = kept.count()
        evidence.locator("input[type=file][multiple]").set_input_files(pictures)
        expect(kept).to_have_count(before + len(colours))

    def has_signed(self, name: str) -> None:
        """Somebody lets their name stand for their signature."""
        self.button("Have it signed").click()
        self.sheet().get_by_label("Name of who signs").fill(name)
        self.sheet().get_by_role("button", name="Use the name").click()
        self.sheet().get_by_role("button", name="Keep signature").click()
        expect(self.sheet()).to_have_count(0)

    def pauses(self, reason: str) -> None:
        """Stop working on the visit on the screen, for a reason that asks for no words."""
        self.page.locator("main").get_by_role("button", name="More").click()
        self.sheet().get_by_role("button", name="Pause").click()
        self.sheet().get_by_role("button", name=reason).click()
        expect(self.button("Resume")).to_be_visible()

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
        """Nothing more is kept. The browser remembers for a while how much room there was."""
        self.has_room_for(1)
        for _ in range(30):
            if self.page.evaluate(_FILL) == "QuotaExceededError":
                return
            self.page.wait_for_timeout(2_000)
        raise AssertionError("the browser keeps on storing")

    def last_number(self) -> int:
        """What the phone gave its latest command."""
        number: int = self.page.evaluate(_LAST, f"palier-{self.person.account}")
        return number

    def unsent(self) -> int:
        """How many commands lie in the phone's own storage."""
        number: int = self.page.evaluate(_COUNT, f"palier-{self.person.account}")
        return number


def picture(colour: str, *, is_grainy: bool = False) -> FilePayload:
    """A photo as a camera leaves it; grain makes it too large for one piece."""
    taken = Image.new("RGB", SIZE, colour)
    if is_grainy:
        taken = Image.blend(taken, Image.effect_noise(SIZE, 60).convert("RGB"), 0.3)
    written = BytesIO()
    taken.save(written, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


SIZE = (2000, 1500)
_COUNT = """name => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction('outbox').objectStore('outbox').count();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""
_LAST = """name => new Promise((resolve, reject) => {
  const opening = indexedDB.open(name);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction('kept').objectStore('kept').get('sequence');
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result?.value ?? 0); };
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
    context = browser.new_context(base_url=network.address, **device, **_SETTINGS)
    phone = Handset(context, network, person, visit)
    _signs_in(phone)
    try:
        yield phone
    finally:
        context.close()


@contextmanager
def phone_with_a_disk(
    kind: BrowserType, settings: Json, network: BadNetwork, person: Person, visit: UUID
) -> Iterator[Handset]:
    """The same in a browser of its own: what it keeps outlives it."""

    def starts() -> BrowserContext:
        return kind.launch_persistent_context(
            folder, base_url=network.address, **settings, **_SETTINGS
        )

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        phone = Handset(starts(), network, person, visit, starts=starts)
        _signs_in(phone)
        try:
            yield phone
        finally:
            phone.context.close()


def _processes(asked: CDPSession, kind: str) -> set[int]:
    told = asked.send("SystemInfo.getProcessInfo")["processInfo"]
    return {process["id"] for process in told if process["type"] == kind}


def _kill(asked: CDPSession, kind: str) -> set[int]:
    found = _processes(asked, kind)
    for process in found:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return found


def _signs_in(phone: Handset) -> None:
    who = {"email": phone.person.email, "password": PASSWORD}
    answer = phone.context.request.post("/api/session", data=json.dumps(who), headers=_JSON)
    assert answer.ok, answer.text()


_JSON = {"Content-Type": "application/json"}
_SETTINGS: Json = {"locale": "en-GB", "reduced_motion": "reduce"}
