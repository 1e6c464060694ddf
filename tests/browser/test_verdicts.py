"""The verdict on what arrived is itself judged: it must see each way in which work goes wrong."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.browser.verdicts import Evidence, Held, faults, faults_of_evidence, faults_of_words

DONE = {"visit": ["accept", "arrive", "complete"], "duty": ["start_shift"]}
HELD = [
    Held("visit", "accept", "a", "phone", 1),
    Held("duty", "start_shift", "b", "phone", 2),
    Held("visit", "note", "c", "phone", 3),
    Held("visit", "arrive", "d", "phone", 4),
    Held("visit", "complete", "e", "phone", 5),
]
PHOTOS = [Evidence("red"), Evidence("green"), Evidence("Marta Vidal")]


def test_what_arrived_whole_once_and_in_order_is_fine() -> None:
    assert faults(DONE, HELD, 5) == []
    assert faults_of_words(["one", "two"], ["one", "two"]) == []
    assert faults_of_evidence(["red", "green", "Marta Vidal"], PHOTOS) == []


@pytest.mark.parametrize(
    ("held", "last", "fault"),
    [
        pytest.param(HELD[:-1], 5, "lost: number 5", id="the last step never came"),
        pytest.param(HELD[:-1], 4, "lost: complete", id="a step that was never written down"),
        pytest.param([*HELD[:2], *HELD[3:]], 5, "lost: number 3", id="a note in between"),
        pytest.param([*HELD, replace(HELD[3], id="f")], 5, "twice: number 4", id="a new name"),
        pytest.param([*HELD, HELD[2]], 5, "twice: c", id="the same once more"),
        pytest.param(
            [*HELD, Held("visit", "arrive", "f", "phone", 6)], 6, "twice: arrive", id="a new number"
        ),
        pytest.param(
            [*HELD[:4], replace(HELD[4], device="other")], 5, "twice: two phones", id="two phones"
        ),
        pytest.param(
            [HELD[0], HELD[1], HELD[3], HELD[2], HELD[4]], 5, "out of order", id="a note late"
        ),
        pytest.param(
            [HELD[0], HELD[1], HELD[2], HELD[4], HELD[3]], 5, "out of order", id="a step late"
        ),
        pytest.param(
            [
                *HELD[:3],
                replace(HELD[3], kind="complete"),
                replace(HELD[4], kind="arrive"),
            ],
            5,
            "out of order in visit: accept, complete, arrive",
            id="numbered in the wrong order",
        ),
        pytest.param(
            [*HELD[:4], replace(HELD[4], outcome="rejected")], 5, "refused: complete", id="refused"
        ),
    ],
)
def test_what_was_lost_doubled_disordered_or_refused_is_seen(
    held: Sequence[Held], last: int, fault: str
) -> None:
    assert any(each.startswith(fault) for each in faults(DONE, held, last))


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (["one"], "lost: two"),
        (["one", "two", "two"], "twice: two"),
        (["two", "one"], "out of order: two / one"),
    ],
)
def test_words_that_are_lost_doubled_or_disordered_are_seen(held: list[str], fault: str) -> None:
    assert faults_of_words(["one", "two"], held) == [fault]


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (PHOTOS[1:], "lost: red"),
        ([*PHOTOS, Evidence("red")], "twice: red"),
        ([replace(PHOTOS[0], state="promised", is_whole=False), *PHOTOS[1:]], "not whole: red"),
        ([replace(PHOTOS[0], state="refused"), *PHOTOS[1:]], "not whole: red"),
        ([replace(PHOTOS[0], is_unchanged=False), *PHOTOS[1:]], "changed on the way: red"),
    ],
)
def test_evidence_that_is_lost_doubled_cut_or_changed_is_seen(
    held: list[Evidence], fault: str
) -> None:
    (seen,) = faults_of_evidence(["red", "green", "Marta Vidal"], held)
    assert seen.startswith(fault)
