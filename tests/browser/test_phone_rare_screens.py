"""Screens a technician seldom sees, in a real browser: readable as the others are."""

import json
import re
import sqlite3
from contextlib import closing
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.headquarters import PASSWORD, Books, Headquarters
from tests.browser.offices import Office
from tests.browser.phones import picture
from tests.browser.readability import Reader, Words
from tests.browser.walks import SHEET, Walk

CHECKLIST = [
    {"key": "shaft", "label": "The shaft", "kind": "photo"},
    {"key": "caretaker", "label": "The caretaker", "kind": "signature"},
    {"key": "gap", "label": "Gap", "kind": "reading", "unit": "mm", "low": "2", "high": "6"},
]
PROOF = [pytest.param(each, marks=pytest.mark.proof) for each in ("fr", "es", "en")]


@pytest.mark.parametrize("language", ["nl", *PROOF])
def test_what_is_seldom_seen_is_readable_too(
    language: str,
    browser: Browser,
    playwright: Playwright,
    office: Office,
    headquarters: Headquarters,
) -> None:
    person = headquarters.hires(language)
    visit = headquarters.sends(person)
    _asks(office, visit)
    context = browser.new_context(
        **playwright.devices["Pixel 7"],
        base_url=office.address,
        reduced_motion="reduce",
        locale=language,
    )
    page, words = context.new_page(), Words(language)
    walk = Walk(page, words, person, Reader(page, words))
    try:
        who = {"email": person.email, "password": PASSWORD}
        answer = context.request.post(
            "/api/session", data=json.dumps(who), headers={"Content-Type": "application/json"}
        )
        assert answer.ok
        page.goto("/app/")
        _working_day(walk)
        walk.goes(visit)
        for step in ("accept", "start_travel", "arrive", "start_work"):
            walk.does(step)
        _shows(walk)
        _cannot_be_read(walk, office, headquarters, visit)
        _is_over(walk)
        _session_ends(walk, Books(office), headquarters, visit)
    finally:
        context.close()
    assert walk.reader.faults == []


def _asks(office: Office, visit: UUID) -> None:
    """Ask for a photo, a signature and a reading on site."""
    usual = {"is_mandatory": True, "unit": "", "low": None, "high": None}
    _write(
        office,
        "update intervention set checklist = ?"
        " where id = (select intervention_id from visit where id = ?)",
        json.dumps([usual | item for item in CHECKLIST]),
        visit.hex,
    )


def _working_day(walk: Walk) -> None:
    words = walk.words
    walk.taps(words.step("start_shift"))
    walk.taps(words.step("start_break"))
    expect(walk.button(words.step("end_break"))).to_be_visible()
    walk.looks("on a break")
    walk.taps(words.step("end_break"))
    call = walk.page.locator("main a[href^='tel:+37600000']")
    expect(call.first).to_have_text(
        words("technician.call").replace("{name}", words("technician.office"))
    )


def _shows(walk: Walk) -> None:
    page, words = walk.page, walk.words
    asked = page.locator("section[aria-labelledby=checklist]")
    asked.get_by_label(re.compile(r"\(mm\)")).fill("9")
    expect(asked.get_by_label(words("technician.reading_why"))).to_be_visible()
    walk.looks("checklist with photo and signature, reading out of range")
    asked.get_by_label(words("technician.reading_why")).fill("Worn.")
    asked.get_by_role("button", name=words("technician.reading_keep")).click()
    asked.locator("input[type=file][multiple]").set_input_files([picture("brown")])
    expect(asked.locator("input[type=file]")).to_have_count(0)
    asked.get_by_role("button", name=words("technician.signature_take")).click()
    page.get_by_label(words("technician.signer")).fill("Marta Vidal")
    walk.taps(words("technician.signature_name"), SHEET)
    walk.taps(words("technician.signature_keep"), SHEET)
    expect(page.locator(SHEET)).to_have_count(0)
    _everything_is_sent(walk)


def _everything_is_sent(walk: Walk) -> None:
    """What was done, and what was photographed after it."""
    expect(walk.says("sync.sent")).to_be_visible(timeout=60_000)
    waiting = walk.page.get_by_text(walk.words("technician.file_state.waiting"))
    expect(waiting).to_have_count(0, timeout=60_000)


def _cannot_be_read(walk: Walk, office: Office, headquarters: Headquarters, visit: UUID) -> None:
    page, words = walk.page, walk.words
    _write(
        office,
        "update promised_file set state = 'refused' where visit_id = ? and kind = 'photo'",
        visit.hex,
    )
    headquarters.says(visit, summary="The doors squeal and stop")
    refused = page.locator("section[aria-labelledby=evidence] .instead")
    expect(refused).to_be_visible(timeout=60_000)
    walk.looks("a photo nobody can read")
    refused.get_by_role("button", name=words("technician.file_without")).click()
    walk.taps(words("technician.file_without"), SHEET)
    walk.sheet("going without it")
    walk.shuts()
    refused.locator("input[type=file][multiple]").set_input_files([picture("teal")])
    expect(refused).to_have_count(0)
    expect(walk.says("technician.file_state.waived")).to_be_visible()
    _everything_is_sent(walk)


def _is_over(walk: Walk) -> None:
    page, words = walk.page, walk.words
    walk.more("cannot_complete")
    page.locator(f"{SHEET} button").filter(has_text=words("technician.reason.no_access")).click()
    if page.locator(SHEET).get_by_role("textbox").count():
        page.locator(SHEET).get_by_role("textbox").fill("-")
        walk.taps(words.step("cannot_complete"), SHEET)
    expect(walk.says("technician.over_hint")).to_be_visible()
    walk.looks("could not be completed")


def _session_ends(walk: Walk, books: Books, headquarters: Headquarters, visit: UUID) -> None:
    page, words = walk.page, walk.words
    books.ends_sessions(walk.person)
    walk.taps(words.step("note"))
    page.locator(SHEET).get_by_role("textbox").fill("Gate locked")
    walk.taps(words.step("note"), SHEET)
    expect(walk.says("sign_in.again")).to_be_visible(timeout=60_000)
    walk.looks("session ended")
    walk.taps(words("sign_in.submit"))
    walk.sheet("sign in again")
    page.locator(SHEET).get_by_label(words("sign_in.email")).fill(walk.person.email)
    page.locator(SHEET).get_by_label(words("sign_in.password"), exact=True).fill(PASSWORD)
    walk.taps(words("sign_in.submit"), SHEET)
    expect(walk.says("sync.sent")).to_be_visible(timeout=60_000)
    assert "Gate locked" in headquarters.visit(visit)["visit"]["note"]


def _write(office: Office, statement: str, *values: str) -> None:
    with closing(sqlite3.connect(office.database, timeout=30)) as database, database:
        database.execute(statement, values)
