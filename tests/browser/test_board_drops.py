"""What is let go on the board where it cannot stay: why not, and what can be done instead."""

import re
from contextlib import closing

from playwright.sync_api import expect

from server.bench.client import Client, signed_in
from tests.browser.boards import Keys, Mouse
from tests.browser.conftest import Somebody

WHOSE, FREE, AWAY = "Émilie Fabre", "Pieter de Vries", "Jordi Vilanova"


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


def test_what_is_done_is_not_picked_and_what_is_picked_is_told_row_by_row(
    somebody: Somebody,
) -> None:
    board = Mouse(somebody("dispatcher", "/board/"))
    board.opens()
    bulk = board.panel("Acting on several")
    done = board.bar_of(WHOSE, "Completed")
    done.click(modifiers=["Control"])
    expect(board.told("can no longer be moved: Completed")).to_be_visible()
    expect(bulk).to_be_hidden()
    for what in (board.bar_of(WHOSE, "In progress"), board.queue.locator("[data-call]").first):
        what.click(modifiers=["Control"])
    expect(bulk.get_by_role("status")).to_have_text("2 picked")
    bulk.get_by_role("combobox", name="Give to").select_option(label=FREE)
    rows = board.dialog("What became of each")
    expect(rows.get_by_role("listitem")).to_have_count(2)
    expect(rows).to_contain_text(re.compile(rf"^.* given to {FREE}.* · 1 row refused", re.DOTALL))
    expect(rows.get_by_role("listitem").first).to_contain_text("can no longer be moved")
    board.page.keyboard.press("Escape")
    expect(bulk.get_by_role("status")).to_have_text("1 picked")


def test_whoever_is_away_is_told_as_away_and_who_could_go_instead_is_one_press_further(
    town: str, somebody: Somebody
) -> None:
    port = int(town.rsplit(":", 1)[1])
    with closing(Client(port, signed_in(port))) as office:
        crew = office.get("/api/technicians?limit=100").body["items"]
        away = next(each["id"] for each in crew if each["name"] == AWAY)
        until = {"starts_at": "2026-11-23T09:30:00Z", "ends_at": "2026-11-23T18:00:00Z"}
        office.post("/api/absences", {"technician_id": away, "kind": "sick", **until})
    board = Mouse(somebody("dispatcher", "/board/"))
    board.opens()
    moved = board.bar_of(WHOSE, "Dispatched")
    board.drags(moved, board.row(AWAY), to_where=board.is_impossible)
    stays = board.told("stays where it was")
    expect(stays).to_contain_text(re.compile(rf"{AWAY}, \d\d:\d\d: sick 10:30–19:00"))
    stays.get_by_role("button", name="Who could go instead").click()
    why = board.dialog("Why")
    expect(why.get_by_role("heading", name="Who could go instead")).to_be_visible()
