"""Calendars other programs write are read as they mean it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from server.roster.calendar_reading import (
    MOST_ENTRIES,
    Reading,
    UnreadableCalendar,
    read_calendar,
)

PARIS = ZoneInfo("Europe/Paris")
# As Outlook names and describes it.
ROMANCE = """BEGIN:VTIMEZONE
TZID:Romance Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
"""


def _read(*events: str, before: str = "") -> Reading:
    """March to May 2031; the clocks of Paris go forward on 30 March."""
    inside = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\n{before}{inside}END:VCALENDAR\n"
    since, until = datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 6, 1, tzinfo=UTC)
    return read_calendar(text, since, until, zone=PARIS)


def _spans(reading: Reading) -> list[str]:
    return [f"{each.starts_at:%m-%d %H:%M}/{each.ends_at:%m-%d %H:%M}" for each in reading.entries]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("DTSTART:20310324T080000Z\nDTEND:20310324T100000Z", "03-24 08:00/03-24 10:00"),
        ("DTSTART:20310324T080000\nDURATION:PT1H30M", "03-24 07:00/03-24 08:30"),
        ("DTSTART;TZID=Europe/Lisbon:20310324T080000\nDURATION:P1D", "03-24 08:00/03-25 08:00"),
        (
            'DTSTART;TZID="Romance Standard Time":20310402T080000\nDURATION:PT1H',
            "04-02 06:00/04-02 07:00",
        ),
        ("DTSTART;VALUE=DATE:20310330", "03-29 23:00/03-30 22:00"),
        ("DTSTART;VALUE=DATE:20310401\nDTEND;VALUE=DATE:20310415", "03-31 22:00/04-14 22:00"),
    ],
)
def test_a_time_means_what_its_calendar_says(said: str, meant: str) -> None:
    assert _spans(_read(said, before=ROMANCE)) == [meant]


def test_a_repetition_keeps_its_hour_over_the_change_of_the_clocks() -> None:
    weekly = (
        "DTSTART;TZID=Europe/Paris:20310324T080000\nDTEND;TZID=Europe/Paris:20310324T160000\n"
        "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20310413T220000Z\nEXDATE;TZID=Europe/Paris:20310407T080000"
    )
    assert _spans(_read(weekly)) == ["03-24 07:00/03-24 15:00", "03-31 06:00/03-31 14:00"]
    assert _spans(_read(weekly.replace("UNTIL=20310413T220000Z", "UNTIL=20310331"))) == [
        "03-24 07:00/03-24 15:00",
        "03-31 06:00/03-31 14:00",
    ]


def test_what_began_long_ago_and_never_ends_is_read_for_the_days_asked_about() -> None:
    daily = "DTSTART:20200101T060000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYDAY=SA"
    assert len(_read(daily).entries) == 14


def test_one_moved_and_one_cancelled_day_of_a_series_are_followed() -> None:
    series = "UID:1\nDTSTART:20310401T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"
    moved = "UID:1\nRECURRENCE-ID:20310402T080000Z\nDTSTART:20310402T120000Z\nDURATION:PT1H"
    off = "UID:1\nRECURRENCE-ID:20310403T080000Z\nDTSTART:20310403T080000Z\nSTATUS:CANCELLED"
    assert _spans(_read(series, moved, off)) == [
        "04-01 08:00/04-01 09:00",
        "04-02 12:00/04-02 13:00",
    ]


def test_an_alarm_is_no_appointment_and_a_folded_line_is_one_line() -> None:
    alarm = "BEGIN:VALARM\nSUMMARY:Wake up\nTRIGGER:-PT15M\nEND:VALARM"
    said = f"DTSTART:20310324T080000Z\nDURATION:PT1H\nSUMMARY:Dentist\\, upper\n  town\n{alarm}"
    assert [each.title for each in _read(said).entries] == ["Dentist, upper town"]


@pytest.mark.parametrize(
    "said",
    [
        "SUMMARY:Without a time",
        "DTSTART:tomorrow",
        "DTSTART;TZID=Nowhere/At_all:20310324T080000",
        "DTSTART:20310324T080000Z\nDURATION:a while",
        "DTSTART:20310324T080000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY",
        "DTSTART:20310324T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYSECOND=1,2",
        "DTSTART:20310324T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_what_is_not_followed_is_counted_and_the_rest_is_read(said: str) -> None:
    reading = _read(said, "DTSTART:20310324T080000Z\nDURATION:PT1H")
    assert (len(reading.entries), reading.unread) == (1, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no_calendar"),
        ("<html>Sign in</html>", "no_calendar"),
        (
            "BEGIN:VCALENDAR\n"
            + "BEGIN:VEVENT\nDTSTART:20310324T080000Z\nDURATION:PT1H\nEND:VEVENT\n"
            * (MOST_ENTRIES + 1),
            "too_many_entries",
        ),
    ],
)
def test_what_is_no_calendar_or_too_much_of_one_is_refused(text: str, code: str) -> None:
    since, until = datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 6, 1, tzinfo=UTC)
    with pytest.raises(UnreadableCalendar, match=code):
        read_calendar(text, since, until, zone=PARIS)
