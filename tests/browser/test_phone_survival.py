"""What must not cost a technician any work (T34): the night, a newer app, a full phone."""

from playwright.sync_api import expect

from tests.browser.bad_network import Fate, Question, calm
from tests.browser.headquarters import Books, Headquarters
from tests.browser.journeys import NEWER, nothing_is_taken
from tests.browser.offices import Office
from tests.browser.phones import LITTLE, PATIENCE, Handset

KINDS = ["accept", "start_travel", "arrive"]


def test_a_session_that_ended_meanwhile_is_asked_for_and_nothing_is_lost(
    phone: Handset, office: Office
) -> None:
    phone.opens()
    phone.is_installed()
    phone.context.set_offline(True)
    phone.does("Accept", "Start travel", "I am here")
    Books(office).ends_sessions(phone.person)
    phone.context.set_offline(False)
    expect(phone.page.get_by_text("Your session has ended.")).to_be_visible()
    assert phone.unsent() == len(KINDS)
    phone.page.reload()
    expect(phone.button("Start work")).to_be_visible()
    phone.signs_in_again()
    phone.has_sent_everything()
    assert [each.kind for each in Books(office).commands(phone.visit)] == KINDS


def test_a_newer_version_of_the_app_takes_over_what_is_not_sent(
    phone: Handset, office: Office
) -> None:
    phone.opens()
    phone.is_installed()
    expect(phone.button("Accept")).to_be_visible()
    phone.network.weather = nothing_is_taken()
    phone.does("Accept", "Start travel", "I am here")
    phone.network.extra["/app/sw.js"] = NEWER
    phone.finds_an_update()
    phone.page.get_by_role("button", name="Use it now").click()
    expect(phone.page.get_by_text("A new version is ready.")).to_be_hidden()
    expect(phone.button("Start work")).to_be_visible()
    assert phone.unsent() == len(KINDS)
    phone.network.weather = calm
    phone.page.reload()
    phone.has_sent_everything()
    assert [each.kind for each in Books(office).commands(phone.visit)] == KINDS


def test_a_phone_that_never_heard_of_its_day_does_not_say_a_visit_was_taken_away(
    phone: Handset,
) -> None:
    phone.network.weather = _no_news
    phone.opens()
    main = phone.page.locator("main")
    expect(main.get_by_role("button", name="Try again")).to_be_visible()
    expect(main).not_to_contain_text("no longer yours")
    phone.network.weather = calm
    phone.page.reload()
    expect(phone.button("Accept")).to_be_visible(timeout=PATIENCE)


def _no_news(question: Question) -> tuple[Fate, float]:
    return (Fate.NEVER_ASKED, 0.0) if question.path.startswith("/api/sync") else calm(question)


def test_a_start_without_net_shows_the_day_whole(
    phone: Handset, headquarters: Headquarters
) -> None:
    later = [headquarters.sends(phone.person) for _ in range(3)]
    phone.opens()
    phone.is_installed()
    phone.context.set_offline(True)
    phone.page.goto("/app/")
    following = phone.page.get_by_role("region", name="Next")
    expect(following.get_by_role("link")).to_have_count(len(later))


def test_a_phone_that_knows_nobody_yet_asks_again_until_the_office_answers(phone: Handset) -> None:
    phone.network.weather = lambda one: (Fate.BROKEN if one.is_api else Fate.ANSWERED, 0.0)
    phone.opens()
    expect(phone.page.get_by_text("This could not be loaded")).to_be_visible()
    phone.network.weather = calm
    expect(phone.button("Accept")).to_be_visible()


def test_a_full_phone_says_so_and_the_step_is_not_taken_for_done(
    phone: Handset, office: Office
) -> None:
    phone.room = LITTLE
    phone.opens()
    phone.is_installed()
    phone.context.set_offline(True)
    phone.does("Accept")
    phone.is_full()
    phone.button("Start travel").click()
    expect(phone.page.get_by_text("This phone is full")).to_be_visible()
    expect(phone.button("Start travel")).to_be_visible()
    expect(phone.page.get_by_role("button", name="Save as a file")).to_be_visible()
    phone.has_room_for(None)
    phone.does("Start travel", "I am here")
    phone.context.set_offline(False)
    phone.has_sent_everything()
    assert [each.kind for each in Books(office).commands(phone.visit)] == KINDS
