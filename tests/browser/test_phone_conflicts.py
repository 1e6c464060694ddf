"""What the office decided while a phone was out of range (T32): the technician sees and chooses.

Every row of the table is judged in tests/server/interventions; here is what a phone makes of it.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.headquarters import Books, Headquarters
from tests.browser.phones import Handset

PROMISE = re.compile(r"on time|left|\d min late")
WORDS = "The concierge has the key."


@dataclass(slots=True)
class Case:
    """A technician out of range with a visit, and the office that decides meanwhile."""

    headquarters: Headquarters
    phone: Handset

    def is_heard(self, *steps: str) -> None:
        """Steps that the office knows of before the phone goes out of range."""
        self.phone.does(*steps)
        self.phone.has_sent_everything()

    def leaves(self) -> None:
        self.phone.context.set_offline(True)

    def comes_back(self) -> None:
        self.phone.context.set_offline(False)

    def stored(self) -> list[tuple[str, str]]:
        """Each command with its outcome, as the office keeps them."""
        books = Books(self.headquarters.office)
        return [(each.kind, each.outcome) for each in books.commands(self.phone.visit)]

    def known(self) -> tuple[str, str]:
        """The state of the visit at the office, and its note."""
        visit = self.headquarters.visit(self.phone.visit)["visit"]
        return visit["status"], visit["note"]


@pytest.fixture
def case(phone: Handset, headquarters: Headquarters) -> Case:
    phone.opens()
    phone.is_installed()
    expect(phone.button("Accept")).to_be_visible()
    return Case(headquarters, phone)


def test_a_visit_cancelled_while_working_keeps_what_was_done_as_a_note(case: Case) -> None:
    case.is_heard("Accept", "Start travel", "I am here")
    case.leaves()
    case.phone.does("Start work")
    case.phone.notes(WORDS)
    case.headquarters.commands(case.phone.visit, "cancel", reason="The customer called it off.")
    case.comes_back()
    expect(case.phone.page.get_by_text("The office cancelled this visit meanwhile")).to_be_visible()
    expect(case.phone.page.get_by_text("1 needs you").first).to_be_visible()
    expect(case.phone.page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(case.phone.page.locator("header .marks")).not_to_contain_text(PROMISE)
    case.phone.button("Send it as a note").click()
    case.phone.has_sent_everything()
    assert case.stored()[-3:] == [
        ("start_work", "conflict"),
        ("note", "applied"),
        ("note", "applied"),
    ]
    status, note = case.known()
    assert status == "cancelled"
    assert WORDS in note
    assert "Work started" in note


def test_a_visit_given_to_a_colleague_while_travelling_is_let_go(case: Case) -> None:
    case.is_heard("Accept")
    case.leaves()
    case.phone.does("Start travel", "I am here")
    case.headquarters.gives_to(case.phone.visit, case.headquarters.hires())
    case.comes_back()
    expect(
        case.phone.page.get_by_text("The office gave this visit to somebody else meanwhile")
    ).to_be_visible()
    case.phone.button("Discard").click()
    case.phone.has_sent_everything()
    # The office has acted in between; nothing of what came after it is taken for done.
    assert [one for one in case.stored() if one[1] == "applied"] == [
        ("accept", "applied"),
        ("unassign", "applied"),
    ]
    assert ("start_travel", "conflict") in case.stored()
    expect(case.phone.button("Start work")).to_have_count(0)


def test_a_visit_taken_back_before_it_was_accepted_is_not_accepted(case: Case) -> None:
    case.leaves()
    case.phone.does("Accept")
    case.headquarters.commands(case.phone.visit, "unassign")
    case.comes_back()
    expect(case.phone.button("Discard")).to_be_visible()
    assert case.stored()[-1] == ("accept", "conflict")
    assert case.known()[0] == "unassigned"


def test_a_visit_of_which_only_the_words_changed_goes_on(case: Case) -> None:
    case.leaves()
    case.phone.does("Accept", "Start travel")
    case.headquarters.says(case.phone.visit, summary="The doors squeal and close twice")
    case.comes_back()
    case.phone.has_sent_everything()
    expect(case.phone.page.get_by_text("The doors squeal and close twice")).to_be_visible()
    assert case.stored() == [("accept", "applied"), ("start_travel", "applied")]
    assert case.known()[0] == "en_route"
