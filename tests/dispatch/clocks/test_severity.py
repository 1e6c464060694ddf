"""What a change of severity does to a clock: for the worse, for the better, or too late."""

from dataclasses import replace

import pytest

from dispatch.agreements import ClockKind, ClockStart, ClockStop, Severity, SeverityPolicy
from dispatch.clocks import Clock, ClockState, Closing, Promised, Timeline, clocks, trail
from tests.dispatch.clocks.makers import ALWAYS, CALL, OFFICE, after, hours, in_turn, judged, pause

S1, S2, S3, S4 = Severity
EARLIER_OF, RETROACTIVE, FROM_CHANGE = SeverityPolicy
CALLED = Timeline(CALL)


def worse(policy: SeverityPolicy, *, old: float = 8, new: float = 2, at: float = 3) -> Promised:
    return in_turn((0, S3, hours(old)), (at, S2, hours(new, S2, on_change=policy)))


@pytest.mark.parametrize(("policy", "due"), [(EARLIER_OF, 5), (FROM_CHANGE, 5), (RETROACTIVE, 2)])
def test_an_upgrade_follows_the_policy_of_the_new_target(
    policy: SeverityPolicy, due: float
) -> None:
    clock = judged(CALLED, 3, worse(policy))
    assert (clock.deadlines.due, clock.original_due) == (after(due), after(8))
    assert clock.severity is S2


def test_an_upgrade_never_gives_more_time_than_was_promised_before() -> None:
    clock = judged(CALLED, 3, worse(EARLIER_OF, old=4))
    assert (clock.deadlines.due, clock.original_due) == (after(4), None)
    assert (clock.severity, clock.started_at) == (S2, CALL)
    assert (clock.remaining_seconds, clock.state) == (3600, ClockState.AT_RISK)


def test_an_upgrade_counted_from_the_change_may_give_more_time() -> None:
    assert judged(CALLED, 3, worse(FROM_CHANGE, old=4)).deadlines.due == after(5)


def test_an_upgrade_is_counted_in_the_hours_of_its_own_target() -> None:
    night = in_turn((0, S3, hours(12, calendar=OFFICE)), (10, S1, hours(1, S1)))
    clock = judged(CALLED, 10, night)
    # eight hours are gone at closing time, so the office's twelve end the next day at noon
    assert (clock.original_due, clock.deadlines.due) == (after(27), after(11))


def test_an_old_due_that_holds_is_explained_in_its_own_hours() -> None:
    old = hours(4, calendar=OFFICE)
    clock = judged(CALLED, 3, in_turn((0, S3, old), (3, S2, hours(2, S2, calendar=ALWAYS))))
    assert clock.basis is old
    assert sum(span.seconds for span in trail(clock)) == 4 * 3600


def test_a_retroactive_upgrade_keeps_every_earlier_pause() -> None:
    timeline = Timeline(CALL, pauses=(pause(0.5, 2.5),))
    assert judged(timeline, 3, worse(RETROACTIVE)).deadlines.due == after(4)


def test_an_upgrade_during_a_pause_waits_for_the_work_to_resume() -> None:
    open_ended = Timeline(CALL, pauses=(pause(2),))
    clock = judged(open_ended, 4, worse(EARLIER_OF))
    assert (clock.state, clock.remaining_seconds) == (ClockState.PAUSED, 7200)
    resumed = Timeline(CALL, pauses=(pause(2, 5),))
    assert judged(resumed, 5, worse(EARLIER_OF)).deadlines.due == after(7)


def lesser(at: float = 1) -> Promised:
    return in_turn((0, S2, hours(2, S2)), (at, S3, hours(8)))


def test_a_downgrade_counts_the_lesser_target_from_the_call_with_every_pause() -> None:
    timeline = Timeline(CALL, pauses=(pause(0.25, 0.75),))
    clock = judged(timeline, 1, lesser())
    assert (clock.deadlines.due, clock.original_due) == (after(8.5), after(2.5))


def test_a_breach_outlasts_a_downgrade_and_belongs_to_the_severity_that_had_it() -> None:
    clock = judged(CALLED, 4, lesser(at=3))
    assert (clock.state, clock.deadlines.due) == (ClockState.BREACHED, after(2))
    assert (clock.severity, clock.breached_severity) == (S3, S2)


def test_at_its_very_due_a_clock_can_still_be_downgraded() -> None:
    assert judged(CALLED, 4, lesser(at=2)).state is ClockState.RUNNING


