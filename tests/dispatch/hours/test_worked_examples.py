"""Every published worked example, to the second.

The file carries its own answers; it was computed twice by independent methods before it came here.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dispatch.agreements import Promise, RelativeMode, RelativeTarget, TargetDuration, deadlines
from dispatch.hours import Calendar, Pause, calendar_as_json, elapsed, read_calendar
from tests.dispatch.hours.examples import CALENDARS, EXAMPLES, text

CHECKS = [
    pytest.param(check, id=f"{example['id']} {check['name']}")
    for example in EXAMPLES["examples"]
    for check in example["checks"]
]
DATED = [
    pytest.param(check, id=f"{example['id']} {check['name']}")
    for example in EXAMPLES["examples"]
    for check in example["checks"]
    if check["seconds"] and check["due_utc"]
]
Check = dict[str, Any]


def promise_of(check: Check) -> Promise:
    if "rel" not in check:
        return TargetDuration(check["seconds"])
    days, mode, *minutes = check["rel"]
    return RelativeTarget(days, RelativeMode(mode), *minutes)


def pauses_of(check: Check) -> list[Pause]:
    return [
        Pause(datetime.fromisoformat(start), datetime.fromisoformat(end) if end else None)
        for start, end in check["pauses"]
    ]


@pytest.mark.parametrize("check", CHECKS)
def test_example_falls_due_to_the_second(check: Check) -> None:
    instants = deadlines(
        CALENDARS[check["calendar"]],
        datetime.fromisoformat(check["start"]),
        promise=promise_of(check),
        pauses=pauses_of(check),
    )
    assert text(instants.due) == check["due_utc"]
    if check["seconds"]:  # the file gives no shares of a named day
        assert text(instants.at_risk) == check["at_risk_utc"]
        assert text(instants.internal_due) == check["internal_due_utc"]
    assert instants.left_seconds == check.get("remaining_seconds")


@pytest.mark.parametrize("check", DATED)
def test_the_target_is_used_up_at_the_due_and_not_a_second_before(check: Check) -> None:
    calendar = CALENDARS[check["calendar"]]
    start = datetime.fromisoformat(check["start"])
    due = datetime.fromisoformat(check["due_utc"])
    used = elapsed(calendar, start, due, pauses_of(check))
    used_before = elapsed(calendar, start, due - timedelta(seconds=1), pauses_of(check))
    assert (used, used_before) == (check["seconds"], check["seconds"] - 1)


@pytest.mark.parametrize("name", CALENDARS)
def test_an_example_calendar_survives_writing_and_reading(name: str) -> None:
    calendar: Calendar = CALENDARS[name]
    assert read_calendar(calendar_as_json(calendar)) == calendar


def test_no_example_was_left_out() -> None:
    assert len(EXAMPLES["examples"]) == 35
