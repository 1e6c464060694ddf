"""Deadline questions read from plain values: every fault by its place, none hidden by another."""

from typing import Any

import pytest

from dispatch.clocks import read_checks
from dispatch.errors import Invalid

OFFICE = {"tz": "Europe/Paris", "weekly": {str(day): [[480, 1020]] for day in range(5)}}
Given = dict[str, Any]


def asked(**changes: object) -> Given:
    usual = {"id": "c1", "calendar": "office", "start": "2026-06-02T09:15+02:00", "seconds": 14_400}
    given = {key: value for key, value in {**usual, **changes}.items() if value != "left out"}
    return {"calendars": {"office": OFFICE}, "checks": [given]}


def answer(**changes: object) -> Given:
    return read_checks(asked(**changes))[0].answer()


def faults_of(document: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read_checks(document)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_an_answer_has_the_keys_of_the_contract() -> None:
    assert answer() == {
        "id": "c1",
        "due_utc": "2026-06-02T11:15:00Z",
        "at_risk_utc": "2026-06-02T10:15:00Z",
        "internal_due_utc": "2026-06-02T10:27:00Z",
        "remaining_seconds": None,
        "why": "4 h of service time: 4 h from Tue 2 Jun 09:15; "
        "due Tue 2 Jun 2026 13:15 (Europe/Paris).",
    }


def test_each_instant_is_null_for_itself() -> None:
    told = answer(pauses=[["2026-06-02T12:20+02:00", None]])
    assert (told["at_risk_utc"], told["internal_due_utc"], told["due_utc"]) == (
        "2026-06-02T10:15:00Z",
        None,
        None,
    )
    assert told["remaining_seconds"] == 55 * 60


def test_nothing_is_left_to_tell_when_the_due_stands() -> None:
    told = answer(pauses=[["2026-06-02T13:15+02:00", None]])
    assert (told["due_utc"], told["remaining_seconds"]) == ("2026-06-02T11:15:00Z", None)


def test_the_order_of_checks_is_kept() -> None:
    document = asked()
    document["checks"] = [{**document["checks"][0], "id": name} for name in ("b", "a", 7)]
    assert [check.id for check in read_checks(document)] == ["b", "a", 7]


def test_a_worked_example_may_carry_its_own_answers() -> None:
    assert answer(name="due", due_utc="never", due_local=None)["due_utc"] == "2026-06-02T11:15:00Z"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"id": "left out"}, ("checks[0].id", "not_an_id")),
        ({"id": True}, ("checks[0].id", "not_an_id")),
        ({"calendar": "night"}, ("checks[0].calendar", "unknown_calendar")),
        ({"calendar": ["office"]}, ("checks[0].calendar", "unknown_calendar")),
        ({"start": "left out"}, ("checks[0].start", "not_an_instant")),
        ({"start": "yesterday"}, ("checks[0].start", "not_an_instant")),
        ({"start": 1780384500}, ("checks[0].start", "not_an_instant")),
        ({"start": "2026-06-31T09:15Z"}, ("checks[0].start", "not_an_instant")),
        ({"start": "2026-06-02T09:15"}, ("checks[0].start", "no_offset")),
        ({"start": "2026-06-02"}, ("checks[0].start", "no_offset")),
        ({"start": "2026-06-02T09:15:00.5Z"}, ("checks[0].start", "not_whole_seconds")),
        ({"start": "0001-01-01T00:00+14:00"}, ("checks[0].start", "out_of_range")),
        ({"start": "9999-12-31T23:59Z"}, ("checks[0].start", "out_of_range")),
        ({"seconds": "left out"}, ("checks[0].seconds", "not_one_target")),
        ({"rel": [1, "close"]}, ("checks[0].seconds", "not_one_target")),
        ({"seconds": 0}, ("checks[0].seconds", "not_positive")),
        ({"seconds": -60}, ("checks[0].seconds", "not_positive")),
        ({"seconds": 60.0}, ("checks[0].seconds", "not_a_whole_number")),
        ({"seconds": True}, ("checks[0].seconds", "not_a_whole_number")),
        ({"seconds": "4 h"}, ("checks[0].seconds", "not_a_whole_number")),
        ({"seconds": 10**12}, ("checks[0].seconds", "no_due_in_five_years")),
        ({"pauses": None}, ("checks[0].pauses", "not_a_list")),
        ({"pauses": [["2026-06-02T10:00Z"]]}, ("checks[0].pauses[0]", "not_a_pause")),
        ({"pauses": [[None, None]]}, ("checks[0].pauses[0][0]", "not_an_instant")),
        (
            {"pauses": [["2026-06-02T10:00Z", "2026-06-02T09:00Z"]]},
            ("checks[0].pauses[0][1]", "ends_before_start"),
        ),
        ({"priority": 1}, ("checks[0].priority", "unknown_key")),
    ],
)
def test_a_bad_check_is_refused_by_place_and_name(
    changes: Given, expected: tuple[str, str]
) -> None:
    assert faults_of(asked(**changes)) == [expected]


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("1 day", ("checks[0].rel", "not_relative")),
        ([1], ("checks[0].rel", "not_relative")),
        ([1, "by"], ("checks[0].rel", "not_relative")),
        ([1, "noon", 720], ("checks[0].rel", "not_relative")),
        ([True, "close"], ("checks[0].rel", "not_relative")),
        ([1.0, "close"], ("checks[0].rel", "not_relative")),
        ([1, "by", 1441], ("checks[0].rel[2]", "minute_out_of_range")),
        ([1, "close", 60], ("checks[0].rel[2]", "minute_out_of_range")),
        ([1, "end_of_day", 60], ("checks[0].rel[2]", "minute_out_of_range")),
        ([-1, "close"], ("checks[0].rel[0]", "days_out_of_range")),
        ([1826, "close"], ("checks[0].rel", "no_service_day")),
    ],
)
def test_a_bad_day_is_refused_by_place_and_name(
    relative: object, expected: tuple[str, str]
) -> None:
    assert faults_of(asked(seconds=None, rel=relative)) == [expected]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], {("", "not_an_object"), ("calendars", "not_an_object"), ("checks", "not_a_list")}),
        ({"calendars": {}}, {("checks", "not_a_list")}),
        ({"checks": []}, {("calendars", "not_an_object")}),
        ({"calendars": {}, "checks": [], "about": ""}, {("about", "unknown_key")}),
        ({"calendars": {}, "checks": [3]}, {("checks[0]", "not_an_object")}),
    ],
)
def test_a_document_of_another_shape_is_refused(
    document: object, expected: set[tuple[str, str]]
) -> None:
    assert set(faults_of(document)) == expected


