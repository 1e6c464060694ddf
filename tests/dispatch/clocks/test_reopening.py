"""Work that is closed and taken up again: what continues, what starts anew, what stays."""

import pytest

from dispatch.agreements import ClockKind, ClockStart, Severity
from dispatch.clocks import ClockState, Closing, Promised, Timeline, clocks, trail
from dispatch.interventions import PauseReason
from tests.dispatch.clocks.makers import CALL, after, hours, in_turn, judged, pause

S1, S2, S3, _ = Severity
RESOLUTION = hours(8, clock=ClockKind.RESOLUTION)
REOPENED = (Closing(after(3), after(20)),)


def test_the_time_from_the_repair_to_the_reopening_does_not_count() -> None:
    timeline = Timeline(CALL, restored=(after(2),), closings=REOPENED)
    clock = judged(timeline, 21, RESOLUTION)
    assert (clock.state, clock.deadlines.due) == (ClockState.RUNNING, after(26))
    assert [span.note for span in trail(clock)] == ["", "closed", ""]


def test_work_closed_without_a_repair_stands_still_from_its_closing() -> None:
    clock = judged(Timeline(CALL, closings=REOPENED), 21, RESOLUTION)
    assert clock.deadlines.due == after(25)


def test_the_second_repair_stops_the_clock() -> None:
    timeline = Timeline(CALL, restored=(after(22), after(2)), closings=REOPENED)
    clock = judged(timeline, 90, RESOLUTION)
    assert (clock.state, clock.stopped_at) == (ClockState.MET, after(22))


def test_work_reopened_twice_is_paused_twice() -> None:
    twice = (Closing(after(40), after(60)), *REOPENED)
    timeline = Timeline(CALL, restored=(after(2), after(23)), closings=twice)
    # two hours before the first repair and three before the second leave three
    assert judged(timeline, 60, RESOLUTION).deadlines.due == after(63)


def test_work_closed_for_good_after_a_reopening_ends() -> None:
    closings = (*REOPENED, Closing(after(22)))
    timeline = Timeline(CALL, restored=(after(2),), closings=closings)
    clock = judged(timeline, 90, RESOLUTION)
    assert (clock.state, clock.judged_at) == (ClockState.ENDED, after(22))


def test_a_breach_before_the_closing_is_not_forgiven_by_reopening() -> None:
    timeline = Timeline(CALL, restored=(after(9),), closings=(Closing(after(9), after(20)),))
    clock = judged(timeline, 21, RESOLUTION)
    assert (clock.state, clock.deadlines.due) == (ClockState.BREACHED, after(8))


@pytest.mark.parametrize(("severity", "state"), [(S1, ClockState.AT_RISK), (S2, ClockState.MET)])
def test_safe_continues_only_while_somebody_is_trapped(
    severity: Severity, state: ClockState
) -> None:
    target = hours(3, severity, ClockKind.SAFE)
    timeline = Timeline(CALL, released=(after(2),), closings=REOPENED)
    assert judged(timeline, 20.5, target).state is state


def test_safe_continues_when_the_reopening_says_somebody_is_trapped() -> None:
    target = hours(3, S1, ClockKind.SAFE)
    promised = in_turn((0, S2, None), (20, S1, target), clock=ClockKind.SAFE)
    clock = judged(Timeline(CALL, closings=REOPENED), 20, promised)
    assert clock.deadlines.due == after(23)


def return_visit(starts_at: ClockStart = ClockStart.CALL, number: int = 1) -> Promised:
    return in_turn((20, S3, hours(4, starts_at=starts_at)), number=number)


def test_a_return_visit_has_its_own_response_and_the_first_keeps_its_own() -> None:
    timeline = Timeline(CALL, arrivals=(after(2), after(22)), closings=REOPENED)
    first = judged(timeline, 90, hours(1))
    second = judged(timeline, 90, return_visit())
    assert (first.stopped_at, first.state) == (after(2), ClockState.BREACHED)
    assert (second.stopped_at, second.state) == (after(22), ClockState.MET)


def test_an_arrival_before_the_reopening_is_no_return_visit() -> None:
    timeline = Timeline(CALL, arrivals=(after(1),), closings=REOPENED)
    clock = judged(timeline, 21, return_visit())
    assert (clock.state, clock.deadlines.due) == (ClockState.RUNNING, after(24))


def test_nobody_who_came_only_after_the_reopening_answered_the_first_call() -> None:
    timeline = Timeline(CALL, arrivals=(after(21),), closings=REOPENED)
    assert judged(timeline, 90, hours(4)).state is ClockState.ENDED


def test_acceptance_is_asked_for_once() -> None:
    acknowledge = hours(4, clock=ClockKind.ACKNOWLEDGE)
    timeline = Timeline(CALL, acknowledgements=(after(21), after(1)), closings=REOPENED)
    assert judged(timeline, 90, acknowledge).stopped_at == after(1)


@pytest.mark.parametrize(
    ("timeline", "start", "due"),
    [
        (Timeline(CALL, dispatched_at=after(1)), ClockStart.DISPATCH, 24),
        (Timeline(CALL, dispatched_at=after(21)), ClockStart.DISPATCH, 25),
        (Timeline(CALL), ClockStart.DISPATCH, 24),
        (Timeline(CALL, acknowledgements=(after(1), after(22))), ClockStart.ACKNOWLEDGEMENT, 26),
    ],
)
def test_a_return_visit_starts_by_what_has_happened_since(
    timeline: Timeline, start: ClockStart, due: float
) -> None:
    assert judged(timeline, 22, return_visit(start)).deadlines.due == after(due)


def test_a_return_visit_nobody_accepted_again_has_no_clock_that_starts_so() -> None:
    timeline = Timeline(CALL, acknowledgements=(after(1),), closings=REOPENED)
    assert clocks(timeline, [return_visit(ClockStart.ACKNOWLEDGEMENT)], after(21)) == ()


def test_each_return_visit_ends_with_its_own_closing() -> None:
    closings = (*REOPENED, Closing(after(22), after(30)))
    timeline = Timeline(CALL, arrivals=(after(31),), closings=closings)
    assert judged(timeline, 90, return_visit()).state is ClockState.ENDED
    second = in_turn((30, S3, hours(4)), number=2)
    assert judged(timeline, 90, second).stopped_at == after(31)


def test_a_pause_nobody_ended_is_over_when_the_work_is_closed() -> None:
    waiting = pause(1, None, PauseReason.AWAITING_CUSTOMER_DECISION)
    timeline = Timeline(CALL, pauses=(waiting,), closings=REOPENED)
    assert judged(timeline, 21, RESOLUTION).deadlines.due == after(27)


def test_a_pause_begun_while_closed_is_over_at_the_reopening() -> None:
    waiting = pause(5, None, PauseReason.RESOLVED_PENDING_CONFIRMATION)
    timeline = Timeline(CALL, restored=(after(2),), pauses=(waiting,), closings=REOPENED)
    assert judged(timeline, 21, RESOLUTION).deadlines.due == after(26)
