"""Demand foreseen: by hour of the week, beside what anybody could write down."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from dispatch.measures.demand import (
    HOURS,
    HOURS_OF_A_WEEK,
    Week,
    at_most,
    back_test,
    forecast,
    usual,
    weeks_of,
)

MONDAY = date(2026, 11, 2)


def drawn(count: int, *, seed: int, growth: float = 0.0) -> list[Week]:
    """Weeks with busy mornings on working days, as calls come: independently of each other."""
    chance = Random(seed)

    def came(week: int, hour: int) -> int:
        is_busy = hour // HOURS < 5 and 7 <= hour % HOURS < 11
        mean = (1.5 if is_busy else 0.25) * (1 + growth) ** week
        return sum(chance.random() < mean / 40 for _ in range(40))

    return [tuple(came(week, hour) for hour in range(HOURS_OF_A_WEEK)) for week in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_the_forecast_is_nearer_than_the_mean_of_four_weeks(seed: int) -> None:
    tried = back_test(drawn(26, seed=seed))
    assert tried is not None
    assert tried.is_better
    assert tried.weeks == 8
    assert tried.calls > 0


def test_an_hour_seen_seldom_is_drawn_towards_its_day_and_its_hour() -> None:
    weeks = [[1 if hour % HOURS == 8 else 0 for hour in range(HOURS_OF_A_WEEK)] for _ in range(4)]
    for week in weeks:
        week[8] = 0  # Monday at 8 had nothing four times: a chance, not a law
    found = forecast([tuple(week) for week in weeks])
    assert found is not None
    assert found[8] == 0  # nothing at all on Mondays: the day speaks too
    weeks[0][9] = 4
    found = forecast([tuple(week) for week in weeks])
    assert found is not None
    assert 0 < found[8] < 1 < found[HOURS + 8] * 2


def test_busier_weeks_of_late_raise_what_is_foreseen() -> None:
    even, growing = drawn(12, seed=3), drawn(12, seed=3, growth=0.08)
    calm, busy = forecast(even), forecast(growing)
    assert calm is not None
    assert busy is not None
    assert sum(busy) > sum(map(sum, growing)) / len(growing)
    assert sum(calm) == pytest.approx(sum(map(sum, even)) / len(even), rel=0.1)


@pytest.mark.parametrize("count", range(4))
def test_with_less_than_four_weeks_nothing_is_foreseen(count: int) -> None:
    weeks = drawn(count, seed=1)
    assert (forecast(weeks), usual(weeks), back_test(weeks)) == (None, None, None)


def test_without_calls_none_are_foreseen_and_no_share_is_said() -> None:
    weeks = [(0,) * HOURS_OF_A_WEEK] * 6
    tried = back_test(weeks)
    assert forecast(weeks) == [0.0] * HOURS_OF_A_WEEK
    assert tried is not None
    assert (tried.calls, tried.forecast.by_day, tried.is_better) == (0, None, False)


def test_calls_are_counted_by_the_hour_the_people_there_saw_on_the_clock() -> None:
    # the clocks went back on 25 October: 02:30 was passed twice, first two hours ahead of UTC
    calls = [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
        datetime(2026, 11, 1, 22, 59, tzinfo=UTC),  # Sunday 23:59
        datetime(2026, 11, 1, 23, 0, tzinfo=UTC),  # the Monday that is not included
        datetime(2026, 10, 18, 21, 59, tzinfo=UTC),  # the Sunday before the first week
    ]
    older, newer = weeks_of(calls, "Europe/Andorra", MONDAY, 2)
    assert (sum(older), older[6 * HOURS + 2]) == (2, 2)
    assert (sum(newer), newer[6 * HOURS + 23]) == (1, 1)


def test_how_many_calls_an_hour_stays_within_nine_times_of_ten() -> None:
    chance = Random(5)
    came = [sum(chance.random() < 0.02 for _ in range(100)) for _ in range(4000)]
    within = sum(each <= at_most(2.0) for each in came) / len(came)
    below = sum(each < at_most(2.0) for each in came) / len(came)
    assert below < 0.9 <= within
