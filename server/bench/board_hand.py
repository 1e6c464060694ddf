"""The hand at the board: opens it, scrolls, drags, and reads the page's own clock.

The browser is a real Chromium on a desk's screen, led by Playwright. Frames are judged by the
processor time of the page's main thread, which other work on the machine does not lengthen, and
by the wall.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from server.bench.chromium import found
from server.bench.client import EMAIL, PASSWORD
from server.bench.figures import Spread, spread
from server.bench.refusals import BrowserMissing

if TYPE_CHECKING:
    from playwright.sync_api import Page

BUILT = Path(__file__).parents[1] / "pages" / "built"
SCREEN = (1440, 900)
FRAMES = 120
LONG = 0.05  # seconds a task may take before it is felt
# The instant at which the first bars stood on the screen: two pictures after they were made.
WATCH = """
window.firstBars = new Promise((tell) => {
  const look = () => document.querySelector('[data-visit]')
    ? requestAnimationFrame(() => setTimeout(() => tell(performance.now())))
    : requestAnimationFrame(look);
  look();
});
"""
SCROLL = """async (frames) => {
  const rows = document.querySelector('[role=grid]');
  const step = (rows.scrollHeight - rows.clientHeight) / frames;
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < frames; frame += 1) {
    rows.scrollTop += step;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
  }
  return gaps;
}"""
COUNT = """() => { window.gaps = []; let before = performance.now();
  const look = (now) => { window.gaps.push(now - before); before = now;
    if (!window.stopped) requestAnimationFrame(look); };
  window.stopped = false; requestAnimationFrame(look); }"""
COLOURED = """() => { window.coloured = new Promise((tell, fail) =>
  addEventListener('pointerdown', () => {
  setTimeout(() => fail(new Error('no row told where the visit can be')), 60000);
  const pressed = performance.now();
  const look = () => document.querySelector('.bands.asked')
    ? tell(performance.now() - pressed) : requestAnimationFrame(look);
  look();
}, { capture: true, once: true })); }"""
# Where a visit that may be moved can be pressed and led 480 pixels down: the first whose place is
# its own, for others are drawn too that are not in view.
PLACE = """async () => {
  const rows = document.querySelector('[role=grid]');
  rows.scrollTop = 0;
  for (;;) {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    for (const bar of rows.querySelectorAll('[data-visit][aria-label*=Dispatched]')) {
      const { left, top, width, height } = bar.getBoundingClientRect();
      const [x, y] = [left + Math.min(20, width / 2), top + height / 2];
      const seen = document.elementFromPoint(x, y)?.closest('[data-visit]') === bar;
      if (seen && y < innerHeight / 2) return [x, y];
    }
    const before = rows.scrollTop;
    rows.scrollTop += rows.clientHeight / 3;
    if (rows.scrollTop === before) throw new Error('no visit in view may be moved');
  }
}"""
# An urgent call: report, four letters of the lift, the first that is found, somebody trapped, on to
# who should go, the first of them, send.
CALL_KEYS = ("n", "0", "0", "0", "4", "Enter", "1", "Enter", "1", "Enter")
KEY_SECONDS = 0.15
CALL_DIALOGS = ("Report a call", "Who should go")
FOUND_AT, CHOSEN_AT = 5, 8  # keys that wait for what is found
# A new call may stand further down than the queue shows; its number above the queue is always seen.
EXPECT = """() => { window.seenAt = new Promise((tell) => {
  const count = () => document.getElementById('queue-title').textContent;
  const before = count();
  const look = () => count() === before ? requestAnimationFrame(look)
    : tell(performance.timeOrigin + performance.now());
  look(); }); }"""


@dataclass(frozen=True, slots=True)
class Frames:
    """Pictures while something moves: apart on the wall, work for each, and tasks that are felt."""

    apart: Spread
    work: Spread
    longest_task_ms: float
    long_tasks: int


@contextmanager
def hand(port: int, folder: Path) -> Iterator["BoardHand"]:
    """A dispatcher, signed in. Refuses with `browser_missing`."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only checkouts have it
    except ImportError as error:
        raise BrowserMissing("Playwright") from error
    path = found()
    if path is None:
        raise BrowserMissing("Chromium")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=path,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            locale="en-GB",
            reduced_motion="reduce",
            viewport={"width": SCREEN[0], "height": SCREEN[1]},
        )
        try:
            board = BoardHand(context.new_page(), f"http://localhost:{port}/board/")
            board.sign_in()
            yield board
        finally:
            context.close()


