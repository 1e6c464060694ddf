"""Which hours a calendar has, and every way in which one can be wrong.

The instants those hours become are tested with clock changes.
"""

from datetime import UTC, date, datetime

import pytest

from dispatch.errors import Fault, Invalid
from dispatch.hours import (
    Calendar,
    SpecialDay,
    Window,
    elapsed,
    every_weekday,
    read_calendar,
    require_service_hours,
)

MORNING = Window(480, 720)
ALL_WEEK = every_weekday(Window(480, 1020))
TUESDAY = date(2026, 7, 14)


def faults_of(given: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read_calendar(given)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_a_holiday_removes_the_hours_of_its_weekday() -> None:
    calendar = Calendar("Europe/Paris", ALL_WEEK, holidays=frozenset({TUESDAY}))
    assert calendar.windows_on(TUESDAY) == ()
    assert calendar.is_lost_to_holiday(TUESDAY)


def test_a_special_day_replaces_the_hours_of_its_weekday() -> None:
    calendar = Calendar("Europe/Paris", ALL_WEEK, special=(SpecialDay(TUESDAY, (MORNING,)),))
    assert calendar.windows_on(TUESDAY) == (MORNING,)


def test_hours_given_for_a_holiday_are_kept() -> None:
    special = (SpecialDay(TUESDAY, (MORNING,)),)
    calendar = Calendar("Europe/Paris", ALL_WEEK, special, frozenset({TUESDAY}))
    assert calendar.windows_on(TUESDAY) == (MORNING,)
    assert not calendar.is_lost_to_holiday(TUESDAY)


def test_always_open_ignores_holidays_and_hours() -> None:
    calendar = Calendar("UTC", ALL_WEEK, holidays=frozenset({TUESDAY}), always_open=True)
    assert calendar.windows_on(TUESDAY) == (Window(0, 1440),)


def test_a_holiday_on_a_closed_weekday_takes_nothing_away() -> None:
    sunday = date(2026, 7, 12)
    calendar = Calendar("Europe/Paris", ALL_WEEK, holidays=frozenset({sunday}))
    assert not calendar.is_lost_to_holiday(sunday)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"tz": "Mars/Olympus"}, ("tz", "unknown_zone")),
        ({"tz": "Europe"}, ("tz", "unknown_zone")),
        ({"tz": "../etc/passwd"}, ("tz", "unknown_zone")),
        ({"tz": ""}, ("tz", "unknown_zone")),
        ({"tz": "localtime"}, ("tz", "unknown_zone")),
        ({"tz": "right/Europe/Paris"}, ("tz", "unknown_zone")),
        ({"tz": 3600}, ("tz", "not_a_text")),
        ({"tz": None}, ("tz", "missing")),
        ({"always_open": "yes"}, ("always_open", "not_a_flag")),
        ({"weekly": []}, ("weekly", "not_an_object")),
        ({"weekly": {"7": []}}, ("weekly.7", "unknown_key")),
        ({"weekly": {"0": None}}, ("weekly.0", "not_a_list")),
        ({"weekly": {"0": ["08:00-12:00"]}}, ("weekly.0[0]", "not_a_window")),
        ({"weekly": {"0": [[480]]}}, ("weekly.0[0]", "not_a_window")),
        ({"weekly": {"0": [[480, 720.0]]}}, ("weekly.0[0]", "not_a_window")),
        ({"weekly": {"0": [[False, 720]]}}, ("weekly.0[0]", "not_a_window")),
        ({"weekly": {"0": [[1440, 60]]}}, ("weekly.0[0][0]", "minute_out_of_range")),
        ({"weekly": {"0": [[-1, 60]]}}, ("weekly.0[0][0]", "minute_out_of_range")),
        ({"weekly": {"0": [[480, 1441]]}}, ("weekly.0[0][1]", "minute_out_of_range")),
        ({"weekly": {"0": [[480, 720], [719, 900]]}}, ("weekly.0", "windows_overlap")),
        ({"weekly": {"0": [[1320, 360], [1400, 1430]]}}, ("weekly.0", "windows_overlap")),
        ({"weekly": {}}, ("", "never_open")),
        ({"holidays": "2026-07-14"}, ("holidays", "not_a_list")),
        ({"holidays": ["2026-02-29"]}, ("holidays[0]", "impossible_date")),
        ({"holidays": ["2026-02-30"]}, ("holidays[0]", "impossible_date")),
        ({"holidays": ["14/07/2026"]}, ("holidays[0]", "impossible_date")),
        ({"holidays": ["2026-07-14", "2026-05-01", "2026-07-14"]}, ("holidays[2]", "day_twice")),
        ({"holidays": [20260714]}, ("holidays[0]", "impossible_date")),
        ({"special": [["2026-07-14"]]}, ("special", "not_an_object")),
        ({"special": {"2026-13-01": []}}, ("special.2026-13-01", "impossible_date")),
        ({"special": {"2026-02-30": []}}, ("special.2026-02-30", "impossible_date")),
        ({"special": {"20260714": []}}, ("special.20260714", "impossible_date")),
        ({"special": {"2026-07-14": [[480, 720], [480, 720]]}}, None),
        ({"opening": "08:00"}, ("opening", "unknown_key")),
    ],
)
def test_a_bad_calendar_is_refused_by_place_and_name(
    given: dict[str, object], expected: tuple[str, str] | None
) -> None:
    usual: dict[str, object] = {"tz": "Europe/Paris", "weekly": {"1": [[480, 1020]]}}
    expected = expected or ("special.2026-07-14", "windows_overlap")
    assert faults_of({**usual, **given}) == [expected]


