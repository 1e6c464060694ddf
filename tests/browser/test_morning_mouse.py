"""The same morning in Andorra by mouse; what is typed goes into fields."""

import re

from playwright.sync_api import expect

from tests.browser.boards import SLOW, Mouse
from tests.browser.conftest import Somebody

SICK = "Pieter de Vries"
LATER, FREE = "Émilie Fabre", "Pieter de Vries"


def test_a_morning_is_run_by_mouse(somebody: Somebody) -> None:
    board = Mouse(somebody("dispatcher", "/board/"))
    board.opens()
    _moves_and_takes_back(board)
    _plans_the_day(board)
    board.reports("EN-0003-A", "Person trapped", "Between two floors")
    board.reports("MA-0002-A", "Out of service", "Does not move")
    board.reports("EN-0002-A", "Out of service", "Doors stay shut")
    _loses_somebody(board)
    _looks_ahead(board)
    _looks_back(board)


def _plans_the_day(board: Mouse) -> None:
    board.page.get_by_role("button", name="Plan the day").click()
    panel = board.panel("Plan the day")
    panel.get_by_label("Search for").select_option(label="5 seconds")
    panel.get_by_role("button", name="Start").click()
    publish = panel.get_by_role("button", name="Publish")
    expect(publish).to_be_visible(timeout=SLOW)
    publish.click()
    expect(panel.get_by_text("Published. The technicians")).to_be_visible()
    panel.get_by_role("button", name="Close").click()


def _loses_somebody(board: Mouse) -> None:
    board.asks("What if…")
    panel = board.panel("What if…")
    panel.get_by_label("Technician").select_option(label=SICK)
    panel.get_by_role("button", name="Add").click()
    panel.get_by_role("button", name="Work it out").click()
    review = panel.get_by_role("button", name="Review as a plan")
    expect(review).to_be_visible(timeout=SLOW)
    review.click()
    plan = board.panel("Plan the day")
    plan.get_by_role("button", name="Publish").click(timeout=SLOW)
    expect(plan.get_by_text("Published. The technicians")).to_be_visible()
    plan.get_by_role("button", name="Close").click()
    expect(board.row(SICK)).to_contain_text("sick")


def _looks_ahead(board: Mouse) -> None:
    board.bar_of(LATER, "In progress|On site|On the way").click()
    later = board.detail.get_by_role("group").filter(has_text="If this takes longer")
    later.locator("summary").click()
    later.get_by_label("Longer by").select_option(label="3 h")
    expect(later.get_by_role("status")).to_have_text(re.compile("later visits? slips?"))


def _moves_and_takes_back(board: Mouse) -> None:
    """A visit is dragged, locked there on the spot, sent back to the queue; all of it undone."""
    undo = board.page.get_by_role("button", name="Undo your last deed")
    moved = board.bar_of(LATER, "Dispatched")
    before = board.start_of(moved)
    board.drags(moved, board.row(FREE))
    expect(board.told("placed with")).to_be_visible()
    place = board.selected
    assert board.start_of(place) != before
    board.page.get_by_role("button", name="Lock it there").click()
    expect(place).to_have_attribute("aria-label", re.compile("locked"))
    board.opens_menu(place).get_by_role("menuitem", name="Free both").click()
    expect(place).not_to_have_attribute("aria-label", re.compile("locked"))
    board.opens_menu(place).get_by_role("menuitem", name="Back to the queue").click()
    expect(board.told("back to the queue")).to_be_visible()
    for _ in range(4):
        undo.click()
        expect(board.told("Undone: 1 visit")).to_be_visible()
        board.page.mouse.move(0, 0)
        expect(board.told("Undone: 1 visit")).to_be_hidden()
    assert board.start_of(board.selected) == before


def _looks_back(board: Mouse) -> None:
    board.asks("Replay the day")
    replay = board.panel("The day as it was")
    expect(replay.get_by_role("status")).to_contain_text("You are looking at")
    replay.get_by_role("button", name="Thing that happened before").click()
    replay.get_by_role("button", name="Back to now").click()
    expect(replay).to_be_hidden()
    expect(board.row(SICK)).to_contain_text("sick")
