"""Windows on the days when clocks change, in zones that do it differently.

Ordinary days are covered by the worked examples.
"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dispatch.hours import Calendar, Window, elapsed, open_spans
from dispatch.hours.edges import closing_edge, opening_edge


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def edges(zone: str, day: date, minutes: int) -> tuple[datetime, datetime]:
    both = (edge(ZoneInfo(zone), day, minutes) for edge in (opening_edge, closing_edge))
    opens, closes = (datetime.fromtimestamp(seconds, UTC) for seconds in both)
    return opens, closes


def every_day(zone: str, *windows: Window) -> Calendar:
    return Calendar(zone, (windows,) * 7)


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "opens", "closes"),
    [
        ("Europe/Paris", date(2026, 3, 29), 119, "2026-03-29T00:59", "2026-03-29T00:59"),
        ("Europe/Paris", date(2026, 3, 29), 120, "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/Paris", date(2026, 3, 29), 179, "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/Paris", date(2026, 3, 29), 180, "2026-03-29T01:00", "2026-03-29T01:00"),
        ("Europe/Paris", date(2026, 10, 25), 119, "2026-10-24T23:59", "2026-10-24T23:59"),
        # set back exactly to 02:00: no time before 02:00 is ever shown again
        ("Europe/Paris", date(2026, 10, 25), 120, "2026-10-25T00:00", "2026-10-25T00:00"),
        ("Europe/Paris", date(2026, 10, 25), 121, "2026-10-25T00:01", "2026-10-25T01:01"),
        ("Europe/Paris", date(2026, 10, 25), 180, "2026-10-25T02:00", "2026-10-25T02:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), 105, "2026-04-04T14:45", "2026-04-04T15:15"),
        ("Australia/Lord_Howe", date(2026, 10, 4), 135, "2026-10-03T15:30", "2026-10-03T15:30"),
        ("America/Havana", date(2026, 3, 8), 30, "2026-03-08T05:00", "2026-03-08T05:00"),
        ("Pacific/Apia", date(2011, 12, 30), 720, "2011-12-30T10:00", "2011-12-30T10:00"),
    ],
)
def test_edges_go_by_order(zone: str, day: date, minutes: int, *, opens: str, closes: str) -> None:
    assert edges(zone, day, minutes) == (utc(opens), utc(closes))


def test_a_day_that_a_country_skipped_has_no_hours() -> None:
    samoa = every_day("Pacific/Apia", Window(480, 1020))
    spans = open_spans(samoa, utc("2011-12-29T11:00"), utc("2011-12-31T12:00"))
    assert [start for start, _ in spans] == [utc("2011-12-29T18:00"), utc("2011-12-30T18:00")]


def test_a_window_inside_the_skipped_hour_does_not_open() -> None:
    paris = every_day("Europe/Paris", Window(130, 170))
    assert open_spans(paris, utc("2026-03-28T22:00"), utc("2026-03-29T22:00")) == ()


def test_a_window_inside_the_repeated_hour_opens_once_and_closes_with_the_second_pass() -> None:
    paris = every_day("Europe/Paris", Window(130, 170))
    spans = open_spans(paris, utc("2026-10-24T22:00"), utc("2026-10-25T22:00"))
    assert spans == ((utc("2026-10-25T00:10"), utc("2026-10-25T01:50")),)


def test_two_windows_that_meet_in_the_repeated_hour_count_it_once() -> None:
    paris = every_day("Europe/Paris", Window(60, 150), Window(150, 240))
    spans = open_spans(paris, utc("2026-10-24T22:00"), utc("2026-10-25T22:00"))
    assert spans == ((utc("2026-10-24T23:00"), utc("2026-10-25T03:00")),)


def test_a_search_that_ends_where_two_days_overlap_counts_nothing_past_its_end() -> None:
    paris = every_day("Europe/Paris", Window(300, 600), Window(1320, 360))
    start, end = utc("2026-06-02T20:00"), utc("2026-06-03T03:30")
    assert open_spans(paris, start, end) == ((start, end),)
    assert elapsed(paris, start, end) == 7.5 * 3600


def test_days_open_around_the_clock_are_one_span() -> None:
    paris = every_day("Europe/Paris", Window(0, 1440))
    whole = (utc("2026-03-20T12:00"), utc("2026-04-02T12:00"))
    assert open_spans(paris, *whole) == (whole,)


def test_a_night_before_a_holiday_is_worked_to_its_end() -> None:
    holiday = date(2026, 7, 14)
    nights = Calendar("Europe/Paris", ((Window(1320, 360),),) * 7, holidays=frozenset({holiday}))
    spans = open_spans(nights, utc("2026-07-13T12:00"), utc("2026-07-15T12:00"))
    assert spans == ((utc("2026-07-13T20:00"), utc("2026-07-14T04:00")),)
