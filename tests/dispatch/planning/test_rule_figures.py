"""What each rule costs, in figures worked out by hand: the same day planned without it and with it.

One road, a minute to the kilometre: there to a lift at kilometre 10 and home again is 1200.
"""

from typing import NamedTuple

import pytest

from dispatch.planning import (
    Announced,
    Break,
    Job,
    Limits,
    Lock,
    Plan,
    Problem,
    Stability,
    check,
    solve,
)
from dispatch.planning.rule_book import rule_book
from tests.dispatch.planning.makers import job, problem, technician

LEFT_OUT = 100_000  # what a maker's job costs when nobody serves it


class Figure(NamedTuple):
    """A day on which the rule has nothing to say, one on which it has, and the least total each."""

    without: Problem
    total: int
    with_it: Problem
    more: int


def crews_day(crew: int) -> Problem:
    return problem(jobs=[job(crew=crew)])


def order_day(*, after: tuple[str, ...]) -> Problem:
    """From kilometre 0 to 30 past lifts at 10 and at 20."""
    jobs = [job("near", location=1, after=after), job("far", location=2)]
    return problem([technician(end=3)], jobs)


def budget_day(budget: int | None) -> Problem:
    """A visit promised for the very moment at which somebody else calls."""
    promised = job(announced=Announced("anna", 600))
    call = job("call", window=(600, 600), drop_cost=50_000)
    return problem(jobs=[promised, call], stability=Stability(budget=budget))


def two_days(balance_cost: int) -> Problem:
    """1200 s on the road for both, work of 1000 and 1003 s: a mean of 2201, 2 s above it."""
    people = [technician("anna"), technician("bert")]
    jobs = [
        job("a", duration=1000, locked=Lock("anna")),
        job("b", duration=1003, locked=Lock("bert")),
    ]
    return problem(people, jobs, balance_cost=balance_cost)


def follower_day(window: tuple[int, int] | None) -> Problem:
    return problem(jobs=[job("first", window=window), job("then", after=("first",))])


def near_and_far(**asked: object) -> Problem:
    """Anna is 10 minutes away, Bert 20."""
    return problem([technician("anna"), technician("bert", start=3, end=3)], [job("lift", **asked)])


def of_north(*regions: str) -> Problem:
    return problem([technician(regions=regions)], [job(region="north", borrow_cost=300)])


def kept_free(reserve: int) -> Problem:
    """Home at 3000 of a shift until 3500."""
    return problem([technician(shift=(0, 3500), reserve=reserve, reserve_cost=3)])


def lunch(latest: int) -> Problem:
    """Ready at 2400 after work; a break of 600 before it begins at 1000 and delays it by 1000."""
    rest = Break(earliest=1000, latest=latest, duration=600)
    return problem([technician(break_=rest)], [job(due=600, late_cost=1)])


def until_two_thousand(**overtime: int) -> Problem:
    """Home at 3000, 1000 after the shift."""
    return problem([technician("anna", shift=(0, 2000), **overtime)])


def one(**asked: object) -> Problem:
    return problem(jobs=[job("lift", **asked)])


TWO_LOADS: list[Job] = [job("a", load=2), job("b", load=2)]

