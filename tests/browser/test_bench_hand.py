"""The hand of `palier bench board` at a board that is not scrolled as it hoped."""

from playwright.sync_api import expect

from server.bench.board_hand import BoardHand
from tests.browser.boards import Desk
from tests.browser.conftest import Somebody

BEYOND = """(bar) => {
  const rows = bar.closest('[role=grid]');
  const names = rows.querySelector('[role=rowheader]').getBoundingClientRect();
  rows.scrollLeft += bar.getBoundingClientRect().right - names.right + 4;
  return bar.getBoundingClientRect().right < names.right;
}"""


def test_a_visit_is_taken_up_though_the_first_lies_out_of_view(somebody: Somebody) -> None:
    page = somebody("dispatcher", "/board/")
    Desk(page).opens()
    first = page.locator("[data-visit][aria-label*=Dispatched]").first
    expect(first).to_be_visible()
    assert first.evaluate(BEYOND)
    assert BoardHand(page, "/board/").colours() > 0
