"""Crews, order and balance in the search: what a plan must hold, in figures, and at what cost."""

from dataclasses import replace

import numpy as np
import pytest

from dispatch.planning import (
    Announced,
    Limits,
    Lock,
    NoLegalPlan,
    Plan,
    Problem,
    Stability,
    check,
    solve,
)
from dispatch.planning.draft import Draft
from dispatch.planning.engine.flat import flat_from
from dispatch.planning.engine.search import Search
from dispatch.planning.finishing import finished, itinerary
from dispatch.planning.limits import Budget, never
from dispatch.planning.plan import SolverReport
from dispatch.planning.shapes import Shapes
from dispatch.planning.urgency import in_order
from tests.dispatch.planning.linked import NO_PLAN, least_total, linked_problem
from tests.dispatch.planning.makers import job, problem, technician

STEPS = Limits(iterations=200)


def starts(plan: Plan) -> dict[str, int]:
    return {stop.job: stop.start for route in plan.routes for stop in route.stops}


def crew_of(plan: Plan, name: str) -> set[str]:
    return {route.technician for route in plan.routes if name in {stop.job for stop in route.stops}}


def test_a_crew_of_two_begins_when_the_second_is_there_and_each_of_them_drives() -> None:
    people = [technician("anna"), technician("bert", start=3, end=3)]
    plan = solve(problem(people, [job(crew=2, due=1000, late_cost=2)]), limits=STEPS)
    assert crew_of(plan, "lift") == {"anna", "bert"}
    # Bert needs twenty minutes, Anna ten: 200 s late, counted once.
    assert starts(plan) == {"lift": 1200}
    assert (plan.cost.travel, plan.cost.late) == (2 * 600 + 2 * 1200, 400)


def test_of_three_the_two_nearest_make_the_crew() -> None:
    people = [technician(name, start=at, end=at) for name, at in (("a", 0), ("b", 3), ("c", 2))]
    plan = solve(problem(people, [job(crew=2)]), limits=STEPS)
    assert crew_of(plan, "lift") == {"a", "c"}


def test_a_crew_nobody_can_complete_is_left_out_and_says_who_is_missing() -> None:
    plan = solve(problem([technician()], [job(crew=2, drop_cost=7777)]), limits=STEPS)
    (left,) = plan.unassigned
    assert [(each.code, dict(each.facts)) for each in left.reasons] == [
        ("crew_incomplete", {"needed": 2, "possible": 1})
    ]
    assert plan.cost.total == 7777


def test_what_follows_waits_for_the_end_of_what_comes_first() -> None:
    people = [technician("anna"), technician("bert", start=3, end=3)]
    jobs = [job("first", duration=5000), job("then", location=3, after=("first",))]
    plan = solve(problem(people, jobs), limits=STEPS)
    assert starts(plan) == {"first": 600, "then": 5600}
    assert plan.cost.total == 1200


def test_what_follows_a_job_nobody_can_do_is_left_out_with_it() -> None:
    jobs = [job("first", window=(0, 10)), job("then", after=("first",))]
    plan = solve(problem(jobs=jobs), limits=STEPS)
    assert {left.job: left.reasons[0].code for left in plan.unassigned} == {
        "first": "window_missed",
        "then": "after_unassigned",
    }


def test_a_job_that_does_not_pay_is_done_for_what_follows_it() -> None:
    jobs = [job("first", drop_cost=1), job("then", after=("first",), drop_cost=90_000)]
    plan = solve(problem(jobs=jobs), limits=STEPS)
    assert plan.unassigned == ()
    assert plan.cost.total == 1200


def test_who_is_fixed_for_a_crew_is_in_it_beside_another() -> None:
    people = [technician(name, start=at, end=at) for name, at in (("a", 0), ("b", 2), ("far", 3))]
    plan = solve(problem(people, [job(crew=2, locked=Lock("far", 5000))]), limits=STEPS)
    assert "far" in crew_of(plan, "lift")
    assert starts(plan)["lift"] == 5000


def test_a_crew_announced_with_somebody_keeps_them_while_moving_the_promise_costs_more() -> None:
    people = [technician(name, start=at, end=at) for name, at in (("a", 0), ("b", 2), ("far", 3))]
    for move_cost, kept in ((10_000, True), (1, False)):
        promised = job(crew=2, announced=Announced("far", 1200))
        question = problem(people, [promised], stability=Stability(move_cost=move_cost))
        plan = solve(question, limits=STEPS)
        assert ("far" in crew_of(plan, "lift")) == kept
        assert plan.cost.stability == (0 if kept else move_cost)