FIGURES = {
    "skill_missing": Figure(
        problem([technician(skills={"rescue": 2})], [job(skills={"rescue": 2})]),
        1200,
        problem([technician(skills={"rescue": 1})], [job(skills={"rescue": 2})]),
        LEFT_OUT,
    ),
    "not_allowed": Figure(near_and_far(), 1200, near_and_far(excluded=("anna",)), 2400),
    "lock_broken": Figure(near_and_far(), 1200, near_and_far(locked=Lock("bert")), 2400),
    "unreachable": Figure(
        problem(durations=((0, 600), (600, 0))),
        1200,
        problem(durations=((0, 600), (-1, 0))),
        LEFT_OUT,
    ),
    "over_capacity": Figure(
        problem([technician(capacity=4)], TWO_LOADS),
        1200,
        problem([technician(capacity=3)], TWO_LOADS),
        1200 + LEFT_OUT,
    ),
    "crew_incomplete": Figure(crews_day(1), 1200, crews_day(2), LEFT_OUT),
    "after_unassigned": Figure(
        follower_day(window=None), 1200, follower_day(window=(0, 599)), 2 * LEFT_OUT
    ),
    # 10 + 10 + 10 km; the far one first, as whoever does the near one may not wait for themselves:
    # 20 + 10 + 20.
    "circular_wait": Figure(order_day(after=()), 1800, order_day(after=("far",)), 3000),
    "window_missed": Figure(one(window=(0, 600)), 1200, one(window=(0, 599)), LEFT_OUT),
    "break_impossible": Figure(lunch(latest=2400), 1200, lunch(latest=2399), 1200 + 1000),
    "overtime, hard": Figure(
        until_two_thousand(overtime_max=1000), 1200, until_two_thousand(overtime_max=999), LEFT_OUT
    ),
    "over_budget": Figure(budget_day(1), 1200, budget_day(0), 1200 + 50_000),
    "travel": Figure(one(location=0), 0, one(location=3), 3600),
    "overtime": Figure(
        until_two_thousand(overtime_max=1000),
        1200,
        until_two_thousand(overtime_max=1000, overtime_cost=3),
        1200 + 3000,
    ),
    "late": Figure(one(due=600, late_cost=12), 1200, one(due=500, late_cost=12), 1200 + 1200),
    "late_fixed": Figure(one(due=600, late_fixed=900), 1200, one(due=599, late_fixed=900), 2100),
    "drop": Figure(one(drop_cost=1201), 1200, one(drop_cost=1199), 1199),
    "stability": Figure(
        problem(
            jobs=[job(announced=Announced("anna", 500))],
            stability=Stability(move_cost=50, tolerance=100),
        ),
        1200,
        problem(
            jobs=[job(announced=Announced("anna", 499))],
            stability=Stability(move_cost=50, tolerance=100),
        ),
        1200 + 50,
    ),
    "use": Figure(problem([technician()]), 1200, problem([technician(use_cost=500)]), 1700),
    "borrow": Figure(of_north("south", "north"), 1200, of_north("south"), 1500),
    "preferred": Figure(one(), 1200, one(preferred={"anna": 250}), 1200 - 250),
    "balance": Figure(two_days(0), 2400, two_days(2), 2400 + 2 * 2),
    "reserve": Figure(kept_free(500), 1200, kept_free(1000), 1200 + 3 * 500),
    "arrival": Figure(problem(), 1200, problem(arrival_cost=40), 1240),
    # Begun at 600: not yet a full minute after the one aim, two after the other.
    "aim": Figure(one(aim=541, aim_cost=7), 1200, one(aim=480, aim_cost=7), 1200 + 2 * 7),
}
NAMED = {
    "overtime, hard" if entry.is_hard and entry.name == "overtime" else entry.name: entry
    for entry in rule_book()
}


def planned(question: Problem) -> Plan:
    plan = solve(question, limits=Limits(iterations=100))
    assert check(question, plan).is_legal
    return plan


def test_every_rule_has_its_figure() -> None:
    assert list(FIGURES) == list(NAMED)


@pytest.mark.parametrize("name", FIGURES)
def test_a_rule_costs_what_it_costs_and_nothing_where_it_is_kept(name: str) -> None:
    figure = FIGURES[name]
    without, with_it = planned(figure.without), planned(figure.with_it)
    assert (without.cost.total, with_it.cost.total) == (figure.total, figure.more)


@pytest.mark.parametrize("name", [name for name, entry in NAMED.items() if not entry.is_hard])
def test_what_a_rule_costs_stands_on_its_own_line_of_the_bill(name: str) -> None:
    figure = FIGURES[name]
    before, after = planned(figure.without).cost.terms(), planned(figure.with_it).cost.terms()
    differing = {line for line in before if before[line] != after[line]}
    if name == "drop":  # left out, nobody drives there
        assert (differing, after["drop"]) == ({"drop", "travel"}, 1199)
    else:
        bonus = -1 if name == "preferred" else 1
        assert differing == {name}
        assert after[name] - before[name] == bonus * (figure.more - figure.total)
