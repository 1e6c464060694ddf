"""Whether the office holds what a technician did: nothing lost, nothing twice, in order, whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

ADDED = "note"
"""What may lie between the steps of a lane: words, photos, answers to a checklist."""


@dataclass(frozen=True, slots=True)
class Held:
    """A command as the office holds it; `lane` is what its order is kept in."""

    lane: str
    kind: str
    id: str
    device: str
    sequence: int
    outcome: str = "applied"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file as the office holds it; of a photo, what is to be seen on it."""

    shows: str
    state: str = "received"
    is_whole: bool = True
    is_unchanged: bool = True


def faults(done: Mapping[str, Sequence[str]], held: Sequence[Held], last: int) -> list[str]:
    """What is wrong between steps taken and commands held, in the words of who lost them.

    `done` are the steps by lane, in order; `held` is in the order in which it was written down;
    `last` is the number that the phone gave to its latest command.
    """
    return [
        *_lost(done, held, last),
        *_twice(done, held),
        *_disordered(done, held),
        *_refused(held),
    ]


def _lost(done: Mapping[str, Sequence[str]], held: Sequence[Held], last: int) -> list[str]:
    missing = sorted(set(range(1, last + 1)) - {each.sequence for each in held})
    kinds = _steps_of(done) - _kinds_of(held)
    return [f"lost: number {one} of {last}" for one in missing] + [
        f"lost: {kind} of {lane}" for lane, kind in kinds.elements()
    ]


def _twice(done: Mapping[str, Sequence[str]], held: Sequence[Held]) -> list[str]:
    numbers = Counter((each.device, each.sequence) for each in held)
    ids = Counter((each.lane, each.id) for each in held)
    kinds = _kinds_of(held) - _steps_of(done)
    return [
        *(f"twice: number {one[1]}" for one, times in numbers.items() if times > 1),
        *(f"twice: {one[1]}" for one, times in ids.items() if times > 1),
        *(f"twice: {kind} of {lane}" for lane, kind in kinds.elements()),
        *(["twice: two phones"] if len({each.device for each in held}) > 1 else []),
    ]


def _disordered(done: Mapping[str, Sequence[str]], held: Sequence[Held]) -> list[str]:
    wrong = []
    for lane in {each.lane for each in held} | set(done):
        own = [each for each in held if each.lane == lane]
        wrong += [
            f"out of order in {lane}: {later.sequence} before {earlier.sequence}"
            for later, earlier in pairwise(own)
            if later.sequence > earlier.sequence
        ]
        steps = [each.kind for each in own if each.kind != ADDED]
        if sorted(steps) == sorted(done.get(lane, ())) and steps != list(done.get(lane, ())):
            wrong.append(f"out of order in {lane}: {', '.join(steps)}")
    return wrong


def _refused(held: Sequence[Held]) -> list[str]:
    return [f"refused: {each.kind}" for each in held if each.outcome != "applied"]


def faults_of_words(written: Sequence[str], held: Sequence[str]) -> list[str]:
    """The same of what was written down."""
    lost, twice = Counter(written) - Counter(held), Counter(held) - Counter(written)
    wrong = [f"lost: {words}" for words in lost.elements()]
    wrong += [f"twice: {words}" for words in twice.elements()]
    if not wrong and list(written) != list(held):
        wrong.append(f"out of order: {' / '.join(held)}")
    return wrong


def faults_of_evidence(taken: Sequence[str], held: Sequence[Evidence]) -> list[str]:
    """The same of what was photographed and signed, which must also be whole and unchanged."""
    shown = Counter(each.shows for each in held)
    wrong = [f"lost: {one}" for one in (Counter(taken) - shown).elements()]
    wrong += [f"twice: {one}" for one in (shown - Counter(taken)).elements()]
    for each in held:
        if each.state != "received" or not each.is_whole:
            wrong.append(f"not whole: {each.shows}, {each.state}")
        elif not each.is_unchanged:
            wrong.append(f"changed on the way: {each.shows}")
    return wrong


def _steps_of(done: Mapping[str, Sequence[str]]) -> Counter[tuple[str, str]]:
    return Counter((lane, kind) for lane, kinds in done.items() for kind in kinds)


def _kinds_of(held: Sequence[Held]) -> Counter[tuple[str, str]]:
    return Counter((each.lane, each.kind) for each in held if each.kind != ADDED)
