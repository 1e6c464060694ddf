"""The hand that holds the phone: signs in, takes the net away, taps, reads the page's own clock.

The browser is a real Chromium with a phone's screen and touch, led by Playwright.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from server.bench.chromium import found
from server.bench.client import PASSWORD
from server.bench.demo_server import free_port
from server.bench.refusals import BrowserMissing

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

DEVICE = "Pixel 7"
FASTEST = 0.016  # seconds; the browser reports no tap that was answered within one picture
# Every press that changed anything, with the milliseconds until the next picture.
WATCH = """
window.presses = [];
new PerformanceObserver((list) => window.presses.push(...list.getEntries()
  .filter(({name}) => name === 'click').map(({duration}) => duration)))
  .observe({type: 'event', durationThreshold: 16, buffered: true});
"""
PAINTED = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"""
# Notes when the current visit has been drawn.
SEES_DAY = """
new MutationObserver((_, watch) => {
  if (!document.querySelector('article a')) return;
  watch.disconnect();
  requestAnimationFrame(() => setTimeout(() => performance.mark('day')));
}).observe(document, {childList: true, subtree: true});
"""
DAY = "() => performance.getEntriesByName('day')[0]?.startTime ?? null"
SENT = """async (words) => {
  const begun = performance.now();
  const buttons = () => [...document.querySelectorAll('header button')];
  while (!buttons().some((each) => each.textContent.includes(words)))
    await new Promise((next) => setTimeout(next, 5));
  return (performance.now() - begun) / 1000;
}"""


def can_hold() -> bool:
    """Tell whether there is a browser to hold, and something to lead it by."""
    return find_spec("playwright") is not None and found() is not None


@contextmanager
def hand(address: str, email: str, folder: Path) -> Iterator["Hand"]:
    """A phone of this account, signed in and ready for a day without net.

    Refuses with `browser_missing`.
    """
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only checkouts have it
    except ImportError as error:
        raise BrowserMissing("Playwright") from error
    path = found()
    if path is None:
        raise BrowserMissing("Chromium")
    port = free_port()
    with sync_playwright() as playwright:
        device: dict[str, Any] = dict(playwright.devices[DEVICE])
        device.pop("default_browser_type", None)

        def taken_up() -> "BrowserContext":
            return playwright.chromium.launch_persistent_context(
                folder,
                executable_path=path,
                args=["--no-sandbox", "--disable-dev-shm-usage", f"--remote-debugging-port={port}"],
                locale="en-GB",
                reduced_motion="reduce",
                **device,
            )

        held = Hand(taken_up, address, port)
        try:
            held.sign_in(email)
            yield held
        finally:
            held.put_down()


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until anything is painted, and until the day's current visit is."""

    painted: float
    day: float


class Hand:
    """One phone; every figure in seconds by the page's own clock. `port` is its debugging port."""

    def __init__(self, take_up: "Callable[[], BrowserContext]", address: str, port: int) -> None:
        self.port = port
        self._take_up = take_up
        self._context = take_up()
        self._home = f"{address}/app/"

    def put_down(self) -> None:
        """Close the browser; what the page keeps stays."""
        self._context.close()

    def sign_in(self, email: str) -> None:
        """Sign in, and wait until the page can be opened without net."""
        page = self._context.new_page()
        page.goto(self._home)
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="Details").wait_for()
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        page.close()

    def starts_offline(self, speed: int) -> Start:
        """Started without net, in a browser started anew."""
        self.put_down()
        self._context = self._take_up()
        self._context.set_offline(offline=True)
        page = self._opened(speed)
        page.add_init_script(SEES_DAY)
        page.goto(self._home)
        page.get_by_role("link", name="Details").wait_for()
        painted, day = (page.wait_for_function(each).json_value() for each in (PAINTED, DAY))
        page.close()
        self._context.set_offline(offline=False)
        return Start(painted=float(painted) / 1000, day=float(day) / 1000)

    def taps(self, speed: int, times: int) -> list[float]:
        """From a tap to the next picture: into a visit, its choices, out of them and back."""
        page = self._opened(speed)
        page.add_init_script(WATCH)
        page.goto(self._home)
        page.get_by_role("link", name="Details").wait_for()
        pressed = 0
        for _ in range(times):
            page.get_by_role("link", name="Details").tap()
            page.get_by_role("button", name="More").tap()
            page.get_by_role("dialog", name="More").wait_for()
            page.keyboard.press("Escape")
            page.get_by_role("link", name="Today").tap()
            page.get_by_role("link", name="Details").wait_for()
            pressed += 3
        page.wait_for_timeout(200)  # the last press is reported a picture later
        presses: list[float] = page.evaluate("window.presses")
        page.close()
        unreported = max(0, pressed - len(presses))
        return [each / 1000 for each in presses] + [FASTEST] * unreported

    def sends(self, count: int) -> float:
        """Write so many notes without net; from its return until all are acknowledged."""
        page = self._opened()
        page.goto(self._home)
        page.get_by_role("link", name="Details").click()
        self._context.set_offline(offline=True)
        for number in range(count):
            page.get_by_role("button", name="More").click()
            page.get_by_role("button", name="Add a note", exact=True).click()
            page.get_by_role("dialog").get_by_label("Note").fill(f"{number}")
            page.get_by_role("dialog").get_by_role("button", name="Add a note").click()
            page.get_by_role("dialog").wait_for(state="hidden")
        page.get_by_role("button", name=f"Offline · {count}").wait_for()
        self._context.set_offline(offline=False)
        seconds = float(page.evaluate(SENT, "All sent"))
        page.close()
        return seconds

    def _opened(self, speed: int = 1) -> "Page":
        page = self._context.new_page()
        devtools = self._context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": speed})
        return page
