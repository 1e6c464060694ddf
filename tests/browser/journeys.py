"""A technician's visit step by step on a phone to which something happens between the steps."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random

from playwright.sync_api import Locator, expect

from tests.browser.bad_network import Fate, Flapping, Question, Weather, calm
from tests.browser.headquarters import DUTY, Books, Headquarters
from tests.browser.phones import LITTLE, PATIENCE, Handset
from tests.browser.verdicts import faults, faults_of_evidence, faults_of_words

STEPS = (
    ("Accept", "Start travel"),
    ("Start travel", "I am here"),
    ("I am here", "Start work"),
    ("Start work", "Complete"),
)
KINDS = {
    "Accept": "accept",
    "Start travel": "start_travel",
    "I am here": "arrive",
    "Start work": "start_work",
}
DUTIES = {
    "Start shift": ("start_shift", "Take a break"),
    "Take a break": ("start_break", "Back to work"),
    "Back to work": ("end_break", "Take a break"),
}
TOLD = {
    "accept": "visit_accepted",
    "start_travel": "visit_travel_started",
    "arrive": "visit_arrived",
    "start_work": "visit_work_started",
    "complete": "visit_completed",
}
PHOTOS = ("red", "green", "blue")
SIGNER = "Marta Vidal"
NEWER = b"\n// A newer version.\n"


def storm(seed: int) -> Weather:
    """Answers are late, get lost or come broken, as chance has it."""
    chance = Random(seed)

    def fate(question: Question) -> tuple[Fate, float]:
        if not question.is_api:
            return calm(question)
        chosen = chance.choices(list(Fate), weights=(60, 12, 14, 7, 7))[0]
        return chosen, chance.uniform(0, 0.4)

    return fate


def nothing_is_taken(otherwise: Weather = calm) -> Weather:
    """No command gets through; everything else as it was."""

    def fate(question: Question) -> tuple[Fate, float]:
        if question.method == "POST" and question.path.endswith("/commands"):
            return Fate.NEVER_ASKED, 0.0
        return otherwise(question)

    return fate


@dataclass(slots=True)
class Journey:
    """One visit, the phone it is on, and what was done there, by which the office is judged."""

    phone: Handset
    chance: Random
    weather: Weather = calm
    moves: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    is_signed_out: bool = False
    is_full: bool = False
    trouble: ExitStack = field(default_factory=ExitStack)

    @property
    def completed(self) -> Locator:
        return self.phone.page.locator("main header").get_by_text(re.compile("· Completed$"))

    def begins(self, *, room: int | None = None) -> None:
        """The app is installed, and from here on the weather is what it is."""
        self.phone.room = room
        self.phone.opens()
        self.phone.is_installed()
        expect(self.phone.button(STEPS[0][0])).to_be_visible(timeout=PATIENCE)
        self.phone.was_used_before()
        self.phone.opens()
        self.phone.network.weather = self.weather

    def passes(self, misfortune: str) -> None:
        """Something happens, before or while the next step is taken."""
        HAPPENS[misfortune](self)

    def takes(self, step: str, then: str, *, dying: bool) -> None:
        """Press until the next step is offered, be the app killed in the middle of it."""
        # What it is about may still be on its way here, through whatever weather there is.
        expect(self.phone.button(step)).to_be_visible(timeout=PATIENCE)
        if self.is_full:
            self._finds_no_room(step)
        if dying:
            self.phone.button(step).click()
            self._dies()
        # Written down before it died or not: the phone says which.
        self._sees(self.phone.button(step), self.phone.button(then))
        if not self.phone.button(then).is_visible():
            self.phone.button(step).click()
            expect(self.phone.button(then)).to_be_visible()
        self.moves.append(KINDS[step])

    def notes(self, words: str) -> None:
        """Write something down, which arrives once as it was written."""
        self.phone.notes(words)
        self.words.append(words)

    def rests(self) -> None:
        """Stop for a while: what can be taken back is held back until the next step."""
        self.phone.pauses("Waiting for parts")
        self.phone.does("Resume")
        self.moves += ["pause", "resume"]

    def documents(self) -> None:
        """Three photos and a signature."""
        self.phone.photographs(*PHOTOS)
        self.phone.has_signed(SIGNER)
        self.evidence += [*PHOTOS, SIGNER]

    def works_by_the_clock(self, word: str) -> None:
        """Say something of the working day, on the page of the day."""
        kind, then = DUTIES[word]
        self.phone.page.goto("/app/")
        self.phone.button(word).click()
        expect(self.phone.button(then)).to_be_visible()
        self.duties.append(kind)
        self.phone.page.goto(f"/app/visits/{self.phone.visit}")

    def completes(self, *, dying: bool) -> None:
        if dying:
            self.phone.completes()
            self._dies()
        self._sees(self.phone.button("Complete"), self.completed)
        if not self.completed.is_visible():
            self.phone.completes()
            expect(self.completed).to_be_visible()
        self.moves.append("complete")

    def ends_well(self) -> None:
        """Nothing bad happens any more: all of it is sent."""
        self.trouble.close()
        self.phone.network.weather = calm
        self.phone.network.comes_back()
        self.phone.context.set_offline(False)
        self.phone.page.reload()
        if self.is_signed_out:
            self.phone.signs_in_again()
        self.phone.has_sent_everything()
        assert self.phone.unsent() == 0

    def is_in_the_books(self, headquarters: Headquarters) -> None:
        """0 lost, 0 twice, in order, all evidence whole: the phone numbers what it writes down."""
        phone, books = self.phone, Books(self.phone.network.office)
        done = {str(phone.visit): self.moves, DUTY: self.duties}
        known = headquarters.visit(phone.visit)["visit"]
        told = [kind for kind in books.events(phone.visit) if kind in TOLD.values()]
        assert [
            *faults(done, books.held_of(phone.person), phone.last_number()),
            *faults_of_words([TOLD[one] for one in self.moves if one in TOLD], told),
            *faults_of_words(self.words, known["note"].split("\n\n")),
            *faults_of_evidence(self.evidence, books.evidence(phone.visit, PHOTOS)),
        ] == []
        assert known["status"] == "completed"

    def _dies(self) -> None:
        """The app ends in the middle of something, at times with everything around it."""
        if self.chance.random() < WEAK_BATTERY:
            self.loses_power()
            return
        self.phone.dies()
        self.phone.opens()

    def loses_power(self) -> None:
        """Everything on the phone ends at once; it is charged, and the visit opened again."""
        self.phone.loses_power()
        self.phone.opens()

    def _finds_no_room(self, step: str) -> None:
        """What cannot be kept is said and not shown as done; then there is room again."""
        self.phone.button(step).click()
        expect(self.phone.page.get_by_text("This phone is full")).to_be_visible()
        expect(self.phone.button(step)).to_be_visible()
        self.phone.has_room_for(None)
        self.phone.room, self.is_full = None, False

    @staticmethod
    def _sees(one: Locator, other: Locator) -> None:
        expect(one.or_(other).first).to_be_visible(timeout=PATIENCE)


def _flaps(journey: Journey) -> None:
    journey.trouble.enter_context(Flapping(journey.phone.network))


def _restarts(journey: Journey) -> None:
    journey.phone.network.office.kill()
    journey.phone.network.office.start()


def _signs_out(journey: Journey) -> None:
    Books(journey.phone.network.office).ends_sessions(journey.phone.person)
    journey.is_signed_out = True


def _takes_nothing(journey: Journey) -> None:
    journey.phone.network.weather = nothing_is_taken(journey.weather)


def _takes_again(journey: Journey) -> None:
    journey.phone.network.weather = journey.weather


def _updates(journey: Journey) -> None:
    """Another version of the app takes over, with whatever is not sent."""
    journey.phone.network.extra["/app/sw.js"] = NEWER
    journey.phone.finds_an_update()
    journey.phone.page.get_by_role("button", name="Use it now").click()
    expect(journey.phone.page.get_by_text("A new version is ready.")).to_be_hidden()


def _fills(journey: Journey) -> None:
    journey.phone.is_full()
    journey.is_full = True


HAPPENS: dict[str, Callable[[Journey], object]] = {
    "nothing": lambda _: None,
    "another tab": lambda journey: journey.phone.opens(),
    "out of range": lambda journey: journey.phone.context.set_offline(True),
    "back in range": lambda journey: journey.phone.context.set_offline(False),
    "no way through": lambda journey: journey.phone.network.goes_down(),
    "a way again": lambda journey: journey.phone.network.comes_back(),
    "on and off": _flaps,
    "the office restarts": _restarts,
    "the session ends": _signs_out,
    "the battery is empty": lambda journey: journey.loses_power(),
    "nothing is taken": _takes_nothing,
    "it is taken again": _takes_again,
    "a newer version": _updates,
    "the phone is full": _fills,
}
WEAK_BATTERY = 0.25
MISFORTUNES: tuple[tuple[str, ...], ...] = (
    ("no way through", "the battery is empty", "a way again"),
    ("nothing is taken", "a newer version", "it is taken again"),
    ("the phone is full", "nothing"),
    ("the session ends",),
    ("the office restarts",),
    ("out of range", "the session ends", "back in range"),
    ("on and off",),
    ("another tab",),
    ("out of range",),
    ("the office restarts", "the battery is empty"),
)


def travels(seed: int, phone: Handset) -> Journey:
    """The whole way with the misfortune of this seed, and more of them as chance has it."""
    chance = Random(seed)
    journey = Journey(phone, chance, storm(seed))
    row = MISFORTUNES[seed % len(MISFORTUNES)]
    with journey.trouble:
        journey.begins(room=LITTLE if "the phone is full" in row else None)
        places = len(STEPS) + 1
        begins = chance.randrange(places - len(row) + 1)
        happens = {begins + place: one for place, one in enumerate(row)}
        dies_at = {chance.randrange(places), chance.randrange(2 * len(STEPS))}
        notes_at = {chance.randrange(1, len(STEPS)), chance.randrange(1, len(STEPS))}
        duty = dict(zip(sorted(chance.sample(range(places), 3)), DUTIES, strict=True))
        for place, (step, then) in enumerate(STEPS):
            journey.passes(happens.get(place, "nothing"))
            journey.takes(step, then, dying=place in dies_at)
            if place in notes_at:
                journey.notes(f"The concierge has the key, {seed}-{place}.")
            if place in duty:
                journey.works_by_the_clock(duty[place])
        if seed % 2:
            journey.rests()
        journey.documents()
        journey.passes(happens.get(len(STEPS), "nothing"))
        journey.completes(dying=len(STEPS) in dies_at)
        if len(STEPS) in duty:
            journey.works_by_the_clock(duty[len(STEPS)])
        journey.ends_well()
    return journey
