"""Plans broken one way each, and the fault that has to be found; a sound plan has none."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dispatch.planning import (
    Announced,
    Break,
    Cost,
    Job,
    Limits,
    Lock,
    Plan,
    Problem,
    Route,
    RouteBreak,
    Stability,
    Stop,
    Unassigned,
    check,
    solve,
)
from dispatch.planning.rules import bill
from dispatch.planning.timing import Itinerary, timed
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician


def truthful(question: Problem, *routes: tuple[str, list[str], int | None]) -> Plan:
    """A plan that states the true times and bill of these routes, legal or not."""
    people = {each.id: each for each in question.technicians}
    jobs = {each.id: each for each in question.jobs}
    real = timed(
        question,
        [
            Itinerary(people[name], tuple(jobs[each] for each in ids), leg)
            for name, ids, leg in routes
        ],
    )
    served = {each for _, ids, _ in routes for each in ids}
    return Plan(
        tuple(
            Route(route.technician.id, route.stops, route.leave, route.return_, route.break_)
            for route in real.routes
        ),
        tuple(Unassigned(each) for each in jobs if each not in served),
        bill(question, real),
    )


def codes(question: Problem, plan: Plan) -> set[str]:
    return {fault.code for fault in check(question, plan).faults}


def one_route(question: Problem, *, leg: int | None = None) -> Plan:
    return truthful(question, ("anna", [each.id for each in question.jobs], leg))


def test_a_sound_plan_is_legal() -> None:
    assert check(problem(), one_route(problem())).is_legal


def test_leaving_a_job_out_is_legal() -> None:
    assert check(problem(), truthful(problem())).is_legal


def test_a_technician_nobody_knows_is_named() -> None:
    plan = one_route(problem())
    stranger = replace(plan, routes=(*plan.routes, Route("zoe", (), 0, 0)))
    assert codes(problem(), stranger) == {"unknown_id"}


def test_a_job_nobody_knows_is_named() -> None:
    plan = truthful(problem())
    strange = replace(plan, unassigned=(*plan.unassigned, Unassigned("ghost")))
    assert codes(problem(), strange) == {"unknown_id"}


def test_two_routes_for_one_technician_are_named() -> None:
    plan = one_route(problem())
    assert codes(problem(), replace(plan, routes=plan.routes * 2)) >= {"route_twice"}


def test_a_job_on_a_route_and_left_out_is_named() -> None:
    plan = replace(one_route(problem()), unassigned=(Unassigned("lift"),))
    assert codes(problem(), plan) == {"job_twice"}


def test_a_job_twice_on_one_route_is_named() -> None:
    plan = one_route(problem())
    route = plan.routes[0]
    twice = replace(plan, routes=(replace(route, stops=route.stops * 2),))
    assert codes(problem(), twice) == {"job_twice"}


def test_a_job_served_by_two_where_one_is_asked_is_named() -> None:
    question = problem([technician("anna"), technician("bert")])
    plan = truthful(question, ("anna", ["lift"], None), ("bert", ["lift"], None))
    assert codes(question, plan) == {"job_twice"}


def test_a_forgotten_job_is_named() -> None:
    plan = replace(truthful(problem()), unassigned=())
    assert codes(problem(), plan) == {"job_missing"}


BROKEN: dict[str, Callable[[], tuple[Problem, Plan]]] = {}


def broken(code: str) -> Callable[[Callable[[], Problem]], Callable[[], Problem]]:
    """Register a problem whose single route through all jobs breaks exactly this rule."""

    def register(make: Callable[[], Problem]) -> Callable[[], Problem]:
        BROKEN[f"{code}: {make.__name__}"] = lambda: (make(), one_route(make()))
        return make

    return register


@broken("skill_missing")
def a_skill_at_too_low_a_level() -> Problem:
    return problem([technician(skills={"rescue": 1})], [job(skills={"rescue": 2})])


@broken("not_allowed")
def somebody_not_on_the_list() -> Problem:
    return problem([technician(), technician("bert")], [job(technicians=("bert",))])


@broken("not_allowed")
def somebody_excluded() -> Problem:
    return problem(jobs=[job(excluded=("anna",))])


@broken("window_missed")
def work_begun_after_the_window() -> Problem:
    return problem(jobs=[job(window=(0, 599))])


@broken("overtime")
def a_return_later_than_overtime_allows() -> Problem:
    return problem([technician(shift=(0, 2000), overtime_max=999)])


@broken("break_impossible")
def a_day_through_lunch_without_a_break() -> Problem:
    return problem([technician(break_=Break(1000, 2000, 600))])


@broken("unreachable")
def a_place_without_a_way_home() -> Problem:
    return problem(durations=((0, 600), (-1, 0)))


@broken("over_capacity")
def more_than_fits() -> Problem:
    return problem([technician(capacity=3)], [job("a", load=2), job("b", load=2)])


@broken("crew_incomplete")
def one_where_two_are_needed() -> Problem:
    return problem(jobs=[job(crew=2)])


@broken("lock_broken")
def a_start_that_cannot_be_kept() -> Problem:
    return problem(jobs=[job(locked=Lock(start=599))])


@broken("lock_broken")
def somebody_else_than_fixed() -> Problem:
    return problem([technician(), technician("bert")], [job(locked=Lock(technician="bert"))])


@broken("over_budget")
def more_promises_moved_than_allowed() -> Problem:
    late = job(announced=Announced("anna", 0))
    return problem(jobs=[late], stability=Stability(tolerance=599, budget=0))


@pytest.mark.parametrize("name", BROKEN)
def test_each_broken_rule_is_found_by_its_code_and_no_other(name: str) -> None:
    question, plan = BROKEN[name]()
    assert codes(question, plan) == {name.partition(":")[0]}


def test_a_follower_of_a_job_left_out_is_named() -> None:
    question = problem(jobs=[job("first"), job("then", after=("first",))])
    assert codes(question, truthful(question, ("anna", ["then"], None))) == {"after_unassigned"}


def test_a_follower_before_what_it_follows_waits_in_a_circle() -> None:
    question = problem(jobs=[job("first"), job("then", after=("first",))])
    plan = truthful(question, ("anna", ["then", "first"], None))
    assert codes(question, plan) == {"circular_wait"}


def test_two_crews_that_meet_in_opposite_order_wait_in_a_circle() -> None:
    question = problem(
        [technician("anna"), technician("bert")], [job("a", crew=2), job("b", crew=2)]
    )
    plan = truthful(question, ("anna", ["a", "b"], None), ("bert", ["b", "a"], None))
    assert codes(question, plan) == {"circular_wait"}


def test_a_locked_job_left_out_is_named() -> None:
    question = problem(jobs=[job(locked=Lock(technician="anna"))])
    assert codes(question, truthful(question)) == {"lock_broken"}


def test_a_break_on_a_leg_left_too_late_is_named() -> None:
    question = problem([technician(break_=Break(1000, 2000, 600))])
    assert codes(question, one_route(question, leg=1)) == {"break_impossible"}


def test_a_break_on_a_leg_that_does_not_exist_is_named() -> None:
    question = problem([technician(break_=Break(1000, 2000, 600))])
    plan = one_route(question, leg=0)
    route = replace(plan.routes[0], break_=RouteBreak(7, 1000, 1600))
    assert "break_impossible" in codes(question, replace(plan, routes=(route,)))


def test_a_break_nobody_owes_is_named() -> None:
    plan = one_route(problem())
    route = replace(plan.routes[0], break_=RouteBreak(0, 0, 60))
    assert codes(problem(), replace(plan, routes=(route,))) == {"break_impossible"}


@pytest.mark.parametrize("shift", [(0, 3000), (2001, 9000)])
def test_no_break_is_needed_if_home_before_it_or_off_after_it(shift: tuple[int, int]) -> None:
    rest = Break(3000, 3000, 600) if shift[0] == 0 else Break(1000, 2000, 600)
    question = problem([technician(shift=shift, break_=rest)])
    assert check(question, one_route(question)).is_legal


@pytest.mark.parametrize("field", ["arrive", "start", "finish"])
def test_a_stop_with_a_wrong_time_is_named(field: str) -> None:
    plan = one_route(problem())
    route = plan.routes[0]
    wrong: Stop = replace(route.stops[0], **{field: getattr(route.stops[0], field) + 1})
    plan = replace(plan, routes=(replace(route, stops=(wrong,)),))
    assert codes(problem(), plan) == {"wrong_time"}


def test_a_route_with_a_wrong_departure_or_return_is_named() -> None:
    plan = one_route(problem())
    early, soon = replace(plan.routes[0], leave=7), replace(plan.routes[0], return_=7)
    assert codes(problem(), replace(plan, routes=(early,))) == {"wrong_time"}
    assert codes(problem(), replace(plan, routes=(soon,))) == {"wrong_time"}


def test_a_break_with_a_wrong_time_is_named() -> None:
    question = problem([technician(break_=Break(1000, 3000, 600))])
    plan = one_route(question, leg=1)
    route = replace(plan.routes[0], break_=RouteBreak(1, 2401, 3001))
    assert codes(question, replace(plan, routes=(route,))) == {"wrong_time"}


@pytest.mark.parametrize("term", list(Cost().terms()))
def test_a_wrong_line_of_the_bill_is_named(term: str) -> None:
    plan = one_route(problem())
    wrong: Cost = replace(plan.cost, **{term: plan.cost.terms()[term] + 1})
    assert codes(problem(), replace(plan, cost=wrong)) == {"wrong_cost"}


def test_a_wrong_total_is_named() -> None:
    plan = replace(one_route(problem()), stated_total=1)
    assert codes(problem(), plan) == {"wrong_cost"}


def bounded(gap: float | None, bound: int | None = 1000) -> set[str]:
    """The codes of a sound plan of a total of 1200 that claims this bound and gap."""
    return codes(problem(), replace(one_route(problem()), bound=bound, stated_gap=gap))


@pytest.mark.parametrize("gap", [0.0, 0.1, -1.0, float("nan")])
def test_a_gap_that_does_not_follow_from_the_bound_is_named(gap: float) -> None:
    assert bounded(gap) == {"wrong_cost"}


def test_a_gap_without_a_bound_is_named() -> None:
    assert bounded(0.0, bound=None) == {"wrong_cost"}


@pytest.mark.parametrize("gap", [None, 1 / 6, 0.1667])
def test_a_true_gap_may_be_left_out_or_rounded_to_four_decimals(gap: float | None) -> None:
    assert bounded(gap) == set()


def test_every_fault_is_told_at_once() -> None:
    greedy = job(skills={"rescue": 1}, window=(0, 1), excluded=("anna",), load=9)
    question = problem([technician(shift=(0, 10), capacity=1)], [greedy])
    assert codes(question, one_route(question)) == {
        "skill_missing",
        "not_allowed",
        "over_capacity",
        "window_missed",
        "overtime",
    }


def test_a_fault_says_whom_it_concerns_and_by_how_much() -> None:
    question = problem(jobs=[job(window=(0, 500))])
    fault = check(question, one_route(question)).faults[0].to_mapping()
    assert fault == {
        "code": "window_missed",
        "job": "lift",
        "detail": "starts at 600, the window closes at 500",
    }


@pytest.mark.parametrize("seed", range(12))
def test_whatever_the_search_finds_is_legal_and_billed_truly(seed: int) -> None:
    question = random_problem(seed, technicians=4, jobs=18)
    question = replace(question, jobs=tuple(map(unlocked, question.jobs)))
    assert check(question, solve(question, limits=Limits(iterations=20), seed=seed)).is_legal


def unlocked(given: Job) -> Job:
    return replace(given, locked=None)


def test_long_days_of_five_hundred_stops_are_verified() -> None:
    jobs = [job(f"j{number}", location=0, duration=1) for number in range(500)]
    question = problem([technician(shift=(0, 8 * HOUR))], jobs, durations=line(0))
    assert check(question, one_route(question)).is_legal
