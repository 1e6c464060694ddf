"""When a technician can be sent out: absences, overlaps, lunch, overtime, certificates.

How usual weeks become shifts is tested next door.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.geo import Point
from dispatch.roster import (
    Absence,
    Availability,
    Certificate,
    InvalidShiftError,
    InvalidTechnicianError,
    Lunch,
    Shift,
    ShiftKind,
    Technician,
    available,
)

ANDORRA = ZoneInfo("Europe/Andorra")
JUNE_2 = date(2026, 6, 2)
HOME = Point(42.5063, 1.5218)
HOUR = timedelta(hours=1)


def at(hour: float, *, day: int = 2) -> datetime:
    return datetime(2026, 6, day, tzinfo=UTC) + hour * HOUR


def technician(**skills: int) -> Technician:
    return Technician("aina", "VALLS", HOME, skills)


def shift(
    starts: float, ends: float, *, kind: ShiftKind = ShiftKind.SHIFT, lunch: Lunch | None = None
) -> Shift:
    return Shift("aina", kind, at(starts), at(ends), overtime_max_seconds=3600, lunch=lunch)


def away(starts: float, ends: float, *, who: str = "aina") -> Absence:
    return Absence(who, at(starts), at(ends))


def on_june_2(*shifts: Shift, absences: tuple[Absence, ...] = ()) -> tuple[Availability, ...]:
    return available(technician(), shifts, absences=absences, day=JUNE_2, zone=ANDORRA)


def spans(found: tuple[Availability, ...]) -> list[tuple[float, float]]:
    midnight = at(0)
    return [
        ((free.starts_at - midnight) / HOUR, (free.ends_at - midnight) / HOUR) for free in found
    ]


NOON = Lunch(at(11), at(12), 2700)


def test_no_shift_is_simply_no_availability() -> None:
    assert on_june_2() == ()


def test_a_whole_shift_is_available_with_its_overtime_and_lunch() -> None:
    (free,) = on_june_2(shift(6, 14, lunch=NOON))
    assert (free.starts_at, free.ends_at) == (at(6), at(14))
    assert (free.overtime_max_seconds, free.lunch) == (3600, NOON)


def test_shifts_and_absences_of_others_do_not_count() -> None:
    other = Shift("bernat", ShiftKind.SHIFT, at(6), at(14))
    assert spans(on_june_2(other, shift(8, 12), absences=(away(0, 24, who="bernat"),))) == [(8, 12)]


def test_a_shift_belongs_to_the_local_day_it_starts_on() -> None:
    after_midnight = Shift("aina", ShiftKind.SHIFT, at(22.5, day=1), at(6))
    evening = shift(20, 30)
    assert spans(on_june_2(after_midnight, evening)) == [(-1.5, 6), (20, 30)]


def test_an_absence_in_the_middle_splits_the_shift() -> None:
    found = on_june_2(shift(6, 14), absences=(away(9, 11),))
    assert spans(found) == [(6, 9), (11, 14)]


def test_overtime_remains_only_where_the_shift_itself_ends() -> None:
    before, after = on_june_2(shift(6, 14), absences=(away(9, 11),))
    assert (before.overtime_max_seconds, after.overtime_max_seconds) == (0, 3600)


def test_an_absence_over_the_whole_shift_leaves_nothing() -> None:
    assert on_june_2(shift(6, 14), absences=(away(5, 15),)) == ()


def test_overlapping_absences_are_taken_out_once() -> None:
    absences = (away(8, 12), away(9, 10), away(11, 13), away(20, 21))
    assert spans(on_june_2(shift(6, 14), absences=absences)) == [(6, 8), (13, 14)]


def test_an_absence_that_only_touches_the_shift_changes_nothing() -> None:
    assert spans(on_june_2(shift(6, 14), absences=(away(4, 6), away(14, 16)))) == [(6, 14)]


def test_an_ordinary_shift_counts_before_being_on_call() -> None:
    on_call = shift(4, 20, kind=ShiftKind.ON_CALL)
    found = on_june_2(on_call, shift(6, 14))
    assert spans(found) == [(4, 6), (6, 14), (14, 20)]
    assert [free.kind for free in found] == ["on_call", "shift", "on_call"]


def test_overlapping_shifts_are_never_counted_twice() -> None:
    assert spans(on_june_2(shift(6, 14), shift(12, 18))) == [(6, 14), (14, 18)]


def test_lunch_stays_with_the_part_of_the_shift_that_can_hold_it() -> None:
    before, after = on_june_2(shift(6, 14, lunch=NOON), absences=(away(9, 10),))
    assert (before.lunch, after.lunch) == (None, NOON)


def test_lunch_is_owed_once_even_if_both_parts_could_hold_it() -> None:
    long_noon = Lunch(at(9), at(13), 1800)
    absences = (away(11, 11.25),)
    before, after = on_june_2(shift(6, 16, lunch=long_noon), absences=absences)
    assert (before.lunch, after.lunch) == (long_noon, None)


def test_who_is_away_over_noon_has_eaten() -> None:
    found = on_june_2(shift(6, 14, lunch=NOON), absences=(away(10.5, 12),))
    assert [free.lunch for free in found] == [None, None]


def test_an_expired_certificate_takes_its_skill_away_for_the_day() -> None:
    rescue = Certificate("rescue", valid_until=date(2026, 6, 1))
    aina = Technician("aina", "VALLS", HOME, {"rescue": 1, "traction": 2}, (rescue,))
    (free,) = available(aina, [shift(6, 14)], day=JUNE_2, zone=ANDORRA)
    assert free.skills == {"traction": 2}


def test_a_certificate_is_valid_on_its_first_and_last_day() -> None:
    one_day = Certificate("rescue", valid_until=JUNE_2, valid_from=JUNE_2)
    days = [JUNE_2 - timedelta(days=1), JUNE_2, JUNE_2 + timedelta(days=1)]
    assert [one_day.covers(day) for day in days] == [False, True, False]


def test_a_renewed_certificate_gives_the_skill_back() -> None:
    old = Certificate("rescue", valid_until=date(2026, 5, 31))
    new = Certificate("rescue", valid_until=date(2028, 5, 31), valid_from=JUNE_2)
    aina = Technician("aina", "VALLS", HOME, {"rescue": 1}, (old, new))
    assert [aina.skills_on(date(2026, 6, day)) for day in (1, 2)] == [{}, {"rescue": 1}]


def test_a_level_below_one_is_refused() -> None:
    with pytest.raises(InvalidTechnicianError, match="level 0 of rescue"):
        technician(rescue=0)


def test_a_certificate_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidTechnicianError):
        Certificate("rescue", valid_until=date(2026, 1, 1), valid_from=date(2026, 2, 1))


@pytest.mark.parametrize(("starts", "ends"), [(14, 6), (6, 6)])
def test_a_shift_must_last(starts: float, ends: float) -> None:
    with pytest.raises(InvalidShiftError, match="aina"):
        shift(starts, ends)


def test_instants_are_in_utc_or_refused() -> None:
    with pytest.raises(InvalidShiftError, match="not an instant in UTC"):
        Absence("aina", at(6), at(9).astimezone(timezone(HOUR)))
    with pytest.raises(InvalidShiftError, match="not an instant in UTC"):
        Absence("aina", at(6).replace(tzinfo=None), at(9))


def test_overtime_and_lunch_below_zero_are_refused() -> None:
    with pytest.raises(InvalidShiftError, match="overtime"):
        Shift("aina", ShiftKind.SHIFT, at(6), at(14), overtime_max_seconds=-1)
    with pytest.raises(InvalidShiftError, match="lunch"):
        Lunch(at(11), at(12), 0)


hours_of_the_day = st.tuples(st.integers(0, 23), st.integers(1, 12))


@given(
    duties=st.lists(hours_of_the_day, max_size=4), absences=st.lists(hours_of_the_day, max_size=4)
)
def test_every_hour_on_duty_and_not_away_is_available_exactly_once(
    duties: list[tuple[int, int]], absences: list[tuple[int, int]]
) -> None:
    shifts = [
        Shift("aina", ShiftKind.SHIFT, at(start - 2), at(start - 2 + length))
        for start, length in duties
    ]
    out = tuple(away(start - 2, start - 2 + length) for start, length in absences)
    found = spans(on_june_2(*shifts, absences=out))
    for hour in range(-2, 36):
        on_duty = any(start <= hour + 2 < start + length for start, length in duties)
        is_away = any(start <= hour + 2 < start + length for start, length in absences)
        held = sum(start <= hour < end for start, end in found)
        assert held == (on_duty and not is_away)