def test_a_calendar_with_faults_is_not_also_called_missing() -> None:
    document = asked()
    document["calendars"] = {"office": {**OFFICE, "tz": "Mars/Olympus"}}
    assert faults_of(document) == [("calendars.office.tz", "unknown_zone")]


def test_faults_of_calendars_and_checks_are_listed_together() -> None:
    document = asked(start="now", seconds=0)
    document["calendars"]["night"] = {"tz": "Mars/Olympus", "always_open": 1}
    assert {path for path, _ in faults_of(document)} == {
        "calendars.night.tz",
        "calendars.night.always_open",
        "calendars.night",
        "checks[0].start",
        "checks[0].seconds",
    }


def test_a_calendar_closed_for_the_month_after_the_call_is_refused() -> None:
    document = asked()
    document["calendars"]["office"] = {
        "tz": "Europe/Paris",
        "special": {"2026-09-01": [[480, 1020]]},
    }
    assert faults_of(document) == [("checks[0].calendar", "hardly_open")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"tz": "Mars/Olympus"}, ("tz", "unknown_zone")),
        ({"weekly": {}}, ("", "never_open")),
        ({"weekly": {"0": [[480, 1441]]}}, ("weekly.0[0][1]", "minute_out_of_range")),
        ({"weekly": {"0": [[480, 720], [700, 900]]}}, ("weekly.0", "windows_overlap")),
        ({"special": {"2026-02-30": [[480, 720]]}}, ("special.2026-02-30", "impossible_date")),
        ({"holidays": ["2026-02-30"]}, ("holidays[0]", "impossible_date")),
        ({"holidays": ["2026-07-14", "2026-07-14"]}, ("holidays[1]", "day_twice")),
    ],
)
def test_a_bad_calendar_is_refused_by_place_and_name_before_any_check(
    changes: Given, fault: tuple[str, str]
) -> None:
    document = asked()
    document["calendars"]["office"] = {**OFFICE, **changes}
    place, code = fault
    joint = "." if place else ""
    assert faults_of(document) == [(f"calendars.office{joint}{place}", code)]
