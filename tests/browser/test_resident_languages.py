"""Somebody in a lift, in their own language and on the smallest phone: from the label to the end.

That the board hears of it is in test_reported_from_the_lift.py.
"""

import asyncio
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Playwright, expect

from server.mail.words import asset_title
from tests.browser.desks import Seen
from tests.browser.headquarters import Headquarters, Person
from tests.browser.offices import PATIENCE_SECONDS, Office, free_port
from tests.browser.spoken import Spoken
from tests.browser.strangers import FOLLOWS, Lift, Stranger, calls_off, leads, reported, sends
from tests.server.mail.post_office import PostOffice, post_office
from tests.server.pictures import PHOTO

PAGES = ("resident", "portal", "home")
NAMES = ("Palier", "English", "Français", "Español", "Nederlands")
PICTURE: Any = {"name": "door.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
GATHERED = 120
"""Seconds: a mail waits a minute for more to happen to the same lift."""
REASON = "7-4/B"
"""What the office says of its own: in no language."""


@pytest.fixture(scope="module")
def letters() -> Iterator[PostOffice]:
    """A mail server beside the test, which keeps what it is handed."""
    opened: Queue[tuple[PostOffice, asyncio.Event]] = Queue()

    async def stands() -> None:
        over = asyncio.Event()
        async with post_office() as office:
            opened.put((office, over))
            await over.wait()

    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_until_complete, args=(stands(),))
    thread.start()
    office, over = opened.get(timeout=PATIENCE_SECONDS)
    yield office
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


@pytest.fixture(scope="module")
def office(
    founded: Path, tmp_path_factory: pytest.TempPathFactory, letters: PostOffice
) -> Iterator[Office]:
    """A company that stands still but for what the test does to it, and sends mail."""
    folder = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(founded, folder)
    opened = Office(folder, port=free_port())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PALIER_SMTP_HOST", "127.0.0.1")
        patch.setenv("PALIER_SMTP_PORT", str(letters.port))
        patch.setenv("PALIER_SMTP_TLS", "none")
        patch.setenv("PALIER_MAIL_FROM", "Palier <notices@example.org>")
        patch.setenv("PALIER_PUBLIC_URL", opened.address)
        patch.setenv("PALIER_WATCH_SECONDS", "1")
        opened.start()
        _becomes(lambda: _rows(opened, "select 1 from watch_run where duty = 'mail'"))
        yield opened
        opened.kill()


@pytest.fixture(scope="module")
def headquarters(office: Office) -> Iterator[Headquarters]:
    """Those who decide there."""
    people = Headquarters(office)
    yield people
    people.close()


# French is the longest; the long proofs see the other languages, in both themes on both phones.
ONCE: Seen = ((320, "dark"), (390, "light"))
TWICE: Seen = (*ONCE, (320, "light"), (390, "dark"))
PROOF = [pytest.param(each, TWICE, marks=pytest.mark.proof) for each in ("fr", "es", "nl", "en")]


@pytest.mark.parametrize(("language", "seen"), [pytest.param("fr", ONCE, id="shortly"), *PROOF])
def test_somebody_in_a_lift_is_told_everything_in_their_own_language(
    language: str,
    seen: Seen,
    *,
    browser: Browser,
    playwright: Playwright,
    headquarters: Headquarters,
    letters: PostOffice,
) -> None:
    technician, lift = headquarters.hires(), Lift.of(headquarters)
    office = headquarters.office
    address = f"nil-{uuid4().hex[:6]}@example.org"
    context = browser.new_context(
        **playwright.devices["Pixel 7"],
        base_url=office.address,
        locale="en-GB" if language == "en" else language,
        reduced_motion="reduce",
    )
    page = context.new_page()
    says = Spoken(
        page,
        language,
        PAGES,
        (*NAMES, asset_title(language, lift.names[0]), *lift.names[1:], REASON),
    )
    stranger = Stranger(page, says, language, seen)
    _reads_the_label(stranger, lift)
    _reports(stranger, lift, address)
    visit = sends(headquarters, reported(headquarters, lift, "S2"), technician)
    stranger.sees("resident.track.state.planned")
    stranger.looks("planned")
    letter = _is_mailed(stranger, office, letters, address)
    assert letter["Content-Language"] == language
    _joins(stranger, lift)
    _raises_the_alarm(stranger, lift)
    calls_off(headquarters, reported(headquarters, lift, "S1"), REASON)
    stranger.sees("resident.track.state.not_taken_on")
    stranger.looks("not taken on")
    page.goto(_link(letter, "/t/"))
    _is_told_step_by_step(stranger, headquarters, technician, visit)
    _says_how_it_was(stranger)
    _wants_no_more(stranger, _link(letter, "/#/unsubscribe/"))
    context.close()


