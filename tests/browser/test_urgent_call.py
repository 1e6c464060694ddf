"""Two dispatchers at one board: an urgent call by few keys, the same trouble reported twice."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.conftest import Somebody

LIFT = "0004-A"
MOST_KEYS = 10


@dataclass(slots=True)
class Keyboard:
    """Presses keys and counts them."""

    page: Page
    pressed: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def test_an_urgent_call_takes_ten_keys_and_a_pick(somebody: Somebody) -> None:
    board = somebody("dispatcher", "/board/")
    _is_open(board)
    keys = Keyboard(board)
    keys.press("n")
    form = board.get_by_role("dialog", name="Report a call")
    expect(form.get_by_role("combobox")).to_be_focused()
    keys.press(*LIFT[:4])
    expect(form.get_by_role("option", name=re.compile(LIFT)).first).to_be_visible()
    board.keyboard.press("Enter")  # the pick
    keys.press("1", "Enter")
    who = board.get_by_role("dialog", name="Who should go")
    expect(who.get_by_role("listitem").first).to_be_visible()
    keys.press("1")
    expect(who.get_by_role("button", name=re.compile("^Send "))).to_be_focused()
    keys.press("Enter")
    expect(who).to_be_hidden()
    expect(board.get_by_role("heading", name="Person trapped")).to_be_visible()
    assert keys.pressed <= MOST_KEYS


def test_the_same_trouble_is_merged_while_a_colleague_goes_on_typing(somebody: Somebody) -> None:
    board, colleague = somebody("dispatcher", "/board/"), somebody("admin", "/board/")
    _is_open(board)
    _is_open(colleague)
    colleague.keyboard.press("n")
    typed = colleague.get_by_label("What is wrong")
    typed.fill("Half a sentence")
    _report(board, "The doors do not close")
    _report(board, "It stands on the second floor")
    pane = board.get_by_role("tabpanel")
    expect(pane.get_by_text("Same lift").first).to_be_visible()
    pane.get_by_role("listitem").filter(has_text="The doors do not close").get_by_role(
        "button", name="Merge: one trouble"
    ).click()
    expect(pane.get_by_role("heading", name="The doors do not close")).to_be_visible()
    expect(pane.get_by_role("heading", name="Reported once more")).to_be_visible()
    told = pane.get_by_role("paragraph").filter(has_text="It stands on the second floor")
    expect(told).to_be_visible()
    expect(typed).to_have_value("Half a sentence")
    expect(typed).to_be_focused()
    colleague.keyboard.press("Escape")
    colleague.get_by_role("combobox", name="Region").select_option(label="Valls centrals")
    colleague.get_by_role("button", name=re.compile("The doors do not close")).first.click()
    expect(colleague.get_by_text(re.compile("Also open at: ")).first).to_be_visible()
    pane.get_by_role("button", name="Take apart again").click()
    expect(pane.get_by_text("Same lift").first).to_be_visible()


def _is_open(board: Page) -> None:
    expect(board.get_by_role("heading", name=re.compile("Unassigned"))).to_be_visible()


def _report(board: Page, summary: str) -> None:
    board.keyboard.press("n")
    form = board.get_by_role("dialog", name="Report a call")
    form.get_by_role("combobox").fill("AV-0007-A")
    form.get_by_role("option", name=re.compile("AV-0007-A")).first.click()
    board.keyboard.press("3")
    form.get_by_label("What is wrong").fill(summary)
    form.get_by_role("button", name="Save and find a technician").click()
    who = board.get_by_role("dialog", name="Who should go")
    expect(who.get_by_role("listitem").first).to_be_visible()
    board.keyboard.press("Escape")
    expect(who).to_be_hidden()
    expect(board.get_by_role("heading", name=summary)).to_be_visible()