def test_a_breach_outlasts_a_severity_that_promises_nothing() -> None:
    clock = judged(CALLED, 9, in_turn((0, S2, hours(2, S2)), (3, S4, None)))
    assert (clock.deadlines.due, clock.breached_severity) == (after(2), S2)


def test_a_breach_outlasts_every_further_change() -> None:
    ladder = in_turn((0, S2, hours(2, S2)), (3, S3, hours(8)), (4, S1, hours(1, S1)), (5, S4, None))
    clock = judged(CALLED, 6, ladder)
    assert (clock.deadlines.due, clock.breached_severity) == (after(2), S2)


def test_a_breach_is_not_undone_by_an_event_that_only_the_new_target_waits_for() -> None:
    repaired = replace(hours(2, S2), stops_at=ClockStop.BACK_IN_SERVICE)
    timeline = Timeline(CALL, arrivals=(after(1),))
    clock = judged(timeline, 4, in_turn((0, S2, repaired), (3, S3, hours(8))))
    assert (clock.state, clock.stopped_at) == (ClockState.BREACHED, None)


def test_an_old_due_that_holds_is_stopped_by_the_event_of_the_target_in_force() -> None:
    faster = replace(hours(4, S2), stops_at=ClockStop.BACK_IN_SERVICE)
    timeline = Timeline(CALL, restored=(after(3.5),), pauses=(pause(3.25),))
    clock = judged(timeline, 9, in_turn((0, S3, hours(4)), (3, S2, faster)))
    assert (clock.state, clock.deadlines.due) == (ClockState.MET, after(4.25))


def test_a_breach_that_came_after_the_change_belongs_to_the_new_severity() -> None:
    assert judged(CALLED, 6, worse(EARLIER_OF)).breached_severity is S2


def test_a_clock_in_time_is_breached_at_no_severity() -> None:
    assert judged(CALLED, 1, worse(EARLIER_OF)).breached_severity is None


def test_a_clock_disappears_when_nothing_more_is_promised() -> None:
    promised = in_turn((0, S3, hours(8)), (1, S4, None))
    assert clocks(CALLED, [promised], after(2)) == ()


@pytest.mark.parametrize(("policy", "due"), [(EARLIER_OF, 5), (FROM_CHANGE, 5), (RETROACTIVE, 2)])
def test_a_clock_promised_by_an_upgrade_starts_as_its_policy_says(
    policy: SeverityPolicy, due: float
) -> None:
    promised = in_turn((0, S3, None), (3, S2, hours(2, S2, on_change=policy)))
    clock = judged(CALLED, 3, promised)
    assert (clock.deadlines.due, clock.original_due) == (after(due), None)


def test_a_clock_promised_by_a_downgrade_starts_at_the_call() -> None:
    assert judged(CALLED, 3, in_turn((0, S2, None), (3, S3, hours(8)))).started_at == CALL


def test_a_change_before_the_clock_starts_is_simply_the_promise() -> None:
    old = hours(1, starts_at=ClockStart.DISPATCH)
    new = hours(2, S2, starts_at=ClockStart.DISPATCH)
    timeline = Timeline(CALL, dispatched_at=after(4))
    assert judged(timeline, 4, in_turn((0, S3, old), (1, S2, new))).deadlines.due == after(6)


def test_what_happens_after_the_arrival_changes_no_arrival() -> None:
    timeline = Timeline(CALL, arrivals=(after(2),))
    clock = judged(timeline, 9, worse(RETROACTIVE))
    assert (clock.state, clock.severity, clock.deadlines.due) == (ClockState.MET, S3, after(8))


def test_what_happens_after_the_closing_changes_no_clock() -> None:
    timeline = Timeline(CALL, closings=(Closing(after(2)),))
    assert judged(timeline, 9, worse(RETROACTIVE)).state is ClockState.ENDED


def of_resolution(policy: SeverityPolicy) -> Clock:
    repair = hours(8, S3, ClockKind.RESOLUTION)
    faster = hours(2, S2, ClockKind.RESOLUTION, on_change=policy)
    promised = in_turn((0, S3, repair), (10, S2, faster), clock=ClockKind.RESOLUTION)
    reopened = Timeline(CALL, restored=(after(1),), closings=(Closing(after(2), after(10)),))
    return judged(reopened, 10, promised)


@pytest.mark.parametrize(("policy", "due"), [(EARLIER_OF, 12), (RETROACTIVE, 11)])
def test_work_reopened_as_something_worse_is_an_upgrade(policy: SeverityPolicy, due: float) -> None:
    assert of_resolution(policy).deadlines.due == after(due)
