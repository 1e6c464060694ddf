"""A visit from the call to its end on a phone to which everything happens (T31, T35).

Tabs are killed, answers get lost, the office dies, the session ends: each step still arrives once
and in order. A run is told by its seed.
"""

import re
import threading
from dataclasses import dataclass, field
from random import Random

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.bad_network import BadNetwork, Fate, Question, Weather, calm
from tests.browser.headquarters import Books, Headquarters
from tests.browser.phones import Handset

STEPS = (
    ("Accept", "Start travel"),
    ("Start travel", "I am here"),
    ("I am here", "Start work"),
    ("Start work", "Complete"),
)
MOVES = ["accept", "start_travel", "arrive", "start_work", "complete"]
TOLD = [
    "visit_accepted",
    "visit_travel_started",
    "visit_arrived",
    "visit_work_started",
    "visit_completed",
]
PHOTOS = ("red", "green", "blue")
SHORT = range(6)
LONG = range(6, 106)


def storm(seed: int) -> Weather:
    """Answers are late, get lost or come broken, as chance has it."""
    chance = Random(seed)

    def fate(question: Question) -> tuple[Fate, float]:
        if not question.is_api:
            return calm(question)
        chosen = chance.choices(list(Fate), weights=(60, 12, 14, 7, 7))[0]
        return chosen, chance.uniform(0, 0.4)

    return fate


@dataclass(slots=True)
class Journey:
    """One visit, the phone it is on, and the misfortunes between its steps."""

    phone: Handset
    chance: Random
    words: list[str] = field(default_factory=list)
    is_signed_out: bool = False

    @property
    def completed(self) -> Locator:
        return self.phone.page.locator("main header").get_by_text(re.compile("· Completed$"))

    def passes(self, misfortune: str) -> None:
        """Something happens, before or while the next step is taken."""
        match misfortune:
            case "another tab":
                self.phone.opens()
            case "out of range":
                self.phone.context.set_offline(True)
            case "back in range":
                self.phone.context.set_offline(False)
            case "no way through":
                self.phone.network.goes_down()
            case "a way again":
                self.phone.network.comes_back()
            case "the office restarts":
                self.phone.network.office.kill()
                self.phone.network.office.start()
            case "the session ends":
                Books(self.phone.network.office).ends_sessions(self.phone.person)
                self.is_signed_out = True

    def takes(self, step: str, then: str, *, dying: bool) -> None:
        """Press until the next step is offered, be the app killed in the middle of it."""
        if dying:
            self.phone.button(step).click()
            self._dies()
        # Written down before it died or not: the phone says which.
        self._sees(self.phone.button(step), self.phone.button(then))
        if not self.phone.button(then).is_visible():
            self.phone.button(step).click()
            expect(self.phone.button(then)).to_be_visible()

    def notes(self, words: str) -> None:
        """Write something down, which arrives once as it was written."""
        self.phone.notes(words)
        self.words.append(words)

    def completes(self, *, dying: bool) -> None:
        if dying:
            self.phone.completes()
            self._dies()
        self._sees(self.phone.button("Complete"), self.completed)
        if not self.completed.is_visible():
            self.phone.completes()
            expect(self.completed).to_be_visible()

    def ends_well(self) -> None:
        """Nothing bad happens any more: all of it is sent."""
        self.phone.network.weather = calm
        self.phone.network.comes_back()
        self.phone.context.set_offline(False)
        self.phone.page.reload()
        if self.is_signed_out:
            self.phone.signs_in_again()
        self.phone.has_sent_everything()
        assert self.phone.unsent() == 0

    def is_in_the_books(self, headquarters: Headquarters) -> None:
        """0 lost, 0 twice, in order: the phone numbers what it writes down."""
        books = Books(self.phone.network.office)
        stored = books.commands(self.phone.visit)
        assert [each.sequence for each in stored] == list(range(1, len(stored) + 1))
        assert len({each.device for each in stored}) == 1
        assert {each.outcome for each in stored} == {"applied"}
        assert [each.kind for each in stored if each.kind != "note"] == MOVES
        assert [kind for kind in books.events(self.phone.visit) if kind in TOLD] == TOLD
        assert books.files(self.phone.visit) == [("received", True, True)] * len(PHOTOS)
        known = headquarters.visit(self.phone.visit)
        assert known["visit"]["status"] == "completed"
        assert known["visit"]["note"].split("\n\n") == self.words

    def _dies(self) -> None:
        self.phone.dies()
        self.phone.opens()

    @staticmethod
    def _sees(one: Locator, other: Locator) -> None:
        expect(one.or_(other).first).to_be_visible()


MISFORTUNES: tuple[tuple[str, ...], ...] = (
    ("out of range", "back in range"),
    ("another tab",),
    ("no way through", "a way again"),
    ("the session ends",),
    ("the office restarts",),
    ("out of range", "the session ends", "back in range"),
)


def run(seed: int, headquarters: Headquarters, phone: Handset) -> None:
    """The whole way with the misfortune of this seed, and more of them as chance has it."""
    chance = Random(seed)
    journey = Journey(phone, chance)
    phone.opens()
    phone.is_installed()
    phone.network.weather = storm(seed)
    begins = chance.randrange(len(STEPS) + 1)
    happens = {begins + place: one for place, one in enumerate(MISFORTUNES[seed % 6])}
    dies_at = {chance.randrange(len(STEPS) + 1), chance.randrange(2 * len(STEPS))}
    notes_at = chance.randrange(1, len(STEPS))
    for place, (step, then) in enumerate(STEPS):
        journey.passes(happens.get(place, "nothing"))
        journey.takes(step, then, dying=place in dies_at)
        if place == notes_at:
            journey.notes(f"The concierge has the key, {seed}.")
    phone.photographs(*PHOTOS)
    journey.passes(happens.get(len(STEPS), "nothing"))
    journey.completes(dying=len(STEPS) in dies_at)
    journey.ends_well()
    journey.is_in_the_books(headquarters)


@pytest.mark.parametrize(
    "seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.proof) for seed in LONG)]
)
def test_every_step_arrives_once_and_in_order_whatever_happens(
    seed: int,
    phone: Handset,
    headquarters: Headquarters,
) -> None:
    run(seed, headquarters, phone)


@pytest.mark.proof
def test_a_network_that_comes_and_goes_every_two_seconds_only_delays(
    phone: Handset, headquarters: Headquarters
) -> None:
    journey = Journey(phone, Random(35))
    phone.opens()
    phone.is_installed()
    phone.network.weather = _slow_and_leaky()
    with _flapping(phone.network):
        for step, then in STEPS:
            journey.takes(step, then, dying=False)
        journey.notes("The concierge has the key.")
        phone.photographs(*PHOTOS)
        journey.completes(dying=False)
    # Nobody touches the phone: it has to come to it by itself.
    phone.has_sent_everything()
    journey.is_in_the_books(headquarters)


def _slow_and_leaky() -> Weather:
    chance = Random(35)
    return lambda _: (Fate.NEVER_ASKED if chance.random() < 0.01 else Fate.ANSWERED, 0.4)


class _flapping:  # noqa: N801 - reads as what it does
    """Off and on each two seconds while the block lasts, on afterwards."""

    def __init__(self, network: BadNetwork) -> None:
        self._network, self._stopped = network, threading.Event()
        self._thread = threading.Thread(target=self._flap, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._thread.join()
        self._network.comes_back()

    def _flap(self) -> None:
        while not self._stopped.wait(2):
            if self._network.is_down:
                self._network.comes_back()
            else:
                self._network.goes_down()
