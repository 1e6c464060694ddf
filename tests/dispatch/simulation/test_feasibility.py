"""A promise tried out on days gone by: what it would have kept, and what that would have cost."""

from dataclasses import replace

from dispatch.agreements import ClockKind, Severity, Target, TargetDuration
from dispatch.planning import Limits
from dispatch.simulation import Feasibility, Luck, Territory, draw_calls, feasibility, live
from tests.dispatch.simulation.valley import ALWAYS, BUSY, MONDAY, OFFICE, valley

DAYS = 3
TOWN = valley(crew=4, lifts=60, days=DAYS)
MOUNTAIN = valley(crew=4, lifts=60, profile="mountain", days=DAYS)


def wish(hours: float, severity: Severity = Severity.OUT_OF_SERVICE) -> Target:
    return Target(ClockKind.RESPONSE, severity, TargetDuration(int(hours * 3600)), OFFICE)


def asked(territory: Territory, wished: Target, *, seed: int = 1) -> Feasibility:
    return feasibility(
        territory,
        draw_calls(territory, MONDAY, DAYS, seed=seed, demand=BUSY),
        wished,
        luck=Luck(seed),
        planner=live(change_budget=3, limits=Limits(iterations=30), seed=seed),
        first_day=MONDAY,
        days=DAYS,
    )


def share(found: Feasibility) -> float:
    kept = found.planned_for.wished.share
    assert kept is not None
    return kept


def test_an_hour_is_kept_in_town_and_not_in_the_mountains() -> None:
    town, mountain = asked(TOWN, wish(1)), asked(MOUNTAIN, wish(1))
    assert share(town) > share(mountain) + 0.1
    assert mountain.planned_for.travel_seconds > 1.5 * town.planned_for.travel_seconds
    assert mountain.planned_for.minutes_median is not None
    assert town.planned_for.minutes_median is not None
    assert mountain.planned_for.minutes_median > town.planned_for.minutes_median


def test_the_same_seed_gives_the_same_answer() -> None:
    assert asked(MOUNTAIN, wish(2)) == asked(MOUNTAIN, wish(2))


def test_a_wish_for_what_is_promised_already_changes_nothing() -> None:
    found = asked(TOWN, wish(4))
    assert found.today == found.planned_for
    assert (found.extra_travel_seconds, found.extra_overtime_seconds, found.extra_cost) == (0, 0, 0)


def test_more_time_keeps_more_of_the_same_days() -> None:
    short, long = asked(MOUNTAIN, wish(0.5)), asked(MOUNTAIN, wish(8))
    assert short.calls == long.calls
    assert short.today.travel_seconds == long.today.travel_seconds
    assert share(short) < share(long)


def test_planning_for_an_hour_keeps_more_of_it_than_not_knowing_of_it() -> None:
    found = asked(TOWN, wish(1))
    assert found.today.wished.share is not None
    assert share(found) >= found.today.wished.share


def test_a_wish_stands_in_for_what_single_owners_are_promised_too() -> None:
    own = Target(ClockKind.RESPONSE, Severity.OUT_OF_SERVICE, TargetDuration(9 * 3600), ALWAYS)
    lifts = tuple(replace(lift, targets=(own,)) for lift in TOWN.lifts)
    found = asked(replace(TOWN, lifts=lifts), wish(1))
    assert found.planned_for.wished.kept + found.planned_for.wished.missed > 0
    assert found.planned_for.others.share is None
