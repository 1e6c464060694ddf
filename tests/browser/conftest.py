"""People with browsers: a dispatcher's desk, a technician's phone, a manager's laptop.

Each module gets its own copy of the demo company, at 10:12 on a Monday morning.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from server.bench.chromium import found
from tests.browser.bad_network import BadNetwork
from tests.browser.headquarters import PASSWORD, Headquarters
from tests.browser.offices import Office, free_port, settings_of, started
from tests.browser.phones import Handset, handset, phone_with_a_disk

MORNING = "2026-11-23T10:12+01:00"
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test, and one module's tests share one company."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = found()
    assert path is not None, "no Chromium: run `python -m tests.chromium`"
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": path, "args": arguments}


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company as it is at 10:12, founded once a run."""
    folder = tmp_path_factory.mktemp("founded")
    command = [sys.executable, "-m", "server.cli", "demo", "--prepare", "--data", str(folder)]
    subprocess.run([*command, "--now", MORNING], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return folder


@pytest.fixture(scope="module")
def town(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running demo of this module's own; its address."""
    folder = tmp_path_factory.mktemp("town") / "data"
    shutil.copytree(founded, folder)
    with running_demo(folder) as address:
        yield address


@contextmanager
def running_demo(folder: Path, *, days_later: int = 0) -> Iterator[str]:
    """`palier demo` on this data until the block ends, or the same company some days later."""
    port = free_port()
    words = ["serve"] if days_later else ["demo", "--data", str(folder)]
    later = settings_of(folder, seconds_later=days_later * 86_400) if days_later else {}
    process = started(folder, port, *words, settings=later)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="session")
def office(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A company that stands still but for what tests do to it; one for all phones."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(founded, folder)
    open_office = Office(folder)
    open_office.start()
    yield open_office
    open_office.kill()


@pytest.fixture(scope="session")
def headquarters(office: Office) -> Iterator[Headquarters]:
    """Those who decide there."""
    people = Headquarters(office)
    yield people
    people.close()


@pytest.fixture
def phone(
    browser: Browser, playwright: Playwright, office: Office, headquarters: Headquarters
) -> Iterator[Handset]:
    """The phone of somebody new who was just sent to a lift, behind a network of its own."""
    person = headquarters.hires()
    visit = headquarters.sends(person)
    device = playwright.devices["Pixel 7"]
    with (
        BadNetwork(office).running() as network,
        handset(browser, device, network, person, visit) as opened,
    ):
        yield opened


@pytest.fixture
def pocket_phone(
    playwright: Playwright,
    browser_type_launch_args: dict[str, Any],
    office: Office,
    headquarters: Headquarters,
) -> Iterator[Handset]:
    """The same in a browser of its own that may be killed whole and started again."""
    person = headquarters.hires()
    visit = headquarters.sends(person)
    device = {**playwright.devices["Pixel 7"], **browser_type_launch_args}
    del device["default_browser_type"]
    with (
        BadNetwork(office).running() as network,
        phone_with_a_disk(playwright.chromium, device, network, person, visit) as opened,
    ):
        yield opened


Somebody = Callable[..., Page]
WHY = "The yearly audit"


def signs_in(page: Page, role: str) -> None:
    """Give the demo's e-mail and password at the door; an auditor says as well why they read."""
    opens(page, role)
    if role == "auditor":
        says_why(page)


def opens(page: Page, role: str) -> None:
    """Give the demo's e-mail and password at the door of a page, until it opens."""
    page.get_by_label("E-mail").fill(f"{role}@demo.palier")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_have_count(0)


def says_why(page: Page) -> None:
    asked = page.get_by_role("heading", name="Why do you read this?")
    expect(asked).to_be_visible()
    page.get_by_label("Reason").fill(WHY)
    page.get_by_role("button", name="Go on").click()
    expect(asked).to_have_count(0)


@pytest.fixture
def somebody(
    browser: Browser, playwright: Playwright, town: str, request: pytest.FixtureRequest
) -> Iterator[Somebody]:
    """`somebody("dispatcher", "/board/")`: signed in on a device of their own."""
    contexts: list[BrowserContext] = []

    def sign_in(role: str, path: str, *, phone: bool = False, **options: Any) -> Page:
        device = playwright.devices["Pixel 7"] if phone else {}
        screen = {} if phone else {"viewport": {"width": 1440, "height": 900}}
        context = browser.new_context(
            **{"base_url": town, "locale": "en-GB", **device, **screen, **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        signs_in(page, role)
        return page

    yield sign_in
    for index, context in enumerate(contexts):
        if os.environ.get("PALIER_SCREENSHOTS"):
            folder = Path(os.environ["PALIER_SCREENSHOTS"])
            folder.mkdir(parents=True, exist_ok=True)
            for page in context.pages:
                page.screenshot(path=folder / f"{request.node.name}-{index}.png")
        context.close()
