"""What is let go on the board where it cannot stay: why not, and what can be done instead."""

import re

from playwright.sync_api import expect

from tests.browser.boards import Keys, Mouse
from tests.browser.conftest import Somebody

WHOSE, FREE = "Émilie Fabre", "Pieter de Vries"


def test_a_drop_that_cannot_stand_says_with_whom_when_and_why_and_leads_to_where_it_can(
    somebody: Somebody,
) -> None:
    board = Mouse(somebody("dispatcher", "/board/"))
    board.opens()
    moved = board.bar_of(WHOSE, "Dispatched")
    before = moved.get_attribute("aria-label")
    board.drags(moved, board.row(FREE), to_where=board.is_impossible)
    stays = board.told("stays where it was")
    expect(stays).to_contain_text(re.compile(rf"{FREE}, \d\d:\d\d: .+"))
    assert board.bar_of(WHOSE, "Dispatched").get_attribute("aria-label") == before
    there = stays.get_by_role("button", name=re.compile(r"Place it at \d\d:\d\d"))
    at = (there.text_content() or "")[-5:]
    there.click()
    expect(board.told("placed with")).to_be_visible()
    expect(board.row(FREE).locator("[aria-current]")).to_have_attribute(
        "aria-label", re.compile(f"^{at}")
    )


def test_carried_by_keys_it_says_at_the_edge_and_in_the_end_why_it_cannot_be_there(
    somebody: Somebody,
) -> None:
    board = Keys(somebody("dispatcher", "/board/"))
    board.opens()
    moved = board.bar_of(WHOSE, "Dispatched")
    moved.focus()
    board.press("Alt+ArrowRight")
    board.fits()
    tip = board.page.locator(".tip")
    for _ in range(60):
        if "No later start is possible here" in tip.inner_text():
            break
        board.press("ArrowRight")
    expect(tip.get_by_role("status")).to_contain_text("No later start is possible here")
    board.press("Escape")
    expect(tip).to_be_hidden()
    under_way = board.bar_of(WHOSE, "In progress|On site|On the way")
    under_way.focus()
    board.press("Alt+ArrowRight")
    expect(board.told("can no longer be moved: (In progress|On site|On the way)")).to_be_visible()


def test_without_a_network_a_drop_says_that_nothing_was_moved(somebody: Somebody) -> None:
    board = Mouse(somebody("dispatcher", "/board/"))
    board.opens()
    moved = board.bar_of(WHOSE, "Dispatched")
    before = moved.get_attribute("aria-label")
    board.drags(moved, board.row(FREE), before_letting_go=lambda: _goes_away(board))
    stays = board.told("stays where it was")
    expect(stays).to_contain_text("You are offline")
    assert board.bar_of(WHOSE, "Dispatched").get_attribute("aria-label") == before
    board.page.context.set_offline(False)


def _goes_away(board: Mouse) -> None:
    board.page.context.set_offline(True)
