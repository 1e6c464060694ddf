"""All that opens over, below or beside the board: readable by day and night, on two screens."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.boards import SLOW, Keys, Mouse
from tests.browser.conftest import Somebody
from tests.browser.desks import light

WIDE: ViewportSize = {"width": 1440, "height": 900}
SMALL: ViewportSize = {"width": 1024, "height": 768}
SEEN: tuple[tuple[ViewportSize, Literal["light", "dark"]], ...] = ((WIDE, "light"), (SMALL, "dark"))
STANDARD = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# A theme changes colours, a screen the room: no names and no order.
LOOKS = {"runOnly": {"type": "rule", "values": ["color-contrast", "target-size"]}}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = Axe()


def _panel(name: str) -> Callable[[Keys], None]:
    def opens(board: Keys) -> None:
        board.page.evaluate(f"location.hash += '&panel={name}'")
        expect(board.page.locator(".centre .panel h2")).to_be_visible()

    return opens


def _palette(board: Keys) -> None:
    board.press("Control+k")
    expect(board.page.get_by_role("dialog").get_by_role("option").first).to_be_visible()


def _menu(board: Keys) -> None:
    Mouse(board.page).opens_menu(board.bar_of("Émilie Fabre", "Dispatched"))


def _held(board: Keys) -> None:
    board.bar_of("Émilie Fabre", "Dispatched").focus()
    board.press("Alt+ArrowDown")
    board.fits()


def _picked(board: Keys) -> None:
    board.bar_of("Émilie Fabre", "Dispatched").focus()
    board.press("Space")
    expect(board.panel("Acting on several")).to_be_visible()


def _replanned(board: Keys) -> None:
    """Only what is picked is searched anew; what comes of it is told beside the rest."""
    _picked(board)
    board.panel("Acting on several").get_by_role("button", name="Re-plan these").click()
    plan = board.panel("Plan the day")
    expect(plan.get_by_text("Everything else stays as it is")).to_be_visible(timeout=SLOW)
    expect(plan.get_by_role("button", name="Discard")).to_be_visible(timeout=SLOW)


def _corrected(board: Keys) -> None:
    board.call("Guillem Areny").click()
    board.detail.get_by_role("button", name=re.compile("^Correct lift")).click()
    expect(board.page.get_by_role("dialog").get_by_role("combobox").first).to_be_visible()


def _done(board: Keys) -> None:
    board.press("Control+k")
    board.types("What was done")
    board.press("Enter")
    expect(board.dialog("What was done lately")).to_be_visible()


def _explained(board: Keys) -> None:
    board.call("Guillem Areny").click()
    board.press("e")
    expect(board.page.get_by_role("dialog").get_by_role("heading").first).to_be_visible()


def _late(board: Keys) -> None:
    board.bar_of("Émilie Fabre", "In progress").click()
    board.detail.get_by_text("If this takes longer").click()
    expect(board.detail.get_by_role("status").first).to_be_visible()


def _replayed(board: Keys) -> None:
    board.press("h")
    expect(board.panel("The day as it was").get_by_role("button").first).to_be_enabled()


def _alarmed(board: Keys) -> None:
    board.press("n")
    board.types("EN-0003-A")
    form = board.dialog("Report a call")
    expect(form.get_by_role("option").first).to_be_visible()
    board.press("Enter", "1", "Enter")
    expect(board.dialog("Who should go").get_by_role("listitem").first).to_be_visible()
    board.press("Escape")
    expect(board.page.get_by_text("Somebody is trapped, and nobody goes")).to_be_visible()


def _opens(name: str) -> Callable[[Keys], None]:
    def opens(board: Keys) -> None:
        board.page.get_by_role("button", name=re.compile(f"^{name}")).first.click()
        expect(board.page.get_by_role("group", name=name)).to_be_visible()

    return opens


SCREENS: dict[str, Callable[[Keys], None]] = {
    "brief": _panel("brief"),
    "what if": _panel("whatif"),
    "goals": _panel("policy"),
    "palette": _palette,
    "keys": lambda board: board.press("?"),
    "filter": _opens("Filter"),
    "view": _opens("View"),
    "menu of a visit": _menu,
    "held": _held,
    "picked": _picked,
    "re-planned": _replanned,
    "corrected": _corrected,
    "done": _done,
    "why": _explained,
    "overrun": _late,
    "replay": _replayed,
    "alarm and reports": _alarmed,
}


@pytest.mark.proof
def test_everything_that_opens_on_the_board_is_readable(somebody: Somebody) -> None:
    board = Keys(somebody("dispatcher", "/board/", reduced_motion="reduce"))
    board.opens()
    faults: list[str] = []
    for screen, opens in SCREENS.items():
        opens(board)
        faults += [f"{screen}, {each}" for each in _faults(board.page, screen)]
        _closes(board)
    assert not faults, "\n".join(faults)


def _closes(board: Keys) -> None:
    board.press("Escape", "Escape")
    expect(board.panel("Acting on several")).to_have_count(0)
    board.page.evaluate("location.hash = ''")
    board.page.evaluate("document.activeElement.blur()")
    expect(board.page.get_by_role("dialog")).to_have_count(0)


def _faults(page: Page, screen: str) -> list[str]:
    found = []
    for size, theme in SEEN:
        page.set_viewport_size(size)
        light(page, theme)
        options: dict[str, Any] = STANDARD if size is WIDE else LOOKS
        where = f"{size['width']} {theme}"
        if page.evaluate(TOO_WIDE) > 0:
            found.append(f"{where}: wider than its screen")
        answer = AXE.run(page, options=options)
        found += [
            f"{where}: {each['id']} {each['nodes'][0]['html'][:160]}"
            for each in answer.response["violations"]
        ]
        _keep(page, f"{screen} {where}")
    page.set_viewport_size(WIDE)
    light(page, "light")
    return found


def _keep(page: Page, name: str) -> None:
    if folder := os.environ.get("PALIER_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"panel {name}.png".replace(" ", "-"))
