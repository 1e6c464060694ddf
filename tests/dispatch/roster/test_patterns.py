"""Usual weeks written out into shifts, through midnight and both clock changes.

What remains of a shift on a day is tested next door.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.roster import (
    InvalidShiftError,
    PatternLunch,
    PatternShift,
    Shift,
    shifts_from_pattern,
)

ANDORRA = ZoneInfo("Europe/Andorra")
MONDAY, SATURDAY, SUNDAY = 0, 5, 6
SPRING_CHANGE, AUTUMN_CHANGE = date(2026, 3, 29), date(2026, 10, 25)


def usual(
    starts: time,
    ends: time,
    *,
    weekdays: Iterable[int] = range(7),
    lunch: PatternLunch | None = None,
) -> PatternShift:
    return PatternShift(frozenset(weekdays), starts, ends, lunch=lunch)


def written_out(pattern: list[PatternShift], first_day: date, days: int = 1) -> tuple[Shift, ...]:
    return shifts_from_pattern(
        pattern, technician_id="aina", first_day=first_day, days=days, zone=ANDORRA
    )


def hours(shift: Shift) -> float:
    return (shift.ends_at - shift.starts_at) / timedelta(hours=1)


def test_wall_times_keep_their_meaning_in_summer_and_in_winter() -> None:
    early = [usual(time(7), time(15))]
    (summer,), (winter,) = (
        written_out(early, date(2026, 7, 1)),
        written_out(early, date(2026, 12, 1)),
    )
    assert (summer.starts_at.hour, winter.starts_at.hour) == (5, 6)


def test_only_the_days_of_the_pattern_get_a_shift() -> None:
    shifts = written_out([usual(time(7), time(15), weekdays=[MONDAY])], date(2026, 6, 1), days=14)
    assert [shift.starts_at.date() for shift in shifts] == [date(2026, 6, 1), date(2026, 6, 8)]


def test_shifts_of_several_patterns_come_in_order_of_time() -> None:
    late, early = usual(time(12), time(20)), usual(time(6), time(10))
    starts = [shift.starts_at for shift in written_out([late, early], date(2026, 6, 1), days=2)]
    assert starts == sorted(starts)
    assert len(starts) == 4


def test_a_night_ends_on_the_following_day() -> None:
    (night,) = written_out([usual(time(22), time(6))], date(2026, 6, 1))
    assert night.ends_at == datetime(2026, 6, 2, 4, tzinfo=UTC)


def test_a_duty_that_ends_when_it_starts_lasts_a_whole_day() -> None:
    (whole,) = written_out([usual(time(8), time(8))], date(2026, 6, 1))
    assert hours(whole) == 24


@pytest.mark.parametrize(
    ("evening", "length"), [(SPRING_CHANGE, 7), (AUTUMN_CHANGE, 9), (date(2026, 6, 2), 8)]
)
def test_a_night_over_a_clock_change_is_an_hour_shorter_or_longer(
    evening: date, length: float
) -> None:
    (night,) = written_out([usual(time(22), time(6))], evening - timedelta(days=1))
    assert hours(night) == length


def test_a_start_that_the_clocks_skip_is_the_moment_of_the_change() -> None:
    (shift,) = written_out([usual(time(2, 30), time(10))], SPRING_CHANGE)
    assert shift.starts_at == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_a_duty_inside_the_hour_that_clocks_skip_does_not_take_place() -> None:
    pattern = [usual(time(2, 10), time(2, 40))]
    assert len(written_out(pattern, SPRING_CHANGE - timedelta(days=1), days=3)) == 2


def test_a_repeated_hour_is_covered_from_its_first_pass_to_its_second() -> None:
    (shift,) = written_out([usual(time(2, 15), time(2, 45))], AUTUMN_CHANGE)
    assert shift.starts_at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert shift.ends_at == datetime(2026, 10, 25, 1, 45, tzinfo=UTC)


def test_an_end_at_the_very_start_of_the_repeated_hour_is_not_an_hour_late() -> None:
    (shift,) = written_out([usual(time(0), time(2))], AUTUMN_CHANGE)
    assert hours(shift) == 2


def test_lunch_follows_the_shift_past_midnight() -> None:
    lunch = PatternLunch(time(1), time(2), 1800)
    (night,) = written_out([usual(time(20), time(6), lunch=lunch)], date(2026, 6, 1))
    assert night.lunch is not None
    assert night.lunch.earliest_at == datetime(2026, 6, 1, 23, tzinfo=UTC)
    assert night.lunch.over_by == datetime(2026, 6, 2, 0, 30, tzinfo=UTC)


def test_a_lunch_outside_its_shift_is_refused() -> None:
    late_lunch = PatternLunch(time(14), time(14, 45), 3600)
    with pytest.raises(InvalidShiftError, match="aina does not hold its lunch"):
        written_out([usual(time(7), time(15), lunch=late_lunch)], date(2026, 6, 1))


@pytest.mark.parametrize("weekdays", [[], [7], [-1, 0]])
def test_weekdays_are_monday_to_sunday(weekdays: list[int]) -> None:
    with pytest.raises(InvalidShiftError):
        usual(time(7), time(15), weekdays=weekdays)


def test_no_days_no_shifts() -> None:
    assert written_out([usual(time(7), time(15))], date(2026, 6, 1), days=0) == ()


@given(
    zone=st.sampled_from(["Europe/Andorra", "Australia/Lord_Howe", "Africa/Cairo"]),
    day=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    starts=st.times(),
    ends=st.times(),
)
def test_a_duty_starts_and_ends_when_the_clocks_pass_the_times_written_down(
    zone: str, day: date, starts: time, ends: time
) -> None:
    starts, ends = (wall.replace(second=0, microsecond=0) for wall in (starts, ends))
    there = ZoneInfo(zone)
    found = shifts_from_pattern(
        [usual(starts, ends)], technician_id="aina", first_day=day, days=1, zone=there
    )
    last_day = day + timedelta(days=ends <= starts)
    for shift in found:
        for instant, asked in (
            (shift.starts_at, datetime.combine(day, starts)),
            (shift.ends_at, datetime.combine(last_day, ends)),
        ):
            a_second_earlier = instant - timedelta(seconds=1)
            assert shown(a_second_earlier, there) < asked <= shown(instant, there)


def shown(instant: datetime, there: ZoneInfo) -> datetime:
    return instant.astimezone(there).replace(tzinfo=None)
