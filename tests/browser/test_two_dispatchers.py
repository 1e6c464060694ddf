"""Two dispatchers at the same visits at the same time: nothing is lost, nothing is booked twice."""

import re

from playwright.sync_api import expect

from tests.browser.boards import Keys, Mouse
from tests.browser.conftest import Somebody

WHOSE, FREE = "Émilie Fabre", "Pieter de Vries"
STAYING = "Émilie Fabre"
FIRST = "MA-0067-A"


def test_what_a_colleague_moved_meanwhile_is_neither_lost_nor_overruled(
    somebody: Somebody,
) -> None:
    one = Mouse(somebody("dispatcher", "/board/"))
    other = Keys(somebody("admin", "/board/"))
    one.opens()
    other.opens()
    moved = one.bar_of(WHOSE, "Dispatched")
    lift = _lift(moved.get_attribute("aria-label"))
    one.drags(moved, one.row(FREE))
    expect(one.told("placed with")).to_be_visible()
    theirs = other.row(FREE).get_by_role("button", name=re.compile(lift))
    expect(theirs).to_have_attribute("title", re.compile(r"Changed by .+ \d+ s ago"))
    at = one.start_of(one.selected)
    theirs.focus()
    other.press("Alt+ArrowRight")
    other.fits()
    other.press("Shift+ArrowRight", "Enter")
    expect(other.told("placed with")).to_be_visible()
    after = other.start_of(other.selected)
    assert after != at
    one.page.get_by_role("button", name="Undo your last deed").click()
    expect(one.told("Somebody has moved it since|moved")).to_be_visible()
    expect(
        one.row(FREE).get_by_role("button", name=re.compile(f"^{after}.*{lift}"))
    ).to_be_visible()
    expect(other.row(WHOSE).get_by_role("button", name=re.compile(lift))).to_have_count(0)


def test_a_lock_taken_back_leaves_where_a_colleague_put_the_visit_meanwhile(
    somebody: Somebody,
) -> None:
    one = Keys(somebody("dispatcher", "/board/"))
    other = Keys(somebody("admin", "/board/"))
    one.opens()
    other.opens()
    locked = one.bar_of(STAYING, "Dispatched")
    lift = _lift(locked.get_attribute("aria-label"))
    locked.click()
    expect(one.selected).to_have_count(1)
    one.press("l")
    expect(one.told("Locks of .+ changed")).to_be_visible()
    theirs = other.row(STAYING).get_by_role("button", name=re.compile(lift))
    expect(theirs).to_have_attribute("aria-label", re.compile("locked"))
    theirs.focus()
    other.press("Alt+ArrowRight")
    other.fits()
    other.press("Shift+ArrowRight", "Enter")
    expect(other.told("placed with")).to_be_visible()
    after = other.start_of(other.selected)
    one.press("Control+z")
    expect(one.told("Undone: 1 visit · what others changed meanwhile stays")).to_be_visible()
    there = one.row(STAYING).get_by_role("button", name=re.compile(f"^{after}.*{lift}"))
    expect(there).not_to_have_attribute("aria-label", re.compile("locked"))


def test_the_same_call_given_twice_at_once_is_given_once(somebody: Somebody) -> None:
    boards = [Mouse(somebody(who, "/board/")) for who in ("dispatcher", "admin")]
    for board in boards:
        board.opens()
        board.queue.get_by_role("button", name=re.compile("^Assign")).first.click()
        expect(board.dialog("Who should go").get_by_role("listitem").first).to_be_visible()
    first, second = (board.dialog("Who should go") for board in boards)
    for dialog in (first, second):
        dialog.get_by_role("listitem").first.get_by_role("button").first.click()
    first.get_by_role("button", name=re.compile("^Send ")).click()
    expect(first).to_be_hidden()
    expect(second.get_by_text("Dispatcher has just changed this")).to_be_visible()
    second.get_by_role("button", name=re.compile("^Send ")).click()
    expect(second.get_by_text("The day changed while you were choosing")).to_be_visible()
    second.page.keyboard.press("Escape")
    expect(second).to_be_hidden()
    for board in boards:
        expect(board.page.get_by_role("button", name=re.compile("^4 unassigned"))).to_be_visible()
        given = board.page.get_by_role("grid").get_by_role("button", name=re.compile(FIRST))
        expect(given).to_have_count(1)


def _lift(label: str | None) -> str:
    """The lift in a bar's name: after the time."""
    return (label or "").split(", ")[1]
