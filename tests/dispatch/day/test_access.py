"""The hours of a house: which of them a visit is to begin in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch.day.access import AccessHours, opening_for, openings

PARIS = ZoneInfo("Europe/Paris")
WEEK = (
    AccessHours(frozenset({1}), 480, 600, "Only with the caretaker"),
    AccessHours(frozenset({1}), 840, 1440),
    AccessHours(frozenset({4}), 540, 600),
)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """An hour of June 2026; the 2nd is a Tuesday."""
    return datetime(2026, 6, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "due", "planned", "opens"),
    [
        pytest.param(on(2, 7), None, None, on(2, 14), id="the longest of the day"),
        pytest.param(on(2, 7), on(2, 11), None, on(2, 8), id="the one that keeps the promise"),
        pytest.param(on(2, 11), on(2, 11), None, on(2, 14), id="what is left when it is too late"),
        pytest.param(on(2, 7), None, on(2, 9), on(2, 8), id="the one it is planned in"),
        pytest.param(on(2, 7), None, on(2, 12), None, id="none for a visit planned outside"),
        pytest.param(on(3, 7), None, None, on(5, 9), id="the next day it opens"),
        pytest.param(on(5, 11), None, None, on(9, 8), id="the next week"),
    ],
)
def test_a_visit_begins_in_one_opening(
    now: datetime, due: datetime | None, planned: datetime | None, opens: datetime | None
) -> None:
    found = opening_for(WEEK, now.date(), PARIS, now=now, due_at=due, planned_at=planned)
    assert (None if found is None else found.starts_at) == opens


def test_a_day_ends_at_midnight_and_hours_are_those_of_the_wall() -> None:
    morning, afternoon = openings(WEEK, on(2, 0).date(), PARIS)
    assert (morning.note, afternoon.ends_at) == ("Only with the caretaker", on(3, 0))
    assert openings(WEEK, on(3, 0).date(), PARIS) == ()