def _reads_the_label(stranger: Stranger, lift: Lift) -> None:
    """And what is told of a label or a link that holds no more."""
    page = stranger.page
    page.goto(lift.path)
    stranger.sees("resident.what")
    stranger.looks("a label")
    stranger.presses("settings.title")
    stranger.sees("settings.theme")
    stranger.looks("settings")
    page.keyboard.press("Escape")
    stranger.presses("resident.send")
    stranger.sees("resident.missing_kind")
    stranger.looks("nothing chosen")
    page.context.set_offline(True)
    page.evaluate("location.hash = 'another-label'")
    stranger.sees("face.offline")
    stranger.looks("a label without a net")
    page.context.set_offline(False)
    stranger.sees("resident.ended_title")
    stranger.looks("an ended label")
    page.goto("/t/nobody-was-given-this")
    stranger.sees("resident.track.ended_title")
    stranger.looks("an ended link")


def _reports(stranger: Stranger, lift: Lift, address: str) -> None:
    """A fault, written down wrongly at first, then without a net."""
    page = stranger.page
    page.goto(lift.path)
    stranger.chooses("out_of_service")
    page.locator("input[type=file]").set_input_files(PICTURE)
    expect(page.get_by_role("button", name=stranger.says("photo.remove"))).to_be_visible()
    stranger.field("resident.words").fill("7-4/A")
    stranger.field("resident.email").fill("nil@")
    stranger.presses("resident.send")
    stranger.sees("problem.invalid")
    stranger.looks("an address that is none")
    stranger.field("resident.email").fill(address)
    page.context.set_offline(True)
    stranger.presses("resident.send")
    stranger.sees("resident.kept")
    stranger.looks("a report that waits")
    page.context.set_offline(False)
    stranger.sees("resident.track.state.reported")
    stranger.looks("reported")


def _is_mailed(
    stranger: Stranger, office: Office, letters: PostOffice, address: str
) -> EmailMessage:
    """The mail that tells of the visit, once the office has gathered what it tells of."""
    told = "select 1 from mail where address = ? and facts like '%planned%'"
    _becomes(lambda: _rows(office, told, address))
    office.kill()
    expect(stranger.page.get_by_text(stranger.says.begins("resident.track.stale"))).to_be_visible(
        timeout=FOLLOWS
    )
    stranger.looks("followed without a net")
    office.seconds_later += GATHERED
    office.start()
    _becomes(lambda: [each for each in letters.taken if each["To"] == address])
    (letter,) = [each for each in letters.taken if each["To"] == address]
    return letter


def _joins(stranger: Stranger, lift: Lift) -> None:
    """A neighbour reports the same."""
    stranger.page.goto(lift.path)
    known = stranger.says.begins("resident.known")
    expect(stranger.page.get_by_text(known)).to_be_visible()
    stranger.chooses("degraded")
    stranger.looks("a label whose trouble is known")
    stranger.presses("resident.send")
    stranger.sees("resident.track.joined")
    stranger.looks("joined")