class BoardHand:
    """One board on a screen; every figure in seconds by the page's own clock."""

    def __init__(self, page: "Page", home: str) -> None:
        self._page, self._home = page, home
        self._devtools = page.context.new_cdp_session(page)

    def sign_in(self) -> None:
        self._page.goto(self._home)
        self._page.get_by_label("E-mail").fill(EMAIL)
        self._page.get_by_label("Password").fill(PASSWORD)
        self._page.get_by_role("button", name="Sign in").click()
        self._page.locator("[data-visit]").first.wait_for()
        self._page.evaluate("navigator.serviceWorker?.ready.then(() => 0)")
        self._page.add_init_script(WATCH)

    def opens(self, region: str) -> float:
        """From leaving for the address until the first bars are on the screen."""
        self._page.goto("about:blank")
        self._page.goto(f"{self._home}#region={region}", wait_until="commit")
        return float(self._page.evaluate("window.firstBars")) / 1000

    def works_to_open(self, region: str) -> float:
        """The work of the page's main thread until then."""
        with self._traced() as tasks:
            self.opens(region)
        return sum(tasks)

    def elements(self) -> int:
        return int(self._page.evaluate("document.querySelectorAll('*').length"))

    def script_kilobytes(self) -> float:
        """Scripts loaded for the first sight, as they travel compressed by brotli."""
        names: list[str] = self._page.evaluate(
            "performance.getEntriesByType('resource').map(({name}) => new URL(name).pathname)"
        )
        files = [BUILT / name.lstrip("/") for name in names if name.endswith(".js")]
        sizes = [Path(f"{each}.br").stat().st_size for each in files if Path(f"{each}.br").exists()]
        return round(sum(sizes) / 1000, 1)

    def scrolls(self) -> Frames:
        """From the first technician to the last in so many pictures."""
        with self._traced() as tasks:
            gaps: list[float] = self._page.evaluate(SCROLL, FRAMES)
        return _frames(gaps, tasks)

    def drags(self) -> Frames:
        """A bar taken up and led over the rows."""
        mouse = self._page.mouse
        x, y = self._takes()
        self._page.wait_for_timeout(800)  # the verdicts are fetched once, when it is taken up
        with self._traced() as tasks:
            self._page.evaluate(COUNT)
            for step in range(FRAMES):
                mouse.move(x + 8 + step % 40, y + 4 + step * 4)
            gaps: list[float] = self._page.evaluate("(window.stopped = true, window.gaps.slice(1))")
        self._page.keyboard.press("Escape")
        mouse.up()
        return _frames(gaps, tasks)

    def colours(self) -> float:
        """From pressing a bar until the rows in view tell where it can be."""
        self._page.evaluate(COLOURED)
        self._takes()
        seconds = float(self._page.evaluate("window.coloured")) / 1000
        self._page.keyboard.press("Escape")
        self._page.mouse.up()
        self._page.wait_for_timeout(500)  # what was still asked about the other rows is answered
        return seconds

    def _takes(self) -> tuple[float, float]:
        """A visit that may be moved is pressed and pulled; where the pointer was before."""
        x, y = self._page.evaluate(PLACE)
        mouse = self._page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + 8, y + 4)
        return x, y

    def calls(self) -> float:
        """An urgent call by keys, each some time after the last, until somebody is sent."""
        page = self._page
        form, who = (page.get_by_role("dialog", name=each) for each in CALL_DIALOGS)
        begun = perf_counter()
        for place, key in enumerate(CALL_KEYS):
            if place == FOUND_AT:
                form.get_by_role("option").first.wait_for()
            elif place == CHOSEN_AT:
                who.get_by_role("listitem").first.wait_for()
            page.wait_for_timeout(KEY_SECONDS * 1000)
            page.keyboard.press(key)
        who.wait_for(state="hidden")
        return perf_counter() - begun

    def expects(self) -> None:
        """Begin to look for one more call, or one less."""
        self._page.evaluate(EXPECT)

    def saw(self) -> float:
        """When it stood on the page, in seconds since 1970."""
        return float(self._page.evaluate("window.seenAt")) / 1000

    @contextmanager
    def _traced(self) -> Iterator[list[float]]:
        """Fills the list with the processor seconds of every task of the page's main thread."""
        tasks: list[float] = []
        events: list[dict[str, Any]] = []
        self._devtools.on("Tracing.dataCollected", lambda given: events.extend(given["value"]))
        ended: list[bool] = []
        self._devtools.on("Tracing.tracingComplete", lambda _: ended.append(True))
        categories = "devtools.timeline,disabled-by-default-devtools.timeline,toplevel,__metadata"
        self._devtools.send(
            "Tracing.start", {"categories": categories, "transferMode": "ReportEvents"}
        )
        yield tasks
        self._devtools.send("Tracing.end")
        while not ended:
            self._page.wait_for_timeout(50)
        tasks.extend(_main_tasks(events))


def _main_tasks(events: Sequence[dict[str, Any]]) -> list[float]:
    """Processor seconds of the tasks of the busiest main thread of a page."""
    mains = {
        (each["pid"], each["tid"])
        for each in events
        if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"
    }
    by_thread: dict[tuple[int, int], list[float]] = {each: [] for each in mains}
    for each in events:
        place = (each["pid"], each["tid"])
        if each["name"] == "RunTask" and place in by_thread:
            by_thread[place].append(each.get("tdur", each.get("dur", 0)) / 1e6)
    return max(by_thread.values(), key=sum, default=[])


def _frames(gaps: Sequence[float], tasks: Sequence[float]) -> Frames:
    """Gaps in milliseconds, tasks in seconds; each picture is at most one task of note."""
    noted = sorted(tasks)[-len(gaps) :] or [0.0]
    return Frames(
        apart=spread([each / 1000 for each in gaps]),
        work=spread(noted),
        longest_task_ms=round(max(noted) * 1000, 1),
        long_tasks=sum(each > LONG for each in tasks),
    )
