"""What holds of every due instant, whatever the calendar, the call and the pauses.

A few made-up questions are asked each time, ten thousand of each by `make proof`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.hours import (
    Calendar,
    Pause,
    SpanKind,
    due,
    elapsed,
    explain,
    left_when_paused,
    open_spans,
)
from tests.dispatch.hours.draws import DAYS, FORTNIGHTS, cases

DAY = 86_400
MOST_SECONDS = 80 * 3600
LEAST_WEEKLY_MINUTES = 600  # so that eighty hours are reached within months
ONE_SECOND = timedelta(seconds=1)
ELSEWHERE = [ZoneInfo(zone) for zone in ("Asia/Kathmandu", "America/St_Johns", "Pacific/Apia")]


def opens_enough(calendar: Calendar) -> bool:
    lengths = (window.ends - window.opens for windows in calendar.weekly for window in windows)
    return sum(lengths) >= LEAST_WEEKLY_MINUTES


PLACES = [
    (case.calendar, datetime.combine(first, datetime.min.time(), UTC))
    for zone, first in FORTNIGHTS
    for case in cases("properties", zone, first, 4)
    if opens_enough(case.calendar)
]


@dataclass(frozen=True)
class Question:
    """A call and its pauses, and what may be changed about it."""

    calendar: Calendar
    start: datetime
    target: int
    pauses: tuple[Pause, ...]
    more: Pause
    extra: int
    zone: ZoneInfo

    @property
    def due(self) -> datetime:
        reached = due(self.calendar, self.start, self.target, self.pauses)
        assert reached is not None
        return reached

    def elapsed(self, end: datetime) -> int:
        return elapsed(self.calendar, self.start, end, self.pauses)

    def also_paused(self, *pauses: Pause) -> "Question":
        return replace(self, pauses=(*self.pauses, *pauses))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    calendar, midnight = draw(st.sampled_from(PLACES))
    instants = st.integers(0, DAYS * DAY).map(lambda second: midnight + timedelta(seconds=second))
    pauses = st.builds(
        lambda begun, length: Pause(begun, begun + timedelta(seconds=length)),
        instants,
        st.integers(0, DAY),
    )
    return Question(
        calendar=calendar,
        start=draw(instants),
        target=draw(st.integers(1, MOST_SECONDS)),
        pauses=tuple(draw(st.lists(pauses, max_size=4))),
        more=draw(pauses),
        extra=draw(st.integers(0, MOST_SECONDS)),
        zone=draw(st.sampled_from(ELSEWHERE)),
    )


def exactly_the_target_is_counted_at_the_due(asked: Question) -> None:
    assert asked.elapsed(asked.due) == asked.target
    assert asked.elapsed(asked.due - ONE_SECOND) == asked.target - 1


def a_longer_target_is_never_due_earlier(asked: Question) -> None:
    longer = replace(asked, target=asked.target + asked.extra)
    assert longer.due >= asked.due + timedelta(seconds=asked.extra)


def a_later_call_is_never_due_earlier(asked: Question) -> None:
    later = replace(asked, start=asked.start + timedelta(seconds=asked.extra))
    assert later.due >= asked.due


def one_more_pause_never_shortens_a_deadline(asked: Question) -> None:
    assert asked.also_paused(asked.more).due >= asked.due


def a_pause_told_in_pieces_is_the_same_pause(asked: Question) -> None:
    begun, over = asked.more.start, asked.more.end
    assert over is not None
    cut = begun + (over - begun) * asked.extra // MOST_SECONDS
    pieces = Pause(begun, cut), Pause(cut, over)
    overlapping = Pause(begun, cut), Pause(begun, over), Pause(cut, cut)
    whole = asked.also_paused(asked.more).due
    assert asked.also_paused(*pieces).due == asked.also_paused(*overlapping).due == whole


def the_order_and_repetition_of_pauses_do_not_matter(asked: Question) -> None:
    again = replace(asked, pauses=(*reversed(asked.pauses), *asked.pauses))
    assert again.due == asked.due


def the_zone_a_time_is_told_in_does_not_matter(asked: Question) -> None:
    told = replace(
        asked,
        start=asked.start.astimezone(asked.zone),
        pauses=tuple(
            Pause(each.start.astimezone(asked.zone), each.end and each.end.astimezone(asked.zone))
            for each in asked.pauses
        ),
    )
    assert told.due == asked.due


def a_due_lies_in_a_window_or_at_its_end(asked: Question) -> None:
    last_second = asked.due - ONE_SECOND
    assert open_spans(asked.calendar, last_second, asked.due) == ((last_second, asked.due),)


def the_trail_to_the_due_counts_the_target_and_leaves_no_gap(asked: Question) -> None:
    trail = explain(asked.calendar, asked.start, asked.due, asked.pauses)
    counted = sum(span.seconds for span in trail if span.kind is SpanKind.COUNTED)
    assert counted == asked.target
    instants = [asked.start, *(span.end for span in trail)]
    assert [span.start for span in trail] == instants[:-1]
    assert instants[-1] == asked.due


def elapsed_time_adds_up_across_any_cut(asked: Question) -> None:
    cut = asked.start + timedelta(seconds=asked.extra)
    end = cut + timedelta(seconds=asked.target)
    parts = asked.elapsed(cut) + replace(asked, start=cut).elapsed(end)
    assert parts == asked.elapsed(end)


def what_is_left_and_what_was_counted_make_the_target(asked: Question) -> None:
    since = asked.more.start
    pauses = (*asked.pauses, Pause(since, None))
    left = left_when_paused(asked.calendar, asked.start, asked.target, pauses)
    assert left == max(0, asked.target - asked.elapsed(since))
    stands_still = due(asked.calendar, asked.start, asked.target, pauses) is None
    assert stands_still == (since < asked.due)


def the_due_after_resuming_is_what_was_left_from_then(asked: Question) -> None:
    since, resumed = asked.more.start, asked.more.end
    assert resumed is not None
    if since >= asked.due:
        assert asked.also_paused(asked.more).due == asked.due
        return
    frozen = (*asked.pauses, Pause(since, None))
    left = left_when_paused(asked.calendar, asked.start, asked.target, frozen)
    assert left is not None
    from_then = max(asked.start, resumed)
    projected = due(asked.calendar, from_then, left, asked.pauses)
    assert asked.also_paused(asked.more).due == projected


PROPERTIES: list[Callable[[Question], None]] = [
    exactly_the_target_is_counted_at_the_due,
    a_longer_target_is_never_due_earlier,
    a_later_call_is_never_due_earlier,
    one_more_pause_never_shortens_a_deadline,
    a_pause_told_in_pieces_is_the_same_pause,
    the_order_and_repetition_of_pauses_do_not_matter,
    the_zone_a_time_is_told_in_does_not_matter,
    a_due_lies_in_a_window_or_at_its_end,
    the_trail_to_the_due_counts_the_target_and_leaves_no_gap,
    elapsed_time_adds_up_across_any_cut,
    what_is_left_and_what_was_counted_make_the_target,
    the_due_after_resuming_is_what_was_left_from_then,
]
every_property = pytest.mark.parametrize("holds", PROPERTIES, ids=lambda each: each.__name__)


@every_property
@given(asked=questions())
def test_of_a_few_questions(holds: Callable[[Question], None], asked: Question) -> None:
    holds(asked)


@pytest.mark.proof
@every_property
@settings(max_examples=10_000)
@given(asked=questions())
def test_of_ten_thousand_questions(holds: Callable[[Question], None], asked: Question) -> None:
    holds(asked)
