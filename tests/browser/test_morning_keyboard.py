"""A dispatcher's whole morning in Andorra without a mouse."""

import re

from playwright.sync_api import expect

from tests.browser.boards import SLOW, Keys
from tests.browser.conftest import Somebody

SICK = "Pieter de Vries"
LATER, FREE = "Émilie Fabre", "Pieter de Vries"


def test_a_morning_is_run_by_keys_alone(somebody: Somebody) -> None:
    board = Keys(somebody("dispatcher", "/board/"))
    board.opens()
    _moves_and_takes_back(board)
    _plans_the_day(board)
    for lift, grade in (("EN-0003-A", "1"), ("MA-0002-A", "2"), ("EN-0002-A", "2")):
        board.reports(lift, grade)
    _loses_somebody(board)
    _looks_ahead(board)
    _looks_back(board)


def _plans_the_day(board: Keys) -> None:
    board.press("p")
    panel = board.panel("Plan the day")
    length = panel.get_by_label("Search for")
    board.reaches(length)
    board.press("Home")
    board.presses(panel.get_by_role("button", name="Start"))
    difference = panel.get_by_role("region", name="The day before and after")
    expect(difference).to_be_visible(timeout=SLOW)
    board.press("y")
    expect(panel.get_by_role("button", name="Publish")).to_be_focused()
    board.press("Enter")
    expect(panel.get_by_text("Published. The technicians")).to_be_visible()
    board.press("Escape")
    expect(panel).to_be_hidden()


def _loses_somebody(board: Keys) -> None:
    """Somebody is sick: what that would do, and then that it is so."""
    board.press("x")
    panel = board.panel("What if…")
    board.reaches(panel.get_by_label("Technician"))
    board.types(SICK)
    board.presses(panel.get_by_role("button", name="Add"))
    board.presses(panel.get_by_role("button", name="Work it out"))
    review = panel.get_by_role("button", name="Review as a plan")
    expect(review).to_be_visible(timeout=SLOW)
    board.presses(review)
    plan = board.panel("Plan the day")
    publish = plan.get_by_role("button", name="Publish")
    expect(publish).to_be_visible(timeout=SLOW)
    board.presses(publish)
    expect(plan.get_by_text("Published. The technicians")).to_be_visible()
    board.press("Escape")
    expect(board.row(SICK)).to_contain_text("sick")


def _looks_ahead(board: Keys) -> None:
    """A visit under way takes an hour longer: which others slip, and why it is where it is."""
    board.finds(LATER)
    board.walks(re.compile("In progress|On site|On the way"))
    board.press("Enter", "Enter")
    expect(board.detail).to_be_focused()
    later = board.detail.get_by_role("group").filter(has_text="If this takes longer")
    board.presses(later.locator("summary"))
    board.reaches(later.get_by_label("Longer by"))
    board.press("End")
    expect(later.get_by_role("status")).to_have_text(re.compile("later visits? slips?"))
    board.reaches(later.locator("summary"), backwards=True)
    board.press("e")
    why = board.page.get_by_role("dialog", name=re.compile("Why"))
    expect(why).to_be_visible()
    board.press("Escape")
    expect(why).to_be_hidden()
    board.press("Escape")
    expect(board.focused).to_have_count(1)


def _moves_and_takes_back(board: Keys) -> None:
    """A visit is carried on, taken back, and carried again."""
    board.finds(LATER)
    board.walks(re.compile("Dispatched"))
    start = board.start_of(board.focused)
    board.press("Alt+ArrowRight")
    tip = board.page.locator(".tip")
    expect(tip).to_contain_text(LATER)
    board.fits()
    while FREE not in tip.inner_text():
        board.press("ArrowUp")
    board.press("Shift+ArrowRight")
    assert board.fits(), tip.inner_text()
    board.press("Enter")
    expect(board.told("placed with")).to_be_visible()
    assert board.start_of(board.focused) != start
    board.press("Control+z")
    expect(board.told("Undone: \\d visit")).to_be_visible()
    assert board.start_of(board.focused) == start
    board.press("Control+Shift+Z")
    expect(board.told("Done again: \\d visit")).to_be_visible()
    assert board.start_of(board.focused) != start


def _looks_back(board: Keys) -> None:
    """The board as it was an hour ago, and back."""
    board.press("h")
    replay = board.panel("The day as it was")
    expect(replay).to_be_focused()
    expect(replay.get_by_role("status")).to_contain_text("You are looking at")
    board.presses(replay.get_by_role("button", name="Thing that happened before"))
    expect(board.row(SICK)).not_to_contain_text("sick")
    board.press("Escape")
    expect(replay).to_be_hidden()
    expect(board.row(SICK)).to_contain_text("sick")
