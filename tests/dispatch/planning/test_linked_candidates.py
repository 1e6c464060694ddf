"""Who should take work of several, or in an order: exact figures, legal plans, whole crews."""

from dataclasses import replace
from itertools import combinations

import pytest

from dispatch.planning import (
    Announced,
    Lock,
    Plan,
    Problem,
    Route,
    Stability,
    Stop,
    UnknownJob,
    assign,
    check,
    choose,
    late_jobs,
    plan_difference,
    recommend,
    remedies,
    why_late,
)
from dispatch.planning.finishing import restated
from dispatch.planning.plan import SolverReport
from dispatch.planning.warm import WarmDay
from tests.dispatch.planning.linked import waiting_day
from tests.dispatch.planning.makers import job, problem, technician


def planned(question: Problem, **routes: list[str]) -> Plan:
    bare = tuple(
        Route(name, tuple(Stop(each, 0, 0, 0) for each in ids), 0, 0)
        for name, ids in routes.items()
    )
    return restated(question, Plan(bare), SolverReport())


def test_a_candidate_brings_the_nearest_of_the_others_along() -> None:
    people = [technician(name, start=at, end=at) for name, at in (("a", 0), ("b", 2), ("far", 3))]
    found = recommend(problem(people, [job(crew=2)]), Plan(), "lift").candidates
    # Ten minutes each way for the first two, twenty for the third.
    assert [(each.technician, each.crew, each.delta) for each in found] == [
        ("a", ("a", "b"), 2400 - 100_000),
        ("b", ("a", "b"), 2400 - 100_000),
        ("far", ("a", "far"), 3600 - 100_000),
    ]
    assert [each.start for each in found] == [600, 600, 1200]


def test_whom_a_person_has_fixed_is_in_every_crew() -> None:
    people = [technician(name, start=at, end=at) for name, at in (("a", 0), ("b", 2), ("far", 3))]
    question = problem(people, [job(crew=2, locked=Lock("far"))])
    found = recommend(question, Plan(), "lift").candidates
    assert [each.crew for each in found] == [("a", "far"), ("b", "far"), ("a", "far")]


def test_a_crew_with_whom_the_visit_was_announced_moves_no_promise() -> None:
    people = [technician("a"), technician("b"), technician("c")]
    promised = job(crew=2, announced=Announced("c", 600))
    question = problem(people, [promised], stability=Stability(move_cost=5000))
    found = recommend(question, Plan(), "lift").candidates
    assert [each.crew for each in found] == [("a", "c"), ("b", "c"), ("a", "c")]
    assert {each.terms["stability"] for each in found} == {-5000}


def test_what_follows_is_ranked_from_when_the_work_before_it_is_finished() -> None:
    people = [technician("anna"), technician("bert", start=3, end=3)]
    question = problem(people, [job("first", duration=5000), job("then", after=("first",))])
    found = recommend(question, planned(question, anna=["first"]), "then").candidates
    assert [(each.technician, each.start) for each in found] == [("anna", 5600), ("bert", 5600)]


def test_a_visit_that_the_rest_of_a_crew_waits_for_is_no_displacement() -> None:
    people = [technician("anna", shift=(0, 3000)), technician("bert")]
    jobs = [job("hoist", crew=2, priority=4, drop_cost=900), job("call", priority=1)]
    question = problem(people, jobs)
    plan = planned(question, anna=["hoist"], bert=["hoist"])
    found = recommend(question, plan, "call")
    assert [(each.technician, each.drops) for each in found.candidates] == [("bert", ())]
    assert [each.code for each in found.blocked] == ["overtime"]


def test_a_fairer_share_is_worth_a_longer_way() -> None:
    people = [technician("near"), technician("idle", start=2, end=2)]
    jobs = [job("other", location=0, duration=9000), job("call")]
    question = problem(people, jobs, balance_cost=1)
    found = recommend(question, planned(question, near=["other"]), "call").candidates
    assert [each.technician for each in found] == ["near", "idle"]
    # Idle works half an hour and drives 20 minutes, near has 9000 s: 3000 above the mean of 6000.
    assert found[1].terms["balance"] == 3000


def hold_candidates(seed: int) -> None:
    question, plan = waiting_day(seed)
    before = check(question, plan)
    assert before.is_legal
    for left in plan.unassigned:
        found = recommend(question, plan, left.job)
        told = [each.technician for each in found.candidates]
        told += [str(each.technician) for each in found.blocked]
        assert sorted(told) == sorted(each.id for each in question.technicians)
        assert [each.delta for each in found.candidates] == sorted(
            each.delta for each in found.candidates
        )
        for candidate in found.candidates:
            after = check(question, choose(question, plan, left.job, candidate.technician))
            assert after.is_legal
            assert after.cost.total - before.cost.total == candidate.delta
            changes = before.cost.terms()
            assert candidate.terms == {
                name: value - changes[name] for name, value in after.cost.terms().items()
            }


