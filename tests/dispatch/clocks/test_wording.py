"""The sentence that says why, as the person who asked reads it."""

import pytest

from dispatch.clocks import read_checks

LUNCH = [[480, 720], [810, 1050]]
CALENDARS = {
    "office": {
        "tz": "Europe/Paris",
        "weekly": {str(day): LUNCH for day in range(5)},
        "holidays": ["2026-07-14"],
    },
    "always": {"tz": "Europe/Paris", "always_open": True},
}


def why(start: str, **check: object) -> str:
    given = {"id": 1, "calendar": "office", "start": start, **check}
    answer = read_checks({"calendars": CALENDARS, "checks": [given]})[0].answer()
    return str(answer["why"])


@pytest.mark.parametrize(
    ("start", "check", "sentence"),
    [
        (
            "2026-07-13T16:00+02:00",
            {"seconds": 10_800},
            (
                "3 h of service time: 1 h 30 min from Mon 13 Jul 16:00, 1 h 30 min from "
                "Wed 15 Jul 08:00; closed on Tue 14 Jul (holiday); "
                "due Wed 15 Jul 2026 09:30 (Europe/Paris)."
            ),
        ),
        (
            "2026-06-02T09:00+02:00",
            {"seconds": 3600, "pauses": [["2026-06-02T09:30+02:00", "2026-06-02T09:30:40+02:00"]]},
            (
                "1 h of service time: 30 min from Tue 2 Jun 09:00, 30 min from Tue 2 Jun 09:30:40; "
                "40 s of service paused; due Tue 2 Jun 2026 10:00:40 (Europe/Paris)."
            ),
        ),
        (
            "2026-06-01T08:00+02:00",
            {"seconds": 20 * 3600},
            (
                "20 h of service time: 4 h from Mon 1 Jun 08:00, 4 h from Mon 1 Jun 13:30, "
                "4 h from Tue 2 Jun 08:00, 1 more span, 4 h from Wed 3 Jun 08:00; "
                "due Wed 3 Jun 2026 12:00 (Europe/Paris)."
            ),
        ),
        (
            "2026-07-13T16:00+02:00",
            {"rel": [0, "end_of_day"]},
            (
                "Received on Mon 13 Jul, by the end of the same day; "
                "due Tue 14 Jul 2026 00:00 (Europe/Paris)."
            ),
        ),
        (
            "2026-07-13T16:00+02:00",
            {"rel": [1, "end_of_day"]},
            (
                "Received on Mon 13 Jul, by the end of Tue 14 Jul, the next day; "
                "due Wed 15 Jul 2026 00:00 (Europe/Paris)."
            ),
        ),
        (
            "2026-07-10T18:00+02:00",
            {"rel": [7, "end_of_day", None]},
            (
                "Received on Fri 10 Jul, by the end of Fri 17 Jul, 7 days later; "
                "due Sat 18 Jul 2026 00:00 (Europe/Paris)."
            ),
        ),
        (
            "2026-10-25T01:30+02:00",
            {"seconds": 7200, "calendar": "always"},
            (
                "2 h of service time: 2 h from Sun 25 Oct 01:30; the clocks change in between; "
                "due Sun 25 Oct 2026 02:30 (+01:00) (Europe/Paris)."
            ),
        ),
        (
            "2026-06-05T18:00+02:00",
            {"rel": [1, "by", 600]},
            (
                "Received for Mon 8 Jun, service day 1 after it is Tue 9 Jun, by 10:00; "
                "due Tue 9 Jun 2026 10:00 (Europe/Paris)."
            ),
        ),
        (
            "2026-06-05T10:00+02:00",
            {"rel": [0, "close"]},
            (
                "Received for Fri 5 Jun, the same day, by its last closing; "
                "due Fri 5 Jun 2026 17:30 (Europe/Paris)."
            ),
        ),
        (
            "2026-06-02T10:00+02:00",
            {
                "rel": [1, "hours", 120],
                "pauses": [["2026-06-02T11:00+02:00", "2026-06-02T18:00+02:00"]],
            },
            (
                "Received for Wed 3 Jun, service day 1 after it is Thu 4 Jun, "
                "after its first 2 h of service; 5 h of service paused; "
                "due Thu 4 Jun 2026 10:00 (Europe/Paris)."
            ),
        ),
        (
            "2026-06-02T10:00+02:00",
            {"seconds": 7200, "pauses": [["2026-06-02T11:00+02:00", None]]},
            "Paused since Tue 2 Jun 2026 11:00 with 1 h left: no due until work is resumed.",
        ),
        (
            "2026-06-02T10:00+02:00",
            {"rel": [1, "close"], "pauses": [["2026-06-02T11:00+02:00", None]]},
            "Paused since Tue 2 Jun 2026 11:00: no due until work is resumed.",
        ),
    ],
)
def test_the_sentence_says_what_was_counted_and_what_was_not(
    start: str, check: dict[str, object], sentence: str
) -> None:
    assert why(start, **check) == sentence


def test_a_named_hour_already_past_is_still_told() -> None:
    assert why("2026-06-02T12:00+02:00", rel=[0, "by", 600]) == (
        "Received for Tue 2 Jun, the same day, by 10:00; due Tue 2 Jun 2026 10:00 (Europe/Paris)."
    )
