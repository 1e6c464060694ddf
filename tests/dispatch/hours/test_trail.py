"""The deadline trail tells every second between two instants once, and tells it truly.

How a trail is put into words is tested with the clocks.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

from dispatch.hours import Calendar, Pause, SpanKind, Window, elapsed, every_weekday, explain

BASTILLE_DAY = date(2026, 7, 14)
OFFICE = Calendar(
    "Europe/Paris", every_weekday(Window(480, 1020)), holidays=frozenset({BASTILLE_DAY})
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(start: str, end: str, *pauses: Pause) -> list[tuple[str, int, str]]:
    trail = explain(OFFICE, utc(start), utc(end), pauses)
    return [(span.kind.value, span.seconds, span.note) for span in trail]


def test_a_holiday_is_told_apart_from_the_nights_around_it() -> None:
    assert told("2026-07-13T13:00", "2026-07-15T08:00") == [
        ("counted", 7200, ""),
        ("closed", 7 * 3600, ""),
        ("holiday", 24 * 3600, "2026-07-14"),
        ("closed", 8 * 3600, ""),
        ("counted", 7200, ""),
    ]


def test_a_pause_shows_only_inside_service_hours_and_with_its_reason() -> None:
    pause = Pause(utc("2026-06-02T14:00"), utc("2026-06-03T07:30"), "no_access")
    assert told("2026-06-02T13:00", "2026-06-03T10:30", pause) == [
        ("counted", 3600, ""),
        ("paused", 3600, "no_access"),
        ("closed", 15 * 3600, ""),
        ("paused", 5400, "no_access"),
        ("counted", 3 * 3600, ""),
    ]


def test_where_two_pauses_overlap_the_first_is_named() -> None:
    first = Pause(utc("2026-06-02T08:00"), utc("2026-06-02T10:00"), "no_access")
    second = Pause(utc("2026-06-02T09:00"), None, "safety_stop")
    assert told("2026-06-02T07:00", "2026-06-02T11:00", second, first) == [
        ("counted", 3600, ""),
        ("paused", 7200, "no_access"),
        ("paused", 3600, "safety_stop"),
    ]


def test_nothing_lies_between_an_instant_and_itself() -> None:
    assert told("2026-06-02T08:00", "2026-06-02T08:00") == []


def test_around_the_clock_no_holiday_is_told() -> None:
    always = Calendar("Europe/Paris", holidays=frozenset({BASTILLE_DAY}), always_open=True)
    trail = explain(always, utc("2026-07-13T12:00"), utc("2026-07-15T12:00"))
    assert [span.kind for span in trail] == [SpanKind.COUNTED]


def test_spans_follow_each_other_and_add_up_to_the_clock() -> None:
    random = Random(5)
    for _ in range(200):
        start = utc("2026-06-20T00:00") + timedelta(seconds=random.randrange(20 * 86_400))
        end = start + timedelta(seconds=random.randrange(1, 15 * 86_400))
        pauses = [
            Pause(paused, paused + timedelta(seconds=random.randrange(90_000)))
            for paused in (
                start + timedelta(seconds=random.randrange(10 * 86_400)) for _ in range(3)
            )
        ]
        trail = explain(OFFICE, start, end, pauses)
        assert (trail[0].start, trail[-1].end) == (start, end)
        assert all(first.end == second.start for first, second in pairwise(trail))
        counted = sum(span.seconds for span in trail if span.kind is SpanKind.COUNTED)
        assert counted == elapsed(OFFICE, start, end, pauses)