@pytest.mark.parametrize("seed", range(40))
def test_each_delta_is_the_difference_of_two_verified_bills(seed: int) -> None:
    hold_candidates(seed)


@pytest.mark.proof
def test_each_delta_of_a_thousand_days_is_the_difference_of_two_verified_bills() -> None:
    for seed in range(1000, 2000):
        hold_candidates(seed)


@pytest.mark.parametrize("seed", range(40))
def test_a_queue_is_assigned_legally_and_never_dearer_than_in_turn(seed: int) -> None:
    question, plan = waiting_day(seed)
    queue = [each.job for each in plan.unassigned]
    together = check(question, assign(question, plan, queue))
    assert together.is_legal
    assert together.cost.total <= check(question, plan).cost.total
    turn = plan
    for each in queue:
        if each in {left.job for left in turn.unassigned}:
            turn = assign(question, turn, [each])
    assert together.cost.total <= turn.cost.total


def test_a_crew_and_what_follows_are_assigned_whatever_their_order_in_the_queue() -> None:
    people = [technician("anna"), technician("bert")]
    question = problem(people, [job("then", after=("hoist",)), job("hoist", crew=2)])
    plan = assign(question, Plan(), ["then", "hoist"])
    assert plan.unassigned == ()
    assert check(question, plan).is_legal


@pytest.mark.parametrize("seed", range(20))
def test_the_cheapest_of_all_pairs_is_told_first(seed: int) -> None:
    """Without breaks and other work every pair can be tried by hand."""
    people = [
        technician(f"t{n}", start=n % 4, end=(n * seed) % 4, use_cost=(n * 700 * seed) % 3000)
        for n in range(4)
    ]
    work = job(crew=2, location=seed % 4, due=700, late_cost=seed % 5)
    question = problem(people, [work])
    pairs = (
        planned(question, **{one.id: ["lift"], two.id: ["lift"]})
        for one, two in combinations(people, 2)
    )
    best = min(check(question, each).cost.total for each in pairs)
    assert recommend(question, Plan(), "lift").candidates[0].delta == best - 100_000


def test_a_crew_is_served_and_left_out_as_a_whole_on_a_warm_day() -> None:
    people = [technician("anna"), technician("bert")]
    day = WarmDay(problem(people, [job(crew=2)]), Plan())
    ranking = day.rank("lift")
    with pytest.raises(UnknownJob):
        day.serve("lift", "anna", 0)
    day.follow(ranking, ranking.ways[0])
    assert [len(route.stops) for route in day.plan.routes] == [1, 1]
    day.append(job("then", after=("lift",)))
    assert {each.start for each in recommend(day.problem, day.plan, "then").candidates} == {2400}
    day.leave_out("lift")
    assert day.plan.routes == ()


@pytest.mark.parametrize("seed", range(30))
def test_days_with_crews_are_compared_and_explained(seed: int) -> None:
    question, plan = waiting_day(seed)
    queue = [each.job for each in plan.unassigned]
    better = assign(question, plan, queue)
    change = plan_difference(question, plan, better)
    assert change.total == check(question, better).cost.total - check(question, plan).cost.total
    for late in late_jobs(question, better):
        why = why_late(question, better, late)
        assert sum(link.seconds for link in why.chain.links) - why.available == why.lateness
        assert all(check(question, way.plan).is_legal for way in why.in_time)
    for left in better.unassigned[:2]:
        for remedy in remedies(question, better, left.job, top=2):
            assert left.job not in {each.job for each in remedy.plan.unassigned}


def test_a_budget_of_promises_holds_for_crews_too() -> None:
    people = [technician("anna"), technician("bert")]
    jobs = [
        job("hoist", crew=2, announced=Announced("anna", 600)),
        job("call", window=(0, 900)),
    ]
    question = problem(people, jobs, stability=Stability(budget=0))
    plan = planned(question, anna=["hoist"], bert=["hoist"])
    assert check(question, plan).is_legal
    assert recommend(question, plan, "call").candidates == ()
    free = replace(question, technicians=(*people, technician("carl")))
    assert [each.technician for each in recommend(free, plan, "call").candidates] == ["carl"]
