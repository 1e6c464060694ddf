"""A morning of a real technician in Andorra without signal, told to the office at noon (T33)."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.bad_network import BadNetwork
from tests.browser.headquarters import Books, Headquarters, Json, Person
from tests.browser.offices import Office
from tests.browser.phones import Handset, handset

pytestmark = pytest.mark.proof
BEGINS = datetime(2026, 11, 23, 7, 55, tzinfo=UTC) - timedelta(hours=1)
FROM, UNTIL = BEGINS + timedelta(minutes=5), BEGINS + timedelta(hours=4, minutes=5)
ENOUGH = 6
CLOSE = timedelta(seconds=2)
Taken = dict[tuple[str, str], tuple[datetime, datetime]]
"""By visit and step: no earlier and no later than this it was really taken."""
STEPS = {
    "Accept": "accept",
    "Start travel": "start_travel",
    "I am here": "arrive",
    "Start work": "start_work",
    "Complete": "complete",
}


@pytest.fixture
def morning(tmp_path: Path) -> Iterator[Office]:
    """The company at five to eight."""
    command = [sys.executable, "-m", "server.cli", "demo", "--prepare", "--data", str(tmp_path)]
    subprocess.run([*command, "--now", BEGINS.isoformat()], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    office = Office(tmp_path)
    office.start()
    yield office
    office.kill()


@pytest.fixture
def headquarters(morning: Office) -> Iterator[Headquarters]:
    with closing(Headquarters(morning)) as people:
        yield people


@dataclass(slots=True)
class Morning:
    """Somebody at work by the plan, out of range, and when each step was really taken."""

    phone: Handset
    headquarters: Headquarters
    passed: timedelta = timedelta(0)
    taken: Taken = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The true time: the office's own clock goes on, but does not see the morning pass."""
        return self.headquarters.now + self.passed

    def waits_until(self, instant: datetime) -> None:
        """Time passes, as far as it lies ahead."""
        ahead = instant - self.now
        if ahead > timedelta(0):
            self.phone.page.clock.fast_forward(round(ahead.total_seconds() * 1000))
            self.passed += ahead

    def works_on(self, detail: Json) -> None:
        """All steps of one visit, each when it was planned or as soon as the one before allows."""
        visit = detail["visit"]
        starts_at = datetime.fromisoformat(visit["starts_at"])
        leaves_at = starts_at - timedelta(seconds=visit["travel_seconds"])
        due = {"Accept": leaves_at, "Start travel": leaves_at, "I am here": starts_at}
        due["Start work"] = starts_at + timedelta(minutes=1)
        due["Complete"] = datetime.fromisoformat(visit["ends_at"])
        self.phone.page.goto(f"/app/visits/{visit['id']}")
        offered = re.compile(f"^({'|'.join(STEPS)})$")
        button = self.phone.page.locator("main").get_by_role("button", name=offered)
        expect(button).to_be_visible()
        for step, kind in list(STEPS.items())[list(STEPS).index(button.inner_text().strip()) :]:
            if due[step] > UNTIL:
                return
            self.waits_until(due[step])
            if step == "Complete":
                self.phone.fills_in()
            before = self.now
            if step == "Complete":
                self.phone.sheet().get_by_role("button", name="Complete").click()
                expect(self.phone.sheet()).to_have_count(0)
            else:
                self.phone.does(step)
            self.taken[visit["id"], kind] = before, self.now


def test_a_morning_without_signal_is_told_at_noon_as_it_was(
    headquarters: Headquarters, morning: Office, browser: Browser, playwright: Playwright
) -> None:
    person = headquarters.knows("technician")
    day = headquarters.day_of(person, until=UNTIL)
    assert len(day) >= ENOUGH
    first = UUID(day[0]["visit"]["id"])
    device = playwright.devices["Pixel 7"]
    with (
        BadNetwork(morning).running() as network,
        handset(browser, device, network, person, first) as phone,
    ):
        phone.context.clock.install(time=datetime.now(UTC))
        phone.opens()
        phone.is_installed()
        phone.has_sent_everything()
        phone.context.set_offline(True)
        at_work = Morning(phone, headquarters)
        at_work.waits_until(FROM)
        for detail in day:
            at_work.works_on(detail)
        at_work.waits_until(UNTIL)
        morning.kill()
        morning.seconds_later = round(at_work.passed.total_seconds())
        morning.start()
        phone.context.set_offline(False)
        phone.has_sent_everything()
        assert phone.unsent() == 0
    _is_told(Books(morning), person, at_work.taken)


def _is_told(books: Books, person: Person, taken: Taken) -> None:
    """Every step once, in order, and within two seconds of when it was taken."""
    assert len({visit for visit, _ in taken}) >= ENOUGH
    told = books.commands_of(person)
    moves = {key: each for key, each in told if each.kind != "note"}
    assert [key for key, each in told if each.kind != "note"] == list(taken)
    assert {each.outcome for each in moves.values()} == {"applied"}
    wrong = {
        key: (before, at, after)
        for key, (before, after) in taken.items()
        if not before - CLOSE <= (at := moves[key].judged_at.replace(tzinfo=UTC)) <= after + CLOSE
    }
    assert wrong == {}
