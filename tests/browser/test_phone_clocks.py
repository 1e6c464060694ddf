"""Phones whose clock is wrong, or set while they work (T33), and a morning without signal."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.headquarters import Headquarters
from tests.browser.phones import Handset

pytestmark = pytest.mark.proof
CLOSE = timedelta(seconds=2)
WRONG = [timedelta(days=-2), timedelta(hours=3)]


@pytest.mark.parametrize("skew", WRONG)
@pytest.mark.parametrize("when", ["before the day began", "during the day"])
def test_an_arrival_is_known_within_two_seconds_whatever_the_phone_takes_it_for(
    skew: timedelta,
    when: str,
    phone: Handset,
    headquarters: Headquarters,
) -> None:
    is_late = when == "during the day"
    phone.context.clock.install(time=_real() + (timedelta(0) if is_late else skew))
    phone.opens()
    phone.is_installed()
    phone.does("Accept", "Start travel")
    phone.has_sent_everything()
    if is_late:
        phone.page.clock.set_system_time(_device(phone.page) + skew)
    assert abs(_device(phone.page) - _real() - skew) < timedelta(minutes=5)
    before = headquarters.now
    phone.button("I am here").click()
    expect(phone.button("Start work")).to_be_visible()
    after = headquarters.now
    phone.has_sent_everything()
    arrived = headquarters.arrived_at(phone.visit)
    assert before - CLOSE <= arrived <= after + CLOSE


@pytest.mark.parametrize("skew", [*WRONG, -WRONG[1]])
def test_a_clock_set_out_of_range_does_not_move_an_arrival(
    skew: timedelta, phone: Handset, headquarters: Headquarters
) -> None:
    phone.context.clock.install(time=_real())
    phone.opens()
    phone.is_installed()
    phone.does("Accept", "Start travel")
    phone.has_sent_everything()
    phone.context.set_offline(True)
    phone.page.clock.set_system_time(_device(phone.page) + skew)
    before = headquarters.now
    phone.does("I am here")
    after = headquarters.now
    phone.context.set_offline(False)
    phone.has_sent_everything()
    assert before - CLOSE <= headquarters.arrived_at(phone.visit) <= after + CLOSE


def _real() -> datetime:
    return datetime.now().astimezone()


def _device(page: Page) -> datetime:
    """What the phone takes it for."""
    return datetime.fromtimestamp(page.evaluate("Date.now()") / 1000).astimezone()
