"""What chance deals: calls along the published curves, mishaps as often as they are said to be."""

from collections import Counter
from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from dispatch.agreements import Severity
from dispatch.simulation import (
    NOTHING_HAPPENS,
    Call,
    Chances,
    Demand,
    Luck,
    draw_calls,
)
from tests.dispatch.simulation.valley import MONDAY, ZONE, valley

TOWN = valley(lifts=400, days=1)
QUARTER = draw_calls(TOWN, MONDAY, 91, seed=7)


def test_a_quarter_holds_as_many_outages_as_the_source_says() -> None:
    stopped = [
        call for call in QUARTER if call.severity in {Severity.ENTRAPMENT, Severity.OUT_OF_SERVICE}
    ]
    assert len(stopped) == pytest.approx(400 * 1.37 * 0.8 * 91 / (365 / 12), rel=0.06)
    trapped = sum(call.severity is Severity.ENTRAPMENT for call in stopped)
    assert trapped / len(stopped) == pytest.approx(3.25 / (1.37 * 12), abs=0.03)


def test_mornings_ring_more_than_nights_and_weekdays_more_than_sundays() -> None:
    hours = Counter(call.at.astimezone(ZONE).hour for call in QUARTER)
    days = Counter(call.at.astimezone(ZONE).weekday() for call in QUARTER)
    assert hours[9] > 3 * hours[3]
    assert days[2] > days[6]


def test_work_has_a_heavy_tail_within_its_bounds() -> None:
    minutes = [
        call.duration_seconds / 60 for call in QUARTER if call.severity is Severity.OUT_OF_SERVICE
    ]
    assert median(minutes) == pytest.approx(50, abs=5)
    assert (min(minutes), max(minutes)) == (20, 150)
    assert sum(each > 100 for each in minutes) / len(minutes) > 0.15


def test_a_day_does_not_depend_on_the_days_around_it() -> None:
    thursday = MONDAY + timedelta(days=3)
    alone = draw_calls(TOWN, thursday, 1, seed=7)
    within = [call for call in QUARTER if call.at.astimezone(ZONE).date() == thursday]
    assert list(alone) == within


def test_checks_come_round_to_every_lift_and_rest_on_weekends() -> None:
    calls = draw_calls(TOWN, MONDAY, 14, seed=1, demand=Demand(0.0, checks_per_lift=0.1))
    assert all(call.is_planned for call in calls)
    assert {call.lift.id for call in calls} == {lift.id for lift in TOWN.lifts}
    assert all(call.at.astimezone(ZONE).weekday() < 5 for call in calls)


def test_wall_times_skipped_in_spring_still_ring() -> None:
    calls = draw_calls(valley(lifts=5000), date(2026, 3, 29), 1, seed=1)
    assert len({call.id for call in calls}) == len(calls)
    assert all(call.at.tzinfo is not None for call in calls)
    assert calls == tuple(sorted(calls, key=lambda call: call.at))
    assert TOWN.zone == ZoneInfo("Europe/Andorra")


@pytest.mark.parametrize(
    ("chance", "happens"),
    [
        (Chances(no_access=0.2), lambda luck, name: luck.is_no_access(name, 1)),
        (Chances(parts_missing=0.2), lambda luck, name: luck.is_part_missing(name, 0)),
        (Chances(cancelled=0.2), lambda luck, name: luck.cancelled_after(name) is not None),
        (Chances(sick_morning=0.2), lambda luck, name: luck.is_sick(name, MONDAY)),
        (Chances(sick_later=0.2), lambda luck, name: luck.sick_after(name, MONDAY) is not None),
        (Chances(late_start=0.2), lambda luck, name: luck.late_start(name, MONDAY) > 0),
        (Chances(answers=0.2), lambda luck, name: luck.answer(name, was_kept=True) is not None),
    ],
)
def test_a_mishap_happens_as_often_as_its_chance(chance: Chances, happens: object) -> None:
    luck = Luck(1, chance)
    assert callable(happens)
    count = sum(bool(happens(luck, f"work-{number}")) for number in range(2000))
    assert count / 2000 == pytest.approx(0.2, abs=0.03)


def test_one_drive_in_nine_takes_a_quarter_longer_than_planned() -> None:
    luck = Luck(3)
    drives = [luck.travel(1800, f"work-{number}", 1) for number in range(3000)]
    assert sum(each > 1800 * 1.25 for each in drives) / 3000 == pytest.approx(0.108, abs=0.02)


def test_where_nothing_happens_everything_goes_as_planned() -> None:
    luck = Luck(1, NOTHING_HAPPENS)
    assert luck.travel(600, "work", 1) == 600
    assert luck.work(1800, "work", 1) == 1800
    assert not luck.is_no_access("work", 1)
    assert luck.late_start("anna", MONDAY) == 0


def test_a_kept_promise_is_judged_better() -> None:
    luck = Luck(1, Chances(answers=1.0))
    names = [f"work-{number}" for number in range(500)]
    kept = [answer.csat for name in names if (answer := luck.answer(name, was_kept=True))]
    missed = [answer.csat for name in names if (answer := luck.answer(name, was_kept=False))]
    assert sum(kept) / 500 - sum(missed) / 500 == pytest.approx(1.4, abs=0.3)
    assert set(kept + missed) <= {1, 2, 3, 4, 5}


def test_only_the_unhappy_are_irritated_and_not_all_of_them() -> None:
    luck = Luck(1, Chances(answers=1.0))
    said = [luck.answer(f"work-{number}", was_kept=number % 2 == 0) for number in range(500)]
    irritated = [each for each in said if each and each.is_irritated]
    unhappy = [each for each in said if each and (each.csat <= 2 or each.effort <= 3)]
    assert {each.effort for each in said if each} == set(range(1, 8))
    assert 0 < len(irritated) < len(unhappy)
    assert set(irritated) <= set(unhappy)


def test_a_part_that_was_missing_is_there_the_second_time() -> None:
    luck = Luck(1, Chances(parts_missing=1.0))
    assert luck.is_part_missing("work", 0)
    assert not luck.is_part_missing("work", 1)


def test_a_territory_without_lifts_never_rings() -> None:
    empty: tuple[Call, ...] = draw_calls(valley(lifts=0), MONDAY, 7, seed=1)
    assert empty == ()