def test_every_fault_is_named_at_once() -> None:
    given = {
        "tz": "Mars/Olympus",
        "weekly": {"0": [[480, 720], [700, 800]], "9": []},
        "holidays": ["2026-02-30"],
        "special": {"2026-07-14": [["a", 3]]},
        "colour": "red",
    }
    assert {code for _, code in faults_of(given)} == {
        "unknown_key",
        "unknown_zone",
        "windows_overlap",
        "impossible_date",
        "not_a_window",
    }


def test_what_is_not_an_object_is_no_calendar() -> None:
    assert ("", "not_an_object") in faults_of([1, 2])


def test_windows_that_touch_do_not_overlap() -> None:
    given = {"tz": "UTC", "weekly": {"0": [[480, 720], [720, 900]]}}
    assert len(read_calendar(given).weekly[0]) == 2


def test_a_night_window_reaches_past_midnight_without_touching_its_own_morning() -> None:
    given = {"tz": "UTC", "weekly": {"0": [[1320, 360], [0, 360]]}}
    assert sorted(window.ends for window in read_calendar(given).weekly[0]) == [360, 1800]


def test_a_night_that_reaches_into_the_hours_of_the_next_day_is_counted_once() -> None:
    calendar = read_calendar({"tz": "UTC", "weekly": {"0": [[1320, 360]], "1": [[300, 480]]}})
    monday, wednesday = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 3, tzinfo=UTC)
    assert elapsed(calendar, monday, wednesday) == 10 * 3600


@pytest.mark.parametrize(
    ("weekly", "code"),
    [((ALL_WEEK[0],), "not_a_week"), (((MORNING, MORNING), *ALL_WEEK[1:]), "windows_overlap")],
)
def test_a_calendar_made_in_code_is_judged_by_the_same_rules(
    weekly: tuple[tuple[Window, ...], ...], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        Calendar("Europe/Paris", weekly)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_the_month_is_counted_to_the_second_of_the_hour() -> None:
    monday = datetime(2026, 6, 1, tzinfo=UTC)
    tuesdays = Calendar("UTC", ((), (Window(480, 492),), (), (), (), (), ()))
    require_service_hours(tuesdays, monday)  # five Tuesdays of twelve minutes
    with pytest.raises(Invalid) as refused:
        require_service_hours(tuesdays, monday.replace(day=2, hour=8, second=1))
    assert [fault.code for fault in refused.value.faults] == ["hardly_open"]


def test_one_date_cannot_have_two_sets_of_hours() -> None:
    twice = (SpecialDay(TUESDAY, (MORNING,)), SpecialDay(TUESDAY, ()))
    with pytest.raises(Invalid, match="two sets of hours"):
        Calendar("Europe/Paris", ALL_WEEK, twice)


def test_equal_calendars_are_one_key() -> None:
    first = Calendar("Europe/Paris", ALL_WEEK, holidays=frozenset({TUESDAY}))
    second = Calendar("Europe/Paris", ALL_WEEK, holidays=frozenset({TUESDAY}))
    assert {first: "found"}[second] == "found"
    assert first != Calendar("Europe/Paris", ALL_WEEK)


def test_a_calendar_with_no_open_hour_in_a_month_is_refused() -> None:
    christmas = SpecialDay(date(2026, 12, 25), (MORNING,))
    calendar = Calendar("Europe/Paris", special=(christmas,))
    require_service_hours(calendar, datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(Invalid) as refused:
        require_service_hours(calendar, datetime(2026, 6, 1, tzinfo=UTC))
    assert refused.value.faults[0].code == "hardly_open"


def test_a_fault_is_placed_inside_what_holds_it() -> None:
    fault = Fault("[1]", "minute_out_of_range", "Too late.")
    assert fault.under("weekly.0[2]").under("calendars.office").path == (
        "calendars.office.weekly.0[2][1]"
    )