def _raises_the_alarm(stranger: Stranger, lift: Lift) -> None:
    page = stranger.page
    page.goto(lift.path)
    stranger.chooses("person_trapped")
    stranger.sees("resident.trapped")
    stranger.looks("somebody trapped")
    page.context.set_offline(True)
    stranger.presses("resident.alarm")
    stranger.sees("resident.kept_trapped")
    stranger.looks("an alarm that waits")
    page.context.set_offline(False)
    stranger.sees("resident.track.state.reported")
    stranger.looks("an alarm raised")


def _is_told_step_by_step(
    stranger: Stranger, headquarters: Headquarters, technician: Person, visit: UUID
) -> None:
    def happens(kind: str, **payload: Any) -> None:
        leads(headquarters, technician, visit, kind, **payload)

    happens("accept")
    happens("start_travel")
    stranger.sees("resident.track.state.on_the_way")
    stranger.looks("on the way")
    happens("running_late", minutes=90)
    stranger.sees("resident.track.late")
    stranger.looks("late")
    happens("arrive")
    stranger.sees("resident.track.state.on_site")
    stranger.looks("on site")
    happens("start_work")
    happens("pause", reason="awaiting_parts", evidence="Photo of the broken shoe.")
    stranger.sees("resident.track.state.interrupted")
    stranger.looks("interrupted")
    happens("resume")
    happens("complete", cause="door", action="Door shoe replaced.")
    stranger.sees("resident.track.state.done")
    stranger.looks("done")


def _says_how_it_was(stranger: Stranger) -> None:
    page = stranger.page
    stranger.presses("resident.track.survey")
    stranger.sees("portal.feedback.no_name")
    stranger.looks("asked how it was")
    score = f"2 {stranger.says('portal.feedback.score_2')}"
    page.get_by_role("button", name=score, exact=True).click()
    stranger.sees("portal.feedback.thanks")
    stranger.looks("a score given")
    page.get_by_role("radio", name="3", exact=True).check()
    stranger.field("portal.feedback.comment").fill("7-4/C")
    page.get_by_label(stranger.says("portal.feedback.talk")).check()
    stranger.presses("action.send")
    stranger.sees("portal.feedback.thanks_all")
    stranger.looks("all said")
    page.go_back()
    stranger.sees("resident.track.state.done")
    survey = stranger.says("resident.track.survey")
    expect(page.get_by_role("button", name=survey)).to_have_count(0)


def _wants_no_more(stranger: Stranger, link: str) -> None:
    stranger.page.goto(link)
    stranger.sees("home.stop_what")
    stranger.looks("wanting no more mail")
    stranger.presses("home.stop_submit")
    stranger.sees("home.stop_done")
    stranger.looks("no more mail")


def test_a_word_of_another_language_and_a_key_are_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(STRAYS)
    says = Spoken(page, "fr", PAGES, ("Palier", "Lift A", "Hotel Roc"))
    assert says.strays(page) == [
        "Report a fault · Palier",
        "resident.what",
        "{day}",
        "Expected today",
        "Foto",
    ]
    page.close()


# What is said in French here is said rightly: sentences with facts, a day, what is not seen.
STRAYS = """<!doctype html><html lang="fr"><title>Report a fault · Palier</title>
<p>resident.what</p><p>{day}</p><p>Expected today</p><img alt="Foto" src="data:,">
<p>Déjà signalé le lun. 23 nov. 14:05. Ce que vous ajoutez parvient aux mêmes personnes.</p>
<p>Lift A, Hotel Roc</p><p>Attendu entre 14:05 et 14:25.</p><p>Signaler une panne</p>
<p hidden>Not seen</p>"""


def _becomes(found: Callable[[], object]) -> None:
    """Wait for what happens where no page tells of it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not found():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)


def _rows(office: Office, query: str, *values: str) -> list[Any]:
    with closing(sqlite3.connect(office.database, timeout=30)) as database:
        return database.execute(query, values).fetchall()


def _link(letter: EmailMessage, path: str) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    found = re.search(rf"http\S*{re.escape(path)}[\w-]+", str(body.get_content()))
    assert found, body
    return found[0]
