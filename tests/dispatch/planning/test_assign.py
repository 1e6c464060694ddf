"""The urgent queue together: never dearer than one after the other, sometimes much cheaper."""

import signal
from dataclasses import replace

import pytest

from dispatch.planning import (
    Announced,
    Limits,
    Plan,
    Stability,
    UnknownJob,
    assign,
    check,
    choose,
    recommend,
    solve,
)
from tests.dispatch.planning.makers import job, problem, random_problem, technician


def test_two_calls_are_shared_so_that_both_are_reached() -> None:
    """The first call could have either; the second only the one that is nearest to the first."""
    people = [
        technician("skilled", start=1, end=1, skills={"rescue": 1}),
        technician("plain", start=2, end=2),
    ]
    first = job("first", location=0, priority=1, duration=7200, due=600, late_cost=10)
    second = replace(first, id="second", skills={"rescue": 1})
    question = problem(people, [first, second])
    greedy = Plan()
    for call in ("first", "second"):
        best = recommend(question, greedy, call).candidates[0]
        greedy = choose(question, greedy, call, best.technician)
    together = assign(question, Plan(), ["first", "second"])
    assert together.cost.total < greedy.cost.total
    assert {route.technician: route.stops[0].job for route in together.routes} == {
        "skilled": "second",
        "plain": "first",
    }


@pytest.mark.parametrize("seed", range(25))
def test_a_queue_together_is_never_dearer_than_one_after_the_other(seed: int) -> None:
    question = random_problem(seed, technicians=4, jobs=14)
    jobs = tuple(replace(each, locked=None) for each in question.jobs)
    question = replace(question, jobs=jobs)
    queue = [each.id for each in jobs if each.priority <= 2]
    rest = replace(question, jobs=tuple(each for each in jobs if each.priority > 2))
    plan = solve(rest, limits=Limits(iterations=2))
    one_by_one = plan
    for call in queue:
        one_by_one = assign(question, one_by_one, [call])
    together = assign(question, plan, queue)
    verdict = check(question, together)
    # What the plan said nothing about, here the queue alone, is told as left out or served.
    assert verdict.is_legal
    assert together.cost.total <= one_by_one.cost.total


def test_a_technician_may_get_several_calls_when_nobody_else_can() -> None:
    question = problem(jobs=[job("a", priority=1), job("b", priority=1, location=2)])
    plan = assign(question, Plan(), ["a", "b"])
    assert len(plan.routes[0].stops) == 2


def test_only_the_calls_asked_for_are_served() -> None:
    question = problem(jobs=[job("a"), job("b")])
    plan = assign(question, Plan(), ["b"])
    assert [left.job for left in plan.unassigned] == ["a"]


def test_a_call_not_worth_its_cost_is_left_out_with_the_reason() -> None:
    question = problem(jobs=[job("a", drop_cost=10)])
    (left,) = assign(question, Plan(), ["a"]).unassigned
    assert [reason.code for reason in left.reasons] == ["dearer_than_dropping"]


def test_the_budget_of_promises_is_kept_by_the_queue_as_a_whole() -> None:
    people = [technician("anna"), technician("bert", start=0, end=0)]
    promised = [
        job("p1", announced=Announced("anna", 600)),
        job("p2", announced=Announced("bert", 600)),
    ]
    calls = [job(f"c{n}", priority=1, due=0, late_cost=50) for n in (1, 2)]
    question = problem(people, [*promised, *calls], stability=Stability(tolerance=0, budget=1))
    plan = solve(question, limits=Limits(iterations=0))
    assert check(question, plan).is_legal


def test_a_call_that_is_served_already_is_refused() -> None:
    question = problem()
    plan = assign(question, Plan(), ["lift"])
    with pytest.raises(UnknownJob):
        assign(question, plan, ["lift"])


def test_ctrl_c_still_reaches_whoever_asked_after_an_assignment() -> None:
    heard: list[int] = []
    earlier = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        assign(problem(), Plan(), ["lift"])
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, earlier)
    assert heard == [signal.SIGINT]
