"""A visit from the call to its end on a phone to which everything happens (T31, T35).

Tabs and whole browsers are killed, answers get lost, the office dies, the session ends, another
version of the app takes over, the phone is full: each step still arrives once and in order, each
photo whole. A run is told by its seed.
"""

from random import Random

import pytest

from tests.browser.bad_network import Fate, Flapping, Weather
from tests.browser.headquarters import Headquarters
from tests.browser.journeys import STEPS, Journey, travels
from tests.browser.phones import Handset

SHORT = range(6)
LONG = range(6, 106)


@pytest.mark.parametrize(
    "seed", [*SHORT, *(pytest.param(seed, marks=pytest.mark.proof) for seed in LONG)]
)
def test_every_step_arrives_once_and_in_order_whatever_happens(
    seed: int, pocket_phone: Handset, headquarters: Headquarters
) -> None:
    travels(seed, pocket_phone).is_in_the_books(headquarters)


@pytest.mark.proof
def test_a_network_that_comes_and_goes_every_two_seconds_only_delays(
    pocket_phone: Handset, headquarters: Headquarters
) -> None:
    journey = Journey(pocket_phone, Random(35), _slow_and_leaky())
    journey.begins()
    with Flapping(pocket_phone.network):
        for step, then in STEPS:
            journey.takes(step, then, dying=False)
        journey.notes("The concierge has the key.")
        journey.documents()
        journey.completes(dying=False)
    # Nobody touches the phone: it has to come to it by itself.
    pocket_phone.has_sent_everything()
    journey.is_in_the_books(headquarters)


def _slow_and_leaky() -> Weather:
    chance = Random(35)
    return lambda _: (Fate.NEVER_ASKED if chance.random() < 0.01 else Fate.ANSWERED, 0.4)
