"""Pauses and bounds, told by example.

What holds of every due is in the properties; published figures are in the worked examples.
"""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.errors import Invalid
from dispatch.hours import (
    Calendar,
    NaiveInstant,
    NoDueInFiveYears,
    Pause,
    SpecialDay,
    Window,
    due,
    every_weekday,
    left_when_paused,
)

OFFICE = Calendar("Europe/Paris", every_weekday(Window(480, 720), Window(810, 1050)))
ALWAYS = Calendar("Europe/Paris", always_open=True)
TUESDAY = datetime(2026, 6, 2, 7, tzinfo=UTC)
HOUR = 3600


def after(hours: float) -> datetime:
    return TUESDAY + timedelta(hours=hours)


def test_a_pause_outside_service_hours_changes_nothing() -> None:
    night = Pause(after(12), after(20))
    assert due(OFFICE, TUESDAY, 12 * HOUR, [night]) == due(OFFICE, TUESDAY, 12 * HOUR)


def test_overlapping_pauses_stop_the_clock_once() -> None:
    pauses = [Pause(after(1), after(3)), Pause(after(2), after(4))]
    assert due(ALWAYS, TUESDAY, 2 * HOUR, pauses) == after(5)


def test_a_pause_that_begins_at_the_due_changes_nothing() -> None:
    assert due(ALWAYS, TUESDAY, HOUR, [Pause(after(1), None)]) == after(1)


def test_an_open_pause_before_the_due_leaves_no_due() -> None:
    assert due(ALWAYS, TUESDAY, HOUR, [Pause(after(0.5), None)]) is None


def test_each_instant_is_lost_to_an_open_pause_for_itself() -> None:
    pauses = [Pause(after(0.75), None)]
    assert due(ALWAYS, TUESDAY, HOUR * 3 // 4, pauses) == after(0.75)
    assert due(ALWAYS, TUESDAY, HOUR * 8 // 10, pauses) is None


def test_what_is_left_is_counted_when_the_open_pause_began() -> None:
    pauses = [Pause(after(1), after(2)), Pause(after(2.5), None)]
    assert left_when_paused(ALWAYS, TUESDAY, 4 * HOUR, pauses) == 2.5 * HOUR


def test_nothing_is_frozen_once_work_is_resumed() -> None:
    assert left_when_paused(ALWAYS, TUESDAY, HOUR, [Pause(after(1), after(2))]) is None


def test_a_pause_open_since_before_the_call_leaves_the_whole_target() -> None:
    pauses = [Pause(after(-5), None)]
    assert due(OFFICE, TUESDAY, HOUR, pauses) is None
    assert left_when_paused(OFFICE, TUESDAY, HOUR, pauses) == HOUR


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(Invalid, match="ends before it begins"):
        Pause(after(1), after(0))


def test_the_search_ends_after_five_years() -> None:
    with pytest.raises(NoDueInFiveYears) as refused:
        due(OFFICE, TUESDAY, 5 * 366 * 86_400)
    assert refused.value.seconds == 5 * 366 * 86_400


def test_a_calendar_that_stops_opening_has_no_due() -> None:
    opening = SpecialDay(TUESDAY.date(), (Window(480, 1020),))
    once = Calendar("Europe/Paris", special=(opening,))
    with pytest.raises(NoDueInFiveYears):
        due(once, TUESDAY, 10 * HOUR)


def test_a_target_of_years_is_still_counted() -> None:
    four_years = 4 * 365 * 86_400
    assert due(ALWAYS, TUESDAY, four_years) == TUESDAY + timedelta(seconds=four_years)


def test_a_share_rounded_down_to_nothing_is_reached_at_once() -> None:
    night = TUESDAY.replace(hour=1)
    assert due(OFFICE, night, 0) == night


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveInstant):
        due(OFFICE, TUESDAY.replace(tzinfo=None), HOUR)


def test_any_zone_of_the_caller_gives_the_same_due() -> None:
    elsewhere = datetime.fromisoformat("2026-06-02T12:45:00+05:45")
    assert due(OFFICE, elsewhere, 9 * HOUR) == due(OFFICE, TUESDAY, 9 * HOUR)


def test_a_fraction_of_a_second_is_dropped() -> None:
    assert due(ALWAYS, TUESDAY.replace(microsecond=999_999), HOUR) == after(1)
