"""What comes back by agreement: planned days, each held or missed."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dispatch.agreements import AROUND, Cadence, OccasionState, occasions

MONTHLY = Cadence(1, date(2026, 1, 5))
TODAY = date(2026, 4, 1)


def states(*held: date, cadence: Cadence = MONTHLY, today: date = TODAY) -> list[str]:
    return [each.state.value for each in occasions([cadence], held, today)]


def test_a_day_nobody_met_around_is_missed_after_two_weeks() -> None:
    assert states(date(2026, 1, 5), date(2026, 2, 12)) == ["held", "held", "missed", "planned"]
    assert states(today=date(2026, 1, 19)) == ["planned"]
    assert states(today=date(2026, 1, 20))[:1] == ["missed"]


def test_one_meeting_counts_for_one_planned_day() -> None:
    tight = Cadence(1, date(2026, 1, 31))
    found = states(date(2026, 2, 14), cadence=tight, today=date(2026, 3, 14))
    assert found == ["held", "planned"]
    assert states(date(2026, 2, 14), cadence=tight, today=date(2026, 3, 15))[:2] == [
        "held",
        "missed",
    ]


def test_a_meeting_in_between_makes_up_for_nothing() -> None:
    quarterly = Cadence(3, date(2026, 1, 5))
    assert states(date(2026, 2, 20), cadence=quarterly) == ["missed", "planned"]


def test_what_took_the_place_of_another_leaves_what_was_missed() -> None:
    before = Cadence(1, date(2026, 1, 5), until=date(2026, 2, 20))
    after = Cadence(6, date(2026, 2, 20))
    found = occasions([before, after], [], TODAY)
    assert [each.planned_on for each in found] == [
        date(2026, 1, 5),
        date(2026, 2, 5),
        date(2026, 2, 20),
    ]
    assert {each.state for each in found} == {OccasionState.MISSED}


@given(
    st.integers(1, 12),
    st.lists(st.dates(date(2026, 1, 1), date(2027, 1, 1)), max_size=20),
)
def test_meeting_once_more_never_misses_more(months: int, held: list[date]) -> None:
    cadence = Cadence(months, date(2026, 1, 31))
    today = date(2027, 1, 1)
    more = [*held, date(2026, 6, 15)]
    found = states(*held, cadence=cadence, today=today)
    again = states(*more, cadence=cadence, today=today)
    assert again.count("missed") <= found.count("missed")
    assert again.count("held") <= len(more)
    for each in occasions([cadence], held, today):
        assert each.held_on is None or abs(each.held_on - each.planned_on) <= AROUND


def test_nothing_is_planned_from_the_end_on() -> None:
    over = Cadence(1, date(2026, 1, 5), until=date(2026, 2, 5))
    assert len(occasions([over], [], TODAY)) == 1
    assert over.following(date(2026, 1, 5)) is None
    assert MONTHLY.following(date(2026, 1, 4)) == date(2026, 1, 5)
    assert MONTHLY.following(date(2026, 1, 5) - timedelta(days=400)) == date(2026, 1, 5)
