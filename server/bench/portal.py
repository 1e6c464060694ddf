"""How soon a manager's page follows: from a call the office takes to the page that counts it.

A real server and a real Chromium share the machine; with audits, Lighthouse looks at the same page.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from server.bench.chromium import found
from server.bench.client import PASSWORD, Client, signed_in
from server.bench.demo_server import free_port, running_demo
from server.bench.figures import Progress, Spread, silent, spread
from server.bench.lighthouse import Audit, audited
from server.bench.refusals import BrowserMissing

if TYPE_CHECKING:
    from playwright.sync_api import Page

MANAGER = "manager@demo.palier"
TOLD = "number => document.querySelector('header .count')?.textContent === String(number)"
UNREAD = "() => Number(document.querySelector('header .count')?.textContent ?? 0)"
WIDE = {"width": 1280, "height": 900}


@dataclass(frozen=True, slots=True)
class PortalFigures:
    """From before the office sends a call until the manager's page has counted it."""

    follows: Spread
    audits: tuple[Audit, ...]


def measure(*, times: int, audits: int, progress: Progress = silent) -> PortalFigures:
    """Found a town, serve it, report `times` calls while a manager looks, leave nothing behind.

    Refuses with `browser_missing` or, if audits are asked for, `lighthouse_missing`.
    """
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="palier-bench-")))
        port = stack.enter_context(running_demo(folder / "town"))
        address = f"http://localhost:{port}/portal/"
        progress(0.3)
        debugging = free_port()
        page = stack.enter_context(looking(address, folder / "desk", debugging))
        manager = stack.enter_context(closing(Client(port, signed_in(port, MANAGER))))
        sites = manager.get("/api/portal/sites?limit=200").body["items"]
        lifts = [asset["id"] for site in sites for asset in site["assets"]]
        office = stack.enter_context(closing(Client(port, signed_in(port))))
        seen = [_followed(page, office, lifts[each % len(lifts)]) for each in range(times)]
        progress(0.8)
        found_ = tuple(audited(address, debugging) for _ in range(audits))
    return PortalFigures(follows=spread(seen), audits=found_)


def _followed(page: "Page", office: Client, lift: str) -> float:
    """Seconds from the office's call to the page that has counted it."""
    before = int(page.evaluate(UNREAD))
    begun = perf_counter()
    call = {"asset_id": lift, "severity": "S4", "work_type": "request", "summary": "A question"}
    office.post("/api/interventions", call)
    page.wait_for_function(TOLD, arg=before + 1, polling="raf")
    return perf_counter() - begun


@contextmanager
def looking(address: str, folder: Path, debugging: int) -> Iterator["Page"]:
    """A manager's page, signed in and listening."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only checkouts have it
    except ImportError as error:
        raise BrowserMissing("Playwright") from error
    path = found()
    if path is None:
        raise BrowserMissing("Chromium")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", f"--remote-debugging-port={debugging}"]
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=path,
            args=arguments,
            locale="en-GB",
            viewport=WIDE,  # type: ignore[arg-type]
        )
        try:
            page = context.new_page()
            page.goto(address)
            page.get_by_label("E-mail").fill(MANAGER)
            page.get_by_label("Password").fill(PASSWORD)
            with page.expect_response("**/api/stream*"):
                page.get_by_role("button", name="Sign in").click()
            page.locator("header .count").wait_for()
            yield page
        finally:
            context.close()
