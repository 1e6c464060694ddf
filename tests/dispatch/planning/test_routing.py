"""OR-Tools routing as an engine: always legal, never worse than the start, honest in what it is."""

from dataclasses import replace
from itertools import count
from time import process_time

import pytest

from dispatch.planning import (
    Announced,
    BeyondEngine,
    Break,
    Limits,
    Lock,
    NoLegalPlan,
    Plan,
    Problem,
    Stability,
    check,
    solve,
)
from dispatch.planning.routing import NAME, routed, routed_by_ruining
from dispatch.planning.routing_model import CHARGE_SPREAD, Morning, RoutingModel
from dispatch.planning.shapes import Shapes
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician


def planned(question: Problem, *, iterations: int = 30, start: Plan | None = None) -> Plan:
    return solve(question, limits=Limits(iterations=iterations), engine=NAME, start=start)


@pytest.mark.parametrize("seed", range(25))
def test_a_rich_random_day_is_planned_legally_or_refused_as_by_our_own_engine(seed: int) -> None:
    question = random_problem(seed, technicians=3, jobs=9)
    try:
        plan = planned(question)
    except NoLegalPlan:
        with pytest.raises(NoLegalPlan):
            solve(question, limits=Limits(iterations=300))
        return
    assert check(question, plan).is_legal
    assert plan.solver.engine == NAME


@pytest.mark.parametrize("seed", range(10))
def test_the_answer_is_never_worse_than_a_legal_start(seed: int) -> None:
    question = random_problem(seed, technicians=3, jobs=9)
    start = solve(question, limits=Limits(iterations=300), seed=seed)
    plan = planned(question, iterations=1, start=start)
    assert check(question, plan).is_legal
    assert plan.cost.total <= start.cost.total


def test_a_start_that_breaks_a_rule_is_no_start() -> None:
    question = problem(jobs=[job("a", window=(0, 900)), job("b", location=2)])
    start = solve(replace(question, jobs=(question.jobs[1],)), limits=Limits(iterations=1))
    assert {
        stop.job for route in planned(question, start=start).routes for stop in route.stops
    } == {
        "a",
        "b",
    }


def test_the_nearer_order_is_found() -> None:
    jobs = [job(name, location=place) for name, place in (("c", 3), ("a", 1), ("b", 2))]
    plan = planned(problem(jobs=jobs))
    assert plan.cost.total == 3600


def test_the_same_number_of_iterations_gives_the_same_plan() -> None:
    question = random_problem(7, technicians=3, jobs=12)
    one, other = planned(question), planned(question)
    assert one.routes == other.routes
    assert one.cost == other.cost


def test_who_lacks_the_skill_is_never_sent() -> None:
    people = [technician("near"), technician("far", start=3, end=3, skills={"rescue": 2})]
    question = problem(people, [job(skills={"rescue": 2})])
    assert [route.technician for route in planned(question).routes] == ["far"]


def test_the_break_is_taken_though_the_library_knows_none() -> None:
    person = technician(break_=Break(3600, 7200, 1800))
    jobs = [job(f"j{number}", duration=3600, location=number % 3 + 1) for number in range(5)]
    plan = planned(problem([person], jobs))
    assert check(problem([person], jobs), plan).is_legal
    assert plan.routes[0].break_ is not None


def test_the_preferred_technician_is_worth_a_detour_and_no_more() -> None:
    people = [technician("near"), technician("liked", start=2, end=2)]
    places = line(0, 10, 25)
    keen = problem(people, [job(preferred={"liked": 700})], durations=places)
    cool = problem(people, [job(preferred={"liked": 500})], durations=places)
    assert planned(keen).routes[0].technician == "liked"
    assert planned(cool).routes[0].technician == "near"


def test_a_lock_is_kept() -> None:
    people = [technician("near"), technician("far", start=3, end=3)]
    question = problem(people, [job(locked=Lock("far", 2 * HOUR))])
    plan = planned(question)
    assert plan.routes[0].technician == "far"
    assert plan.routes[0].stops[0].start == 2 * HOUR


def test_no_more_promises_move_than_allowed() -> None:
    people = [technician("anna"), technician("ben", start=3, end=3)]
    jobs = [
        job(f"j{number}", location=3, announced=Announced("anna", number * HOUR + 3600))
        for number in range(3)
    ]
    question = problem(people, jobs, stability=Stability(budget=1, tolerance=600))
    assert check(question, planned(question)).is_legal


def test_jobs_of_one_place_stay_together_where_each_arrival_costs() -> None:
    places = line(0, 10, 10, 10)
    jobs = [job(name, location=place) for name, place in (("a", 1), ("b", 2), ("c", 1), ("d", 2))]
    question = replace(problem(jobs=jobs, durations=places), arrival_cost=100)
    assert planned(question).cost.terms()["arrival"] == 200


@pytest.mark.parametrize(
    ("question", "feature"),
    [
        (problem([technician("a"), technician("b")], [job("big", crew=2)]), "crews"),
        (problem(jobs=[job("a"), job("b", after=("a",))]), "follow"),
        (problem(balance_cost=1), "balance"),
    ],
)
def test_what_ties_routes_together_is_refused_by_name(question: Problem, feature: str) -> None:
    with pytest.raises(BeyondEngine, match=feature):
        planned(question)


@pytest.mark.parametrize(
    "question", [problem(jobs=[]), problem([], []), problem(durations=((0, -1, -1),) * 3)]
)
def test_a_day_with_nothing_to_plan_is_answered(question: Problem) -> None:
    assert check(question, planned(question)).is_legal


def test_told_to_stop_it_still_answers_with_a_legal_plan() -> None:
    question = random_problem(3, technicians=3, jobs=12)
    plan = solve(
        question, limits=Limits(60), clock=process_time, engine=NAME, should_stop=lambda: True
    )
    assert check(question, plan).is_legal


def test_without_time_to_tell_the_library_of_the_day_it_is_not_asked() -> None:
    question = random_problem(3, technicians=3, jobs=12)
    assert routed(question, is_over=bool, seconds=1e-9) == {}
    plan = solve(question, limits=Limits(0), clock=process_time, engine=NAME)
    assert check(question, plan).is_legal


def test_what_follows_the_library_keeps_to_the_time_too() -> None:
    question = problem(jobs=[job(), job("beyond", window=(0, 10))])
    clock = count(step=1.0)  # a second whenever it is read
    limits = Limits(seconds=3)
    plan = solve(question, limits=limits, engine=NAME, clock=lambda: next(clock))
    assert check(question, plan).is_legal
    assert [left.reasons for left in plan.unassigned if left.job == "beyond"] == [()]


def test_a_deadline_after_the_break_comes_earlier_by_it() -> None:
    clock = Morning(Shapes(problem([technician(break_=Break(100, 200, 50))], [])).routes)
    assert [clock.latest(second) for second in (90, 120, 400)] == [90, 100, 350]
    assert [clock.earliest(second) for second in (90, 240, 400)] == [90, 240, 350]


def test_the_fixed_charge_of_lateness_is_spread_over_half_an_hour() -> None:
    question = problem(jobs=[job(due=600, late_cost=2, late_fixed=5 * CHARGE_SPREAD)])
    model = RoutingModel(question)
    index = model.manager.NodeToIndex(0)
    assert model.time.GetCumulVarSoftUpperBoundCoefficient(index) == 7


def test_its_own_ruin_and_recreate_serves_everybody_too() -> None:
    question = problem(jobs=[job("a"), job("b", location=2)])
    assert sorted(routed_by_ruining(question, 0.1)["anna"]) == ["a", "b"]
