"""Who should take a call: exact deltas, what is displaced, and the reasons against the others."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from dispatch.planning import (
    Announced,
    Break,
    Candidate,
    Limits,
    Lock,
    Move,
    Plan,
    PlanRefused,
    Problem,
    Recommendation,
    Route,
    RouteBreak,
    Stability,
    Stop,
    Unassigned,
    UnknownJob,
    check,
    choose,
    recommend,
    solve,
)
from dispatch.planning.finishing import restated
from dispatch.planning.plan import SolverReport
from dispatch.planning.recommendation import lead, written_recommendation
from tests.dispatch.planning.makers import job, problem, random_problem, technician


def planned(question: Problem, **routes: list[str]) -> Plan:
    """A plan with these jobs per technician, its times and bill as they are."""
    bare = tuple(
        Route(name, tuple(Stop(each, 0, 0, 0) for each in ids), 0, 0)
        for name, ids in routes.items()
    )
    return restated(question, Plan(bare), SolverReport())


def only(found: Recommendation) -> Candidate:
    (candidate,) = found.candidates
    return candidate


def test_the_nearest_technician_who_is_free_comes_first() -> None:
    people = [technician("far", start=3, end=3), technician("near", start=2, end=2)]
    found = recommend(problem(people), Plan(), "lift")
    assert [each.technician for each in found.candidates] == ["near", "far"]
    assert [each.delta for each in found.candidates] == [1200 - 100_000, 2400 - 100_000]


def test_only_as_many_candidates_are_told_as_asked_for() -> None:
    people = [technician(name) for name in "abc"]
    assert len(recommend(problem(people), Plan(), "lift", top=2).candidates) == 2


def test_a_candidate_says_where_and_when_and_how_late() -> None:
    question = problem(jobs=[job("first"), job("call", location=2, due=3000, late_cost=1)])
    candidate = only(recommend(question, planned(question, anna=["first"]), "call"))
    # Going further first would make the call punctual, but the way is the same: 20 min out.
    assert (candidate.position, candidate.arrive, candidate.start) == (0, 1200, 1200)
    assert candidate.lateness == 0
    assert candidate.travel == 1200


def test_the_change_of_each_line_of_the_bill_is_told() -> None:
    fan = job(preferred={"anna": 70}, due=0, late_cost=1, drop_cost=5000)
    candidate = only(recommend(problem(jobs=[fan]), Plan(), "lift"))
    told = {name: value for name, value in candidate.terms.items() if value}
    assert told == {"travel": 1200, "late": 600, "drop": -5000, "preferred": 70}
    assert candidate.delta == 1200 + 600 - 5000 - 70


def test_a_visit_that_slips_past_its_promise_is_shown_before_and_after() -> None:
    first = job("first", due=600, late_cost=1)
    question = problem(jobs=[first, job("call", due=600, late_cost=100, priority=1)])
    candidate = only(recommend(question, planned(question, anna=["first"]), "call"))
    assert candidate.position == 0
    assert candidate.moves == (Move("first", 600, 2400, 0, 1800),)
    assert candidate.moves[0].promise_flips


def test_a_less_urgent_visit_returns_to_the_queue_if_there_is_no_other_way() -> None:
    question = problem(
        [technician(shift=(0, 3000))],
        [job("routine", priority=4, drop_cost=900), job("call", priority=1)],
    )
    plan = planned(question, anna=["routine"])
    candidate = only(recommend(question, plan, "call"))
    assert [(drop.job, drop.drop_cost) for drop in candidate.drops] == [("routine", 900)]
    assert candidate.delta == 900 - 100_000


@pytest.mark.parametrize(
    "kept",
    [
        {"priority": 1},
        {"locked": Lock(technician="anna")},
        {"announced": Announced("anna", 600)},
    ],
)
def test_urgent_fixed_and_announced_visits_are_not_displaced(kept: dict[str, object]) -> None:
    question = problem(
        [technician(shift=(0, 3000))],
        [job("other", **{"priority": 4, **kept}), job("call", priority=1)],
    )
    found = recommend(question, planned(question, anna=["other"]), "call")
    assert [reason.code for reason in found.blocked] == ["overtime"]


def test_serving_at_a_loss_is_blocked_with_both_figures() -> None:
    question = problem(jobs=[job(drop_cost=1199)])
    (reason,) = recommend(question, Plan(), "lift").blocked
    assert reason.code == "dearer_than_dropping"
    assert dict(reason.facts) == {"delta": 1200, "drop_cost": 1199}


def test_a_break_in_a_dear_place_is_compared_as_it_stands() -> None:
    person = technician(break_=Break(600, 9000, 1800))
    first = job("first", due=600, late_cost=1)
    question = problem([person], [first, job("call", location=2)])
    bare = Plan((Route("anna", (Stop("first", 0, 0, 0),), 0, 0, RouteBreak(0, 0, 0)),))
    plan = restated(question, bare, SolverReport())
    candidate = only(recommend(question, plan, "call"))
    after = check(question, choose(question, plan, "call", "anna"))
    # Resting on the first leg made the visit late; the recommended day rests after it.
    assert after.is_legal
    assert candidate.terms["late"] == -1800
    assert after.cost.total - check(question, plan).cost.total == candidate.delta


def test_a_job_that_is_served_already_is_refused() -> None:
    with pytest.raises(UnknownJob):
        recommend(problem(), planned(problem(), anna=["lift"]), "lift")


def test_a_job_nobody_knows_is_refused() -> None:
    with pytest.raises(UnknownJob):
        recommend(problem(), Plan(), "ghost")


def test_somebody_who_is_no_candidate_cannot_be_chosen() -> None:
    with pytest.raises(UnknownJob):
        choose(problem(jobs=[job(excluded=("anna",))]), Plan(), "lift", "anna")


def test_a_plan_of_another_day_is_refused() -> None:
    with pytest.raises(PlanRefused):
        recommend(problem(), Plan(unassigned=(Unassigned("ghost"),)), "lift")


def test_a_route_that_is_too_long_already_does_not_hide_the_others() -> None:
    people = [technician("late", shift=(0, 600)), technician("free")]
    question = problem(people, [job("begun"), job("call")])
    found = recommend(question, planned(question, late=["begun"]), "call")
    assert [each.technician for each in found.candidates] == ["free"]
    assert [(each.technician, each.code) for each in found.blocked] == [("late", "overtime")]


def test_promises_may_move_only_within_the_budget() -> None:
    promised = job("promised", announced=Announced("anna", 600))
    question = problem(jobs=[promised, job("call", window=(0, 900))], stability=Stability(budget=0))
    (reason,) = recommend(question, planned(question, anna=["promised"]), "call").blocked
    assert (reason.code, dict(reason.facts)) == ("over_budget", {"moves": 1, "budget": 0})
    wider = replace(question, stability=Stability(budget=1))
    assert recommend(wider, planned(question, anna=["promised"]), "call").candidates


@pytest.mark.parametrize("seed", range(60))
def test_each_delta_is_the_difference_of_two_verified_bills(seed: int) -> None:
    question = random_problem(seed, technicians=3, jobs=9)
    question = replace(question, jobs=tuple(replace(each, locked=None) for each in question.jobs))
    call = question.jobs[seed % 9]
    others = replace(question, jobs=tuple(each for each in question.jobs if each != call))
    plan = solve(others, limits=Limits(iterations=3), seed=seed)
    before = check(question, plan).cost
    found = recommend(question, plan, call.id)
    for candidate in found.candidates:
        verdict = check(question, choose(question, plan, found.job, candidate.technician))
        assert verdict.is_legal
        assert verdict.cost.total - before.total == candidate.delta
        after = verdict.cost.terms()
        assert candidate.terms == {
            name: after[name] - value for name, value in before.terms().items()
        }
    assert [each.delta for each in found.candidates] == sorted(
        each.delta for each in found.candidates
    )
    told = [each.technician for each in found.candidates]
    told += [str(each.technician) for each in found.blocked]
    assert sorted(told) == [each.id for each in question.technicians]


def test_nobody_to_ask_gives_neither_candidates_nor_reasons() -> None:
    found = recommend(problem([]), Plan(), "lift")
    assert (found.candidates, found.blocked) == ((), ())


def test_a_call_is_ranked_in_a_town_of_fourteen_technicians() -> None:
    question = random_problem(3, technicians=14, jobs=60, rich=False)
    plan = solve(question, limits=Limits(iterations=0))
    left = [each.job for each in plan.unassigned] or [plan.routes[0].stops[0].job]
    routes = {
        route.technician: [stop.job for stop in route.stops if stop.job != left[0]]
        for route in plan.routes
    }
    found = recommend(question, planned(question, **routes), left[0])
    assert len(found.candidates) + len(found.blocked) == 14


def test_each_candidate_is_told_with_what_the_next_would_cost_more() -> None:
    people = [technician("far", start=3, end=3, use_cost=70), technician("near", start=2, end=2)]
    written = written_recommendation(recommend(problem(people), Plan(), "lift"))
    first, last = (each["to_next"] for each in json.loads(json.dumps(written))["candidates"])
    assert (first["technician"], first["delta"], last) == ("far", 1270, None)
    told = {name: value for name, value in first["terms"].items() if value}
    assert told == {"travel": 1200, "use": 70}


@pytest.mark.parametrize("seed", range(10))
def test_the_lines_to_the_next_candidate_add_up(seed: int) -> None:
    question = random_problem(seed, technicians=4, jobs=8)
    name = question.jobs[0].id
    jobs = tuple(replace(each, locked=None) for each in question.jobs)
    found = recommend(replace(question, jobs=jobs), Plan(), name).candidates
    for candidate, further in pairwise(found):
        terms = lead(candidate, further)
        assert sum(terms.values()) - 2 * terms["preferred"] == further.delta - candidate.delta