def test_each_of_a_crew_carries_the_load_and_is_borrowed_or_preferred_by_itself() -> None:
    people = [
        technician("full", capacity=0),
        technician("own", regions=("north",)),
        technician("lent", regions=("south",)),
    ]
    heavy = job(crew=2, load=1, region="north", borrow_cost=300, preferred={"own": 50})
    plan = solve(problem(people, [heavy]), limits=STEPS)
    assert crew_of(plan, "lift") == {"own", "lent"}
    assert (plan.cost.borrow, plan.cost.preferred) == (300, 50)


def test_jobs_of_no_length_at_one_place_never_wait_in_a_circle() -> None:
    people = [technician("a"), technician("b"), technician("c")]
    jobs = [job(f"j{n}", location=0, duration=0, crew=1 + n % 3) for n in range(9)]
    jobs = [replace(each, after=(f"j{n - 4}",) if n > 5 else ()) for n, each in enumerate(jobs)]
    question = problem(people, jobs)
    for seed in range(5):
        plan = solve(question, limits=STEPS, seed=seed)
        assert plan.unassigned == ()
        assert plan.cost.total == 0


def test_uneven_work_is_shared_out_at_its_price() -> None:
    people = [technician("anna"), technician("bert")]
    fixed = [job(f"of {each.id}", locked=Lock(each.id)) for each in people]
    jobs = [job(f"j{n}", duration=3000) for n in range(4)]
    plan = solve(problem(people, [*fixed, *jobs], balance_cost=1), limits=STEPS)
    # Both drive twenty minutes anyway; with two of the four jobs each nobody is above the mean.
    assert (plan.cost.balance, plan.cost.total) == (0, 2400)


def test_one_who_does_everything_is_even_with_the_mean() -> None:
    people = [technician("anna"), technician("bert")]
    plan = solve(problem(people, [job(f"j{n}") for n in range(4)], balance_cost=1), limits=STEPS)
    assert (len(plan.routes), plan.cost.total) == (1, 1200)


def test_a_start_with_crews_is_taken_over_and_never_worsened() -> None:
    for seed in range(8):
        question = linked_problem(seed)
        try:
            start = solve(question, limits=STEPS, seed=seed)
        except NoLegalPlan:
            continue
        again = solve(question, limits=Limits(iterations=1), seed=seed + 1, start=start)
        assert again.cost.total <= start.cost.total


def test_threads_share_plans_with_crews() -> None:
    question = linked_problem(6, technicians=4, jobs=14)
    plans = [solve(question, limits=STEPS, seed=3, workers=2) for _ in range(2)]
    assert plans[0].routes == plans[1].routes
    assert check(question, plans[0]).is_legal


def compare(question: Problem, seed: int, steps: int) -> None:
    """Hold what the search believes a plan costs to the bill: never less, the same if settled."""
    draft = Draft(Shapes(question))
    order = in_order(draft, draft.left_out)
    flat = flat_from(draft.shapes, order)
    assert flat is not None
    search = Search(draft, flat, order, seed, workers=1)
    search.serve_what_pays(never)
    search.improve(Budget(Limits(iterations=steps), None, never), note=lambda: None)
    best = search.best
    total = int(best.figures[2]) // flat.scale
    decided = search.decided(draft)
    search.give(draft)
    assert decided == [itinerary(draft.shapes, tour) for tour in draft.tours if tour.jobs]
    if any(question.jobs[each].locked is not None for each in draft.left_out):
        return
    plan = finished(draft, SolverReport())
    assert check(question, plan).is_legal
    assert plan.cost.total <= total
    assert np.array_equal(best.routes["best_count"] > 0, [bool(t.jobs) for t in draft.tours])


@pytest.mark.parametrize("seed", range(60))
def test_the_search_never_believes_a_plan_with_crews_cheaper_than_it_is(seed: int) -> None:
    compare(linked_problem(seed), seed, steps=80)


@pytest.mark.proof
def test_the_search_believes_no_plan_of_ten_thousand_cheaper_than_it_is() -> None:
    for seed in range(1000, 11_000):
        compare(linked_problem(seed), seed, steps=40)


@pytest.mark.parametrize("seed", range(12))
def test_tiny_days_with_crews_and_order_are_planned_at_the_least_total(seed: int) -> None:
    question = linked_problem(seed, technicians=2, jobs=3)
    best = least_total(question)
    if best >= NO_PLAN:
        with pytest.raises(NoLegalPlan):
            solve(question, limits=STEPS)
    else:
        assert solve(question, limits=STEPS, seed=seed).cost.total == best
