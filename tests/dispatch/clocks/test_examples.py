"""The worked examples about pauses, severity and reopening, through the clocks themselves."""

from datetime import datetime
from typing import Any

import pytest

from dispatch.agreements import (
    AgreementKind,
    ClockKind,
    Severity,
    SeverityPolicy,
    Target,
    TargetDuration,
)
from dispatch.clocks import (
    Clock,
    ClockState,
    Closing,
    Promised,
    Stint,
    Timeline,
    clocks,
    if_resumed,
    promised_once,
)
from dispatch.hours import read_calendar
from dispatch.interventions import PauseReason, RecordedPause
from tests.dispatch.clocks.makers import EXAMPLES

Check = dict[str, Any]
CALENDARS = {name: read_calendar(given) for name, given in EXAMPLES["calendars"].items()}
KNOWN = {example["id"]: example for example in EXAMPLES["examples"]}
PAUSED = [
    pytest.param(check, id=f"{example} {check['name']}")
    for example in ("E32", "E33", "E36", "E37", "E40")
    for check in KNOWN[example]["checks"]
]
OFFICE = CALENDARS["FR_BUS"]
PAST = datetime.fromisoformat("2026-12-24T09:00+01:00")


def paris(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-06-{text}+02:00")


def no_access(start: str, end: str | None) -> RecordedPause:
    ended_at = None if end is None else datetime.fromisoformat(end)
    return RecordedPause(PauseReason.NO_ACCESS, datetime.fromisoformat(start), ended_at)


def target(
    seconds: int,
    severity: Severity = Severity.DEGRADED,
    clock: ClockKind = ClockKind.RESPONSE,
    *,
    on_change: SeverityPolicy = SeverityPolicy.EARLIER_OF,
) -> Target:
    return Target(clock, severity, TargetDuration(seconds), OFFICE, on_change=on_change)


def text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def of_check(check: Check) -> Clock:
    start = datetime.fromisoformat(check["start"])
    calendar = CALENDARS[check["calendar"]]
    promise = TargetDuration(check["seconds"])
    response = Target(ClockKind.RESPONSE, Severity.DEGRADED, promise, calendar)
    timeline = Timeline(start, pauses=tuple(no_access(*each) for each in check["pauses"]))
    now = datetime.fromisoformat(check.get("remaining_at") or check["start"])
    (clock,) = clocks(timeline, [promised_once(response, start)], now)
    return clock


@pytest.mark.parametrize("check", PAUSED)
def test_a_pause_of_the_worked_examples_moves_every_instant_of_the_clock(check: Check) -> None:
    clock = of_check(check)
    assert text(clock.deadlines.due) == check["due_utc"]
    assert text(clock.deadlines.at_risk) == check["at_risk_utc"]
    assert text(clock.deadlines.internal_due) == check["internal_due_utc"]


def test_e37_an_open_pause_freezes_two_and_a_half_hours_and_shows_the_due_if_resumed() -> None:
    open_ended, resumed = KNOWN["E37"]["checks"]
    paused = of_check(open_ended)
    assert (paused.state, paused.remaining_seconds) == (ClockState.PAUSED, 9000)
    at_nine = if_resumed(paused, paris("03T09:00"))
    assert text(at_nine.deadlines.due) == resumed["due_utc"]


@pytest.mark.parametrize("until", [None, "2026-06-03T10:00+02:00"])
def test_e38_a_pause_after_the_due_changes_nothing(until: str | None) -> None:
    start = paris("02T09:00")
    late = no_access("2026-06-02T13:30+02:00", until)
    timeline = Timeline(start, arrivals=(paris("03T11:00"),), pauses=(late,))
    (clock,) = clocks(timeline, [promised_once(target(14400), start)], PAST)
    assert clock.deadlines.due == paris("02T13:00")
    assert (clock.state, clock.breached_severity) == (ClockState.BREACHED, Severity.DEGRADED)


@pytest.mark.parametrize("call", KNOWN["E42"]["checks"], ids=["version 1", "version 2"])
def test_e42_a_call_keeps_the_version_of_its_own_local_day(call: Check) -> None:
    assert text(of_check(call).deadlines.due) == call["due_utc"]


def upgraded(on_change: SeverityPolicy) -> Clock:
    """Promise eight hours for S3 from nine, and two for S2 from noon."""
    worse = target(7200, Severity.OUT_OF_SERVICE, on_change=on_change)
    stints = (
        Stint(Severity.DEGRADED, paris("02T09:00"), target(28800)),
        Stint(Severity.OUT_OF_SERVICE, paris("02T12:00"), worse),
    )
    promised = Promised(AgreementKind.CUSTOMER, ClockKind.RESPONSE, stints)
    (clock,) = clocks(Timeline(paris("02T09:00")), [promised], paris("02T12:00"))
    return clock


@pytest.mark.parametrize(
    ("on_change", "name"),
    [
        (SeverityPolicy.EARLIER_OF, "from_change"),
        (SeverityPolicy.FROM_CHANGE, "from_change"),
        (SeverityPolicy.RETROACTIVE, "retroactive"),
    ],
)
def test_e43_an_upgrade_at_noon_is_counted_as_the_agreement_says(
    on_change: SeverityPolicy, name: str
) -> None:
    (expected,) = (check for check in KNOWN["E43"]["checks"] if check["name"] == name)
    clock = upgraded(on_change)
    assert text(clock.deadlines.due) == expected["due_utc"]
    assert text(clock.deadlines.at_risk) == expected["at_risk_utc"]
    assert text(clock.original_due) == KNOWN["E43"]["checks"][0]["due_utc"]


def test_e43_the_usual_policy_is_the_one_applied() -> None:
    usual = upgraded(SeverityPolicy.EARLIER_OF)
    assert usual.deadlines.due == datetime.fromisoformat(KNOWN["E43"]["applied"])


def test_e43_counted_from_the_call_an_upgrade_is_breached_on_the_spot_at_its_severity() -> None:
    clock = upgraded(SeverityPolicy.RETROACTIVE)
    assert (clock.state, clock.breached_severity) == (
        ClockState.BREACHED,
        Severity.OUT_OF_SERVICE,
    )


def test_e47_reopened_work_continues_its_resolution_and_starts_a_new_response() -> None:
    resolution, response = KNOWN["E47"]["checks"]
    called_at, closed_at, reopened_at = paris("02T09:00"), paris("02T12:00"), paris("03T10:00")
    timeline = Timeline(
        called_at,
        arrivals=(paris("02T10:00"),),
        restored=(closed_at,),
        closings=(Closing(closed_at, reopened_at),),
    )
    repair = target(28800, clock=ClockKind.RESOLUTION)
    again = Stint(Severity.DEGRADED, reopened_at, target(14400))
    promised = [
        promised_once(repair, called_at),
        promised_once(target(14400), called_at),
        Promised(AgreementKind.CUSTOMER, ClockKind.RESPONSE, (again,), round=1),
    ]
    first, second, continued = clocks(timeline, promised, reopened_at)
    assert (first.state, first.round) == (ClockState.MET, 0)
    assert (second.state, second.round) == (ClockState.RUNNING, 1)
    assert text(second.deadlines.due) == response["due_utc"]
    assert text(continued.deadlines.due) == resolution["due_utc"]
    assert text(continued.deadlines.at_risk) == resolution["at_risk_utc"]
    assert continued.remaining_seconds == 5 * 3600
