"""Warnings, breaches and escalations, each at the instant it happened by the rules."""

from datetime import datetime, timedelta

import pytest

from dispatch.agreements import (
    ClockKind,
    EscalationStep,
    Severity,
    Target,
    TargetDuration,
    Thresholds,
)
from dispatch.clocks import Timeline, marks, next_mark_at
from tests.dispatch.clocks.makers import ALWAYS, CALL, OFFICE, after, hours, in_turn, judged, pause

S2, S3 = Severity.OUT_OF_SERVICE, Severity.DEGRADED
SECOND = timedelta(seconds=1)
LONG_AFTER = 900


def told(
    timeline: Timeline, at: float = LONG_AFTER, target: Target | None = None
) -> list[tuple[str, datetime]]:
    clock = judged(timeline, LONG_AFTER, target or hours(4))
    return [(mark.kind, mark.at) for mark in marks(clock, after(at))]


def test_a_clock_left_alone_warns_three_times_and_is_breached_at_its_due() -> None:
    assert told(Timeline(CALL)) == [
        ("at_risk_50", after(2)),
        ("at_risk_75", after(3)),
        ("at_risk_90", after(3.6)),
        ("breached", after(4)),
    ]


def test_a_breach_is_seen_a_second_after_the_due_it_is_dated_at() -> None:
    clock = judged(Timeline(CALL), 4, hours(4))
    assert [mark.kind for mark in marks(clock, after(4))][-1] == "at_risk_90"
    assert marks(clock, after(4) + SECOND)[-1].at == after(4)


def test_a_share_is_rounded_down_to_the_second() -> None:
    odd = Target(ClockKind.RESPONSE, S3, TargetDuration(101), ALWAYS)
    seconds = [(at - CALL).seconds for _, at in told(Timeline(CALL), target=odd)]
    assert seconds == [50, 75, 90, 101]


def test_a_share_is_reached_in_service_hours() -> None:
    nine_hours = hours(9, calendar=OFFICE)
    assert told(Timeline(CALL), target=nine_hours)[2] == ("at_risk_90", after(23.1))


def test_a_pause_moves_what_it_came_before() -> None:
    assert told(Timeline(CALL, pauses=(pause(2.5, 3.5),)))[:2] == [
        ("at_risk_50", after(2)),
        ("at_risk_75", after(4)),
    ]


def test_while_paused_only_what_was_reached_before_is_told() -> None:
    assert told(Timeline(CALL, pauses=(pause(2.5),))) == [("at_risk_50", after(2))]


def test_nothing_is_told_once_the_clock_has_stopped() -> None:
    assert told(Timeline(CALL, arrivals=(after(2.5),))) == [("at_risk_50", after(2))]


def test_who_arrives_at_the_very_instant_of_a_warning_forestalls_it() -> None:
    assert told(Timeline(CALL, arrivals=(after(3),))) == [("at_risk_50", after(2))]


def test_nothing_is_told_of_work_that_was_cancelled_in_time() -> None:
    assert told(Timeline(CALL, cancelled_at=after(1))) == []


def test_a_late_arrival_leaves_the_breach_told() -> None:
    assert told(Timeline(CALL, arrivals=(after(5),)))[-1] == ("breached", after(4))


def test_an_agreement_chooses_its_warnings() -> None:
    target = Target(
        ClockKind.RESPONSE,
        S3,
        TargetDuration(3600),
        ALWAYS,
        thresholds=Thresholds(warn_percents=(10,)),
    )
    assert [kind for kind, _ in told(Timeline(CALL), target=target)] == ["at_risk_10", "breached"]


STEPS = (
    EscalationStep(1, ClockKind.RESPONSE, "team_lead", percent=60),
    EscalationStep(2, ClockKind.RESPONSE, "service_manager", after_due_seconds=0),
    EscalationStep(3, ClockKind.RESPONSE, "director", after_due_seconds=7200),
    EscalationStep(4, ClockKind.RESOLUTION, "director", percent=10),
)


def escalating() -> Target:
    return Target(
        ClockKind.RESPONSE,
        S3,
        TargetDuration(4 * 3600),
        ALWAYS,
        thresholds=Thresholds(warn_percents=()),
        escalation=STEPS,
    )


def test_each_step_of_this_clock_calls_its_own_role_in_time() -> None:
    clock = judged(Timeline(CALL), LONG_AFTER, escalating())
    called = [(mark.kind, mark.level, mark.role, mark.at) for mark in marks(clock, after(99))]
    assert called == [
        ("escalated_1", 1, "team_lead", after(2.4)),
        ("breached", None, None, after(4)),
        ("escalated_2", 2, "service_manager", after(4)),
        ("escalated_3", 3, "director", after(6)),
    ]


def test_nobody_is_called_at_the_due_of_a_promise_that_is_still_kept() -> None:
    clock = judged(Timeline(CALL), 4, escalating())
    assert [mark.kind for mark in marks(clock, after(4))] == ["escalated_1"]


def test_nobody_more_is_called_once_somebody_came_late() -> None:
    timeline = Timeline(CALL, arrivals=(after(5),))
    assert told(timeline, target=escalating())[-1] == ("escalated_2", after(4))


@pytest.mark.parametrize(
    ("at", "expected"),
    [(0, after(2)), (2, after(3)), (3.6, after(4) + SECOND), (4, after(4) + SECOND), (5, None)],
)
def test_the_next_look_is_due_when_there_will_be_more_to_tell(
    at: float, expected: datetime | None
) -> None:
    assert next_mark_at(judged(Timeline(CALL), 0, hours(4)), after(at)) == expected


def test_a_paused_clock_and_one_that_is_over_need_no_further_look() -> None:
    for timeline in (Timeline(CALL, pauses=(pause(1),)), Timeline(CALL, arrivals=(after(1),))):
        assert next_mark_at(judged(timeline, 2, hours(4)), after(2)) is None


def test_an_old_due_that_holds_warns_by_the_shares_of_its_own_promise() -> None:
    promised = in_turn((0, S3, hours(4)), (3, S2, hours(2, S2)))
    clock = judged(Timeline(CALL), 3, promised)
    assert [mark.at for mark in marks(clock, after(5))] == [
        after(2),
        after(3),
        after(3.6),
        after(4),
    ]
