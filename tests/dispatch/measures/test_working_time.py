"""The parts of a shift add up to it, whatever was written down."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from dispatch.measures import Interval
from dispatch.measures.working_time import Done, overtime_seconds, shift_parts

MIDNIGHT = datetime(2026, 6, 2, tzinfo=UTC)
SHIFT = Interval(MIDNIGHT + timedelta(hours=8), MIDNIGHT + timedelta(hours=16))


def at(second: int) -> datetime:
    return MIDNIGHT + timedelta(seconds=second)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, ...]:
    """A few stretches of a day, in any order, some of them at the same time."""
    pairs = draw(st.lists(st.tuples(st.integers(0, 86_400), st.integers(0, 20_000)), max_size=6))
    return tuple(Interval(at(start), at(start + long)) for start, long in pairs)


@given(intervals(), intervals(), intervals())
def test_the_four_parts_are_the_shift_and_each_second_counts_once(
    travel: tuple[Interval, ...], on_site: tuple[Interval, ...], waiting: tuple[Interval, ...]
) -> None:
    parts = shift_parts(SHIFT, Done(travel, on_site, waiting))
    marks = sorted({8 * 3600, 16 * 3600, *_ends(travel), *_ends(on_site), *_ends(waiting)})
    by_hand = {"waiting": 0, "on_site": 0, "travel": 0, "rest": 0}
    for before, after in pairwise(each for each in marks if 8 * 3600 <= each <= 16 * 3600):
        kinds = {"waiting": waiting, "on_site": on_site, "travel": travel}
        kind = next((name for name, each in kinds.items() if _in(each, before)), "rest")
        by_hand[kind] += after - before
    assert asdict(parts) == by_hand
    assert parts.whole == 8 * 3600


def _in(each: tuple[Interval, ...], second: int) -> bool:
    return any(
        one.start <= at(second) and one.end is not None and at(second) < one.end for one in each
    )


@given(intervals(), intervals())
def test_overtime_is_what_was_worked_outside_every_duty(
    worked: tuple[Interval, ...], duties: tuple[Interval, ...]
) -> None:
    marks = sorted({0, *_ends(worked), *_ends(duties)})
    by_hand = sum(
        after - before
        for before, after in pairwise(marks)
        if _in(worked, before) and not _in(duties, before)
    )
    assert overtime_seconds(worked, duties) == by_hand


def _ends(intervals: tuple[Interval, ...]) -> list[int]:
    """Where stretches begin and end, in seconds after midnight."""
    instants = [each.start for each in intervals] + [each.end for each in intervals if each.end]
    return [int((each - MIDNIGHT).total_seconds()) for each in instants]
