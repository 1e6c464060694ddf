"""How a clock stands: running, at risk, paused, met, breached, ended, and by how much."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.agreements import (
    AgreementKind,
    ClockKind,
    ClockStart,
    ClockStop,
    RelativeMode,
    RelativeTarget,
    Severity,
    Target,
    TargetDuration,
    Thresholds,
)
from dispatch.clocks import (
    Clock,
    ClockState,
    Closing,
    Timeline,
    clocks,
    if_resumed,
    predicted_breach,
    promised_once,
    trail,
)
from dispatch.hours import Calendar, SpanKind, Window, every_weekday, read_calendar
from dispatch.interventions import PauseReason, RecordedPause
from tests.dispatch.clocks.makers import ALWAYS, CALL, EXAMPLES, OFFICE, after, hours, pause
from tests.dispatch.clocks.makers import judged as one

FOUR_HOURS = TargetDuration(4 * 3600)


def four_hours(
    clock: ClockKind = ClockKind.RESPONSE,
    calendar: Calendar = ALWAYS,
    starts_at: ClockStart = ClockStart.CALL,
) -> Target:
    return hours(4, clock=clock, calendar=calendar, starts_at=starts_at)


def judged(timeline: Timeline, at: float, target: Target | None = None) -> Clock:
    return one(timeline, at, target or four_hours())


def test_a_clock_runs_then_is_at_risk_then_breached() -> None:
    states = [judged(Timeline(CALL), hours).state.value for hours in (0, 2.999, 3, 4, 4.001)]
    assert states == ["running", "running", "at_risk", "at_risk", "breached"]


def test_what_happens_exactly_at_the_due_is_in_time() -> None:
    on_the_second = Timeline(CALL, arrivals=(after(4),))
    a_second_late = Timeline(CALL, arrivals=(after(4) + timedelta(seconds=1),))
    assert judged(on_the_second, 9).state is ClockState.MET
    assert judged(a_second_late, 9).state is ClockState.BREACHED


def test_the_published_attainment_holds() -> None:
    told = [example for example in EXAMPLES["examples"] if "attainment" in example]
    assert told
    for example in told:
        check = example["checks"][0]
        calendar = read_calendar(EXAMPLES["calendars"][check["calendar"]])
        target = Target(
            ClockKind.RESPONSE, Severity.DEGRADED, TargetDuration(check["seconds"]), calendar
        )
        for case in example["attainment"]:
            arrived_at = datetime.fromisoformat(case["event"])
            start = datetime.fromisoformat(check["start"])
            timeline = Timeline(start, arrivals=(arrived_at,))
            state = clocks(timeline, [promised_once(target, start)], arrived_at)[0].state
            assert (state is ClockState.MET) is case["met"]


@pytest.mark.parametrize(
    ("kind", "stopped"),
    [
        (ClockKind.ACKNOWLEDGE, Timeline(CALL, acknowledgements=(after(1),))),
        (ClockKind.RESPONSE, Timeline(CALL, arrivals=(after(1),))),
        (ClockKind.SAFE, Timeline(CALL, released=(after(1),))),
        (ClockKind.RESOLUTION, Timeline(CALL, restored=(after(1),))),
    ],
)
def test_each_clock_stops_at_its_own_event_and_no_other(kind: ClockKind, stopped: Timeline) -> None:
    met = {
        clock
        for clock in ClockKind
        if judged(stopped, 2, four_hours(clock)).state is ClockState.MET
    }
    assert met == {kind}


def test_a_met_clock_keeps_what_was_left_when_it_stopped() -> None:
    clock = judged(Timeline(CALL, arrivals=(after(1),)), 50)
    assert (clock.remaining_seconds, clock.stopped_at) == (3 * 3600, after(1))


def test_a_breach_stays_a_breach_and_tells_its_overrun() -> None:
    clock = judged(Timeline(CALL, arrivals=(after(6),)), 100)
    assert clock.state is ClockState.BREACHED
    assert (clock.overrun_seconds, clock.remaining_seconds) == (7200, 0)


def test_an_overrun_is_told_on_the_wall_and_in_service_time() -> None:
    clock = judged(Timeline(CALL), 30, four_hours(calendar=OFFICE))
    assert clock.deadlines.due == after(4)
    assert clock.overrun_seconds == 26 * 3600
    assert clock.service_overrun_seconds == 11 * 3600


def test_an_open_pause_freezes_what_is_left_and_takes_the_due_away() -> None:
    clock = judged(Timeline(CALL, pauses=(pause(1.5),)), 60)
    assert clock.state is ClockState.PAUSED
    assert clock.deadlines.due is None
    assert clock.remaining_seconds == 2.5 * 3600


def test_a_pause_that_is_over_moves_the_due() -> None:
    clock = judged(Timeline(CALL, pauses=(pause(1, 3),)), 3.5)
    assert (clock.deadlines.due, clock.state) == (after(6), ClockState.RUNNING)


def test_a_pause_after_the_due_forgives_nothing() -> None:
    clock = judged(Timeline(CALL, pauses=(pause(4.5),)), 9)
    assert (clock.state, clock.deadlines.due) == (ClockState.BREACHED, after(4))


def test_a_pause_after_the_arrival_does_not_undo_it() -> None:
    timeline = Timeline(CALL, arrivals=(after(2),), pauses=(pause(3),))
    clock = judged(timeline, 9)
    assert (clock.state, clock.deadlines.due) == (ClockState.MET, after(4))


def test_arriving_during_an_open_pause_ends_the_pause_for_the_response_clock() -> None:
    timeline = Timeline(CALL, arrivals=(after(6),), pauses=(pause(1),))
    clock = judged(timeline, 9)
    assert (clock.state, clock.deadlines.due) == (ClockState.MET, after(9))


def test_pause_for_parts_stops_the_resolution_clock_only_where_agreed() -> None:
    timeline = Timeline(CALL, pauses=(pause(1, 3, PauseReason.AWAITING_PARTS),))
    agreed = Target(
        ClockKind.RESOLUTION, Severity.DEGRADED, FOUR_HOURS, ALWAYS, stops_for_parts=True
    )
    assert judged(timeline, 2, agreed).deadlines.due == after(6)
    assert judged(timeline, 2, four_hours(ClockKind.RESOLUTION)).deadlines.due == after(4)


def test_a_customers_open_decision_does_not_stop_the_response_clock() -> None:
    timeline = Timeline(CALL, pauses=(pause(1, None, PauseReason.AWAITING_CUSTOMER_DECISION),))
    kinds = (ClockKind.RESOLUTION, ClockKind.RESPONSE)
    both = [promised_once(four_hours(kind), CALL) for kind in kinds]
    response, resolution = clocks(timeline, both, after(2))
    assert (response.kind, response.state) == (ClockKind.RESPONSE, ClockState.RUNNING)
    assert (resolution.kind, resolution.state) == (ClockKind.RESOLUTION, ClockState.PAUSED)


def test_a_clock_that_starts_at_dispatch_is_absent_before_it() -> None:
    target = four_hours(starts_at=ClockStart.DISPATCH)
    assert clocks(Timeline(CALL), [promised_once(target, CALL)], after(1)) == ()
    dispatched = Timeline(CALL, dispatched_at=after(1))
    assert judged(dispatched, 2, target).deadlines.due == after(5)


def test_a_clock_may_start_at_the_acknowledgement() -> None:
    target = four_hours(starts_at=ClockStart.ACKNOWLEDGEMENT)
    clock = judged(Timeline(CALL, acknowledgements=(after(0.5),)), 2, target)
    assert clock.started_at == after(0.5)


def test_what_falls_due_first_comes_first() -> None:
    both = (four_hours(), hours(1, clock=ClockKind.ACKNOWLEDGE))
    found = clocks(Timeline(CALL), [promised_once(each, CALL) for each in both], CALL)
    assert [clock.kind for clock in found] == [ClockKind.ACKNOWLEDGE, ClockKind.RESPONSE]
    assert found[0].severity is Severity.DEGRADED


def test_an_agreement_may_warn_earlier() -> None:
    target = Target(
        ClockKind.RESPONSE,
        Severity.DEGRADED,
        FOUR_HOURS,
        ALWAYS,
        thresholds=Thresholds(warn_percents=(25,), internal_percent=60),
    )
    clock = judged(Timeline(CALL), 2, target)
    assert clock.state is ClockState.RUNNING
    assert clock.deadlines.warnings == ((25, after(1)),)
    assert clock.deadlines.internal_due == CALL + timedelta(seconds=8640)


def next_day_by_ten() -> Target:
    promise = RelativeTarget(1, RelativeMode.BY, 600)
    return Target(ClockKind.RESPONSE, Severity.REQUEST, promise, OFFICE)


def test_a_target_that_names_a_day_counts_down_in_service_time() -> None:
    clock = judged(Timeline(CALL), 1, next_day_by_ten())
    assert clock.deadlines.due == datetime(2026, 6, 3, 8, tzinfo=UTC)
    assert (clock.state, clock.remaining_seconds) == (ClockState.RUNNING, 9 * 3600)


def test_a_paused_target_that_names_a_day_has_nothing_to_freeze() -> None:
    clock = judged(Timeline(CALL, pauses=(pause(1),)), 2, next_day_by_ten())
    assert (clock.state, clock.remaining_seconds) == (ClockState.PAUSED, None)


def test_the_trail_of_a_clock_ends_at_its_due() -> None:
    target = four_hours(calendar=OFFICE)
    spans = trail(judged(Timeline(after(6), pauses=(pause(7, 8),)), 7, target))
    assert [(span.kind, span.seconds // 3600, span.note) for span in spans] == [
        (SpanKind.COUNTED, 1, ""),
        (SpanKind.PAUSED, 1, "no_access"),
        (SpanKind.CLOSED, 15, ""),
        (SpanKind.COUNTED, 3, ""),
    ]


def test_the_trail_of_a_paused_clock_ends_now() -> None:
    spans = trail(judged(Timeline(CALL, pauses=(pause(1),)), 5))
    assert [(span.kind, span.seconds // 3600) for span in spans] == [
        (SpanKind.COUNTED, 1),
        (SpanKind.PAUSED, 4),
    ]


@given(st.integers(0, 100_000), st.integers(1, 400_000), st.integers(0, 400_000))
def test_what_is_left_reaches_nothing_exactly_when_the_due_does(
    lead: int, target: int, wait: int
) -> None:
    call = datetime(2026, 3, 26, tzinfo=UTC) + timedelta(seconds=lead)
    promise = Target(ClockKind.RESPONSE, Severity.DEGRADED, TargetDuration(target), OFFICE)
    now = call + timedelta(seconds=wait)
    (clock,) = clocks(Timeline(call), [promised_once(promise, call)], now)
    assert clock.deadlines.due is not None
    assert (clock.remaining_seconds == 0) == (clock.judged_at >= clock.deadlines.due)
    assert (clock.state is ClockState.BREACHED) == (clock.judged_at > clock.deadlines.due)


def test_a_call_on_a_holiday_waits_for_the_next_opening() -> None:
    holiday = Calendar(
        "Europe/Paris", every_weekday(Window(480, 1020)), holidays=frozenset({date(2026, 6, 2)})
    )
    assert judged(Timeline(CALL), 0, four_hours(calendar=holiday)).deadlines.due == datetime(
        2026, 6, 3, 10, tzinfo=UTC
    )


def test_our_own_minutes_go_before_our_own_share() -> None:
    target = Target(
        ClockKind.RESPONSE,
        Severity.DEGRADED,
        FOUR_HOURS,
        ALWAYS,
        thresholds=Thresholds(internal_percent=50, internal_seconds=3600),
    )
    assert judged(Timeline(CALL), 0, target).deadlines.internal_due == after(1)


def test_a_named_day_is_shared_by_the_service_time_up_to_it() -> None:
    shares = judged(Timeline(CALL), 0, next_day_by_ten()).deadlines
    # ten hours of service lie between nine o'clock and ten the next day
    assert shares.warnings[0] == (50, after(5))
    assert shares.at_risk == CALL + timedelta(hours=7, minutes=30)
    assert shares.internal_due == after(8)


def test_a_named_day_without_service_before_it_is_shared_by_the_wall() -> None:
    saturday = datetime(2026, 6, 6, 10, tzinfo=UTC)
    promise = RelativeTarget(0, RelativeMode.END_OF_DAY)
    target = Target(ClockKind.RESPONSE, Severity.REQUEST, promise, OFFICE)
    (clock,) = clocks(Timeline(saturday), [promised_once(target, saturday)], saturday)
    assert clock.deadlines.due == saturday.replace(hour=22)
    assert clock.deadlines.warnings[0] == (50, saturday.replace(hour=16))


def test_an_agreement_may_stop_a_clock_at_another_event() -> None:
    target = Target(
        ClockKind.RESPONSE,
        Severity.DEGRADED,
        FOUR_HOURS,
        ALWAYS,
        stops_at=ClockStop.BACK_IN_SERVICE,
    )
    clock = judged(Timeline(CALL, arrivals=(after(1),), restored=(after(2),)), 3, target)
    assert (clock.state, clock.stopped_at) == (ClockState.MET, after(2))


def test_work_closed_in_time_without_its_event_ended_and_is_neither_met_nor_missed() -> None:
    clock = judged(Timeline(CALL, closings=(Closing(after(2)),)), 90)
    assert (clock.state, clock.judged_at) == (ClockState.ENDED, after(2))
    assert clock.remaining_seconds == 2 * 3600


def test_work_cancelled_in_time_ended_even_while_it_was_paused() -> None:
    clock = judged(Timeline(CALL, cancelled_at=after(3), pauses=(pause(1),)), 90)
    assert (clock.state, clock.remaining_seconds) == (ClockState.ENDED, 3 * 3600)


def test_cancelling_after_the_due_forgives_nothing() -> None:
    clock = judged(Timeline(CALL, cancelled_at=after(5)), 90)
    assert (clock.state, clock.overrun_seconds) == (ClockState.BREACHED, 3600)


def test_what_is_out_of_scope_has_no_clock() -> None:
    ruled_out = Timeline(CALL, out_of_scope_at=after(1))
    assert clocks(ruled_out, [promised_once(four_hours(), CALL)], after(9)) == ()


def test_our_promise_and_the_suppliers_on_one_job_are_two_clocks() -> None:
    theirs = Target(
        ClockKind.RESPONSE, Severity.DEGRADED, FOUR_HOURS, ALWAYS, kind=AgreementKind.SUPPLIER
    )
    both = [promised_once(four_hours(), CALL), promised_once(theirs, CALL)]
    found = clocks(Timeline(CALL), both, CALL)
    assert [clock.party.value for clock in found] == ["customer", "supplier"]


def test_a_pause_recorded_late_moves_nothing_until_it_is_approved() -> None:
    late = RecordedPause(PauseReason.NO_ACCESS, after(1), after(2), needs_approval=True)
    approved = RecordedPause(
        PauseReason.NO_ACCESS, after(1), after(2), is_approved=True, needs_approval=True
    )
    assert judged(Timeline(CALL, pauses=(late,)), 3).deadlines.due == after(4)
    assert judged(Timeline(CALL, pauses=(approved,)), 3).deadlines.due == after(5)


def test_the_trail_names_who_paused() -> None:
    known = RecordedPause(PauseReason.NO_ACCESS, after(1), after(2), author="ines")
    spans = trail(judged(Timeline(CALL, pauses=(known,)), 3))
    assert [(span.note, span.author) for span in spans] == [
        ("", ""),
        ("no_access", "ines"),
        ("", ""),
    ]


def test_a_pause_that_outlasts_the_arrival_counts_up_to_the_arrival() -> None:
    timeline = Timeline(CALL, arrivals=(after(2),), pauses=(pause(1, 3),))
    assert judged(timeline, 9).deadlines.due == after(5)


def test_a_paused_clock_tells_its_due_if_resumed() -> None:
    paused = judged(Timeline(CALL, pauses=(pause(1),)), 5)
    resumed = if_resumed(paused, after(6))
    assert (resumed.state, resumed.deadlines.due) == (ClockState.RUNNING, after(9))


@pytest.mark.parametrize(
    ("timeline", "expected", "is_predicted"),
    [
        (Timeline(CALL), 4, False),
        (Timeline(CALL), 4.001, True),
        (Timeline(CALL), None, False),
        (Timeline(CALL, pauses=(pause(1),)), 9, False),
        (Timeline(CALL, arrivals=(after(1),)), 9, False),
        (Timeline(CALL, cancelled_at=after(1)), 9, False),
    ],
)
def test_a_breach_is_predicted_for_an_open_clock_planned_after_its_due(
    timeline: Timeline, expected: float | None, *, is_predicted: bool
) -> None:
    clock = judged(timeline, 2)
    planned = None if expected is None else after(expected)
    assert predicted_breach(clock, planned) is is_predicted


def test_a_breach_that_happened_is_no_longer_predicted() -> None:
    assert not predicted_breach(judged(Timeline(CALL), 5), after(6))
