"""Targets that name a day: which day is meant, what pauses do, what is refused.

Published figures are in the worked examples.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from dispatch.errors import Invalid
from dispatch.hours import (
    Calendar,
    NoServiceDay,
    Pause,
    RelativeMode,
    RelativeTarget,
    SpecialDay,
    Window,
    every_weekday,
    relative_due,
    service_day,
)

PARIS = ZoneInfo("Europe/Paris")
NEXT_DAY_BY_TEN = RelativeTarget(1, RelativeMode.BY, 600)


def office(*holidays: date) -> Calendar:
    weekly = every_weekday(Window(480, 720), Window(810, 1020))
    return Calendar("Europe/Paris", weekly, holidays=frozenset(holidays))


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def test_a_call_at_the_last_closing_is_received_the_next_service_day() -> None:
    assert service_day(office(), paris("2026-06-05T16:59:59")) == date(2026, 6, 5)
    assert service_day(office(), paris("2026-06-05T17:00")) == date(2026, 6, 8)


def test_a_call_before_opening_is_received_the_same_day() -> None:
    assert service_day(office(), paris("2026-06-05T00:00")) == date(2026, 6, 5)


def test_holidays_are_no_service_days() -> None:
    calendar = office(date(2026, 6, 8))
    assert relative_due(calendar, paris("2026-06-05T10:00"), NEXT_DAY_BY_TEN) == paris(
        "2026-06-09T10:00"
    )


def test_hours_spill_into_the_next_service_day() -> None:
    target = RelativeTarget(1, RelativeMode.HOURS, 9 * 60)
    assert relative_due(office(), paris("2026-06-04T10:00"), target) == paris("2026-06-08T09:30")


def test_close_means_the_last_window_even_past_midnight() -> None:
    nights = Calendar("Europe/Paris", ((Window(480, 720), Window(1320, 360)),) * 7)
    target = RelativeTarget(0, RelativeMode.CLOSE)
    assert relative_due(nights, paris("2026-06-02T09:00"), target) == paris("2026-06-03T06:00")


def test_around_the_clock_every_day_closes_at_midnight() -> None:
    always = Calendar("Europe/Paris", always_open=True)
    target = RelativeTarget(1, RelativeMode.CLOSE)
    assert relative_due(always, paris("2026-03-28T09:00"), target) == paris("2026-03-30T00:00")


def test_an_hour_that_comes_twice_is_meant_the_first_time() -> None:
    always = Calendar("Europe/Paris", always_open=True)
    target = RelativeTarget(1, RelativeMode.BY, 150)
    reached = relative_due(always, paris("2026-10-24T09:00"), target)
    assert reached == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_pause_before_the_due_moves_the_start_to_its_end() -> None:
    pause = Pause(paris("2026-06-02T11:00"), paris("2026-06-03T18:00"))
    assert relative_due(office(), paris("2026-06-02T10:00"), NEXT_DAY_BY_TEN, [pause]) == paris(
        "2026-06-05T10:00"
    )


def test_a_pause_after_the_due_changes_nothing() -> None:
    pause = Pause(paris("2026-06-03T10:00"), None)
    assert relative_due(office(), paris("2026-06-02T10:00"), NEXT_DAY_BY_TEN, [pause]) == paris(
        "2026-06-03T10:00"
    )


def test_an_open_pause_before_the_due_leaves_no_due() -> None:
    pause = Pause(paris("2026-06-03T09:00"), None)
    assert relative_due(office(), paris("2026-06-02T10:00"), NEXT_DAY_BY_TEN, [pause]) is None


def test_a_pause_over_before_the_call_changes_nothing() -> None:
    pause = Pause(paris("2026-05-28T09:00"), paris("2026-05-29T10:00"))
    assert relative_due(office(), paris("2026-06-02T10:00"), NEXT_DAY_BY_TEN, [pause]) == paris(
        "2026-06-03T10:00"
    )


@pytest.mark.parametrize(
    ("call", "days", "end"),
    [
        ("2026-06-05T10:00", 0, "2026-06-06T00:00"),
        ("2026-06-05T23:59:59", 0, "2026-06-06T00:00"),
        ("2026-06-06T00:00", 0, "2026-06-07T00:00"),  # a Saturday without service
        ("2026-06-05T18:00", 7, "2026-06-13T00:00"),
        ("2026-03-28T10:00", 1, "2026-03-30T00:00"),  # 23 hours
        ("2026-10-24T10:00", 1, "2026-10-26T00:00"),  # 25 hours
    ],
)
def test_the_end_of_a_day_is_its_midnight_whether_service_is_open_or_not(
    call: str, days: int, end: str
) -> None:
    target = RelativeTarget(days, RelativeMode.END_OF_DAY)
    assert relative_due(office(date(2026, 6, 8)), paris(call), target) == paris(end)


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("America/Santiago", date(2026, 9, 5), "2026-09-06T04:00+00:00"),  # no midnight that night
        ("America/Santiago", date(2026, 4, 4), "2026-04-05T04:00+00:00"),  # 23:00 comes twice
        ("America/Havana", date(2026, 10, 31), "2026-11-01T04:00+00:00"),  # 00:00 comes twice
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-30T10:00+00:00"),  # the 30th never was
    ],
)
def test_a_day_ends_once_its_date_is_never_shown_again(zone: str, day: date, end: str) -> None:
    call = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo(zone))
    target = RelativeTarget(0, RelativeMode.END_OF_DAY)
    always = Calendar(zone, always_open=True)
    assert relative_due(always, call, target) == datetime.fromisoformat(end)


def test_a_pause_moves_the_end_of_the_day_to_the_day_of_its_own_end() -> None:
    pause = Pause(paris("2026-06-05T11:00"), paris("2026-06-07T08:00"))
    target = RelativeTarget(0, RelativeMode.END_OF_DAY)
    assert relative_due(office(), paris("2026-06-05T10:00"), target, [pause]) == paris(
        "2026-06-08T00:00"
    )


def test_a_pause_without_length_moves_nothing() -> None:
    evening = paris("2026-06-02T18:00")
    assert relative_due(
        office(), paris("2026-06-02T10:00"), NEXT_DAY_BY_TEN, [Pause(evening, evening)]
    ) == paris("2026-06-03T10:00")


@pytest.mark.parametrize(
    ("days", "mode", "minutes", "code"),
    [
        (-1, RelativeMode.CLOSE, 0, "days_out_of_range"),
        (2000, RelativeMode.CLOSE, 0, "days_out_of_range"),
        (1, RelativeMode.CLOSE, 60, "minute_out_of_range"),
        (1, RelativeMode.BY, 1441, "minute_out_of_range"),
        (1, RelativeMode.HOURS, -1, "minute_out_of_range"),
        (1, RelativeMode.END_OF_DAY, 60, "minute_out_of_range"),
    ],
)
def test_an_impossible_day_is_refused(
    days: int, mode: RelativeMode, minutes: int, *, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        RelativeTarget(days, mode, minutes)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_too_few_service_days_in_five_years_are_refused() -> None:
    only_day = SpecialDay(date(2026, 6, 2), (Window(480, 1020),))
    once = Calendar("Europe/Paris", special=(only_day,))
    with pytest.raises(NoServiceDay) as refused:
        relative_due(once, paris("2026-06-02T09:00"), NEXT_DAY_BY_TEN)
    assert refused.value.days == 1


def test_the_named_day_agrees_with_a_calendar_read_by_hand() -> None:
    random = Random(11)
    for _ in range(300):
        start = paris("2026-03-01T00:00") + timedelta(seconds=random.randrange(250 * 86_400))
        holidays = {date(2026, 3, 1) + timedelta(random.randrange(280)) for _ in range(40)}
        working = [
            day
            for day in (start.date() + timedelta(ahead) for ahead in range(60))
            if day.weekday() < 5 and day not in holidays
        ]
        too_late_today = start.date() == working[0] and start.hour >= 17
        expected = working[3 + too_late_today]
        assert service_day(office(*holidays), start, 3) == expected
