"""The search as its callers see it: limits, repeatability, locks, promises, hostile days."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from dispatch.planning import (
    Announced,
    Break,
    Limits,
    LimitsMissing,
    Lock,
    NoLegalPlan,
    Plan,
    PlanRefused,
    Route,
    Stability,
    Standing,
    Stop,
    Unassigned,
    UnknownEngine,
    check,
    solve,
    write_plan,
)
from dispatch.planning.finishing import restated
from dispatch.planning.plan import SolverReport
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician

STEPS = Limits(iterations=40)


def without_times(plan: Plan) -> object:
    report = replace(plan.solver, seconds=0, trace=())
    return write_plan(replace(plan, solver=report))


def ticking(step: float = 0.01) -> Iterator[float]:
    """A clock that advances a little each time it is read."""
    now = 0.0
    while True:
        yield now
        now += step


def test_the_same_seed_gives_the_same_plan() -> None:
    question = random_problem(5, technicians=5, jobs=25, rich=False)
    first, second = (solve(question, limits=STEPS, seed=7) for _ in range(2))
    assert without_times(first) == without_times(second)


def test_several_workers_search_with_seeds_of_their_own_and_the_best_plan_is_given() -> None:
    question = random_problem(5, technicians=5, jobs=25, rich=False)
    alone = solve(question, limits=Limits(iterations=1), seed=7)
    together = [solve(question, limits=STEPS, seed=7, workers=3) for _ in range(2)]
    assert without_times(together[0]) == without_times(together[1])
    assert together[0].cost.total <= alone.cost.total
    assert (together[0].solver.workers, together[0].solver.iterations) == (3, 120)


def test_costs_beyond_sixty_four_bits_are_planned_exactly_all_the_same() -> None:
    dear = [job(f"j{n}", drop_cost=10**12, due=0, late_cost=10**12) for n in range(30)]
    plan = solve(problem(jobs=dear), limits=STEPS)
    assert check(problem(jobs=dear), plan).is_legal
    assert plan.cost.total == 30 * 10**12


def test_the_number_of_iterations_is_kept() -> None:
    assert solve(random_problem(5, rich=False), limits=STEPS).solver.iterations == 40


def test_the_seconds_end_the_search_by_the_callers_clock() -> None:
    clock = ticking()
    plan = solve(problem(), limits=Limits(seconds=3), clock=lambda: next(clock))
    assert 3 <= plan.solver.seconds < 3.2


def test_the_search_ends_when_told_to_stop() -> None:
    answers = iter([False] * 20)
    plan = solve(
        problem(), limits=Limits(iterations=10_000), should_stop=lambda: next(answers, True)
    )
    assert plan.solver.iterations < 1000  # asked every few steps


def test_who_says_stop_does_not_wait_for_reasons_or_for_routes_put_together_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never_asked(*_: object, **__: object) -> Plan:
        raise AssertionError

    monkeypatch.setattr("dispatch.planning.solver.put_together", never_asked)
    question = problem(jobs=[job(), job("beyond", window=(0, 10))])
    answers = iter([False] * 20)
    limits, stop = Limits(iterations=10_000), lambda: next(answers, True)
    plan = solve(question, limits=limits, should_stop=stop, pool=True)
    assert check(question, plan).is_legal
    assert [(left.job, left.reasons) for left in plan.unassigned] == [("beyond", ())]


def test_told_to_stop_at_once_it_still_keeps_what_people_have_fixed() -> None:
    fixed = [job(f"j{n}", locked=Lock("anna")) for n in range(3)]
    question = problem(jobs=fixed)
    plan = solve(question, limits=Limits(iterations=10_000), should_stop=lambda: True)
    assert check(question, plan).is_legal
    assert plan.unassigned == ()


def test_a_search_without_an_end_is_refused() -> None:
    with pytest.raises(LimitsMissing):
        Limits()
    with pytest.raises(LimitsMissing):
        solve(problem(), limits=Limits(seconds=1))


def test_no_iterations_still_give_a_legal_plan() -> None:
    question = random_problem(5, technicians=4, jobs=20, rich=False)
    assert check(question, solve(question, limits=Limits(iterations=0))).is_legal


def test_better_plans_are_told_on_the_way_and_in_the_trace() -> None:
    told: list[int] = []
    question = random_problem(5, technicians=5, jobs=25, rich=False)
    plan = solve(question, limits=STEPS, progress=lambda standing: told.append(standing.total))
    totals = [total for _, total in plan.solver.trace]
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] == told[-1] == plan.cost.total


@pytest.mark.parametrize("seed", range(6))
def test_a_search_tells_how_many_jobs_its_plan_keeps_in_time_and_leaves_out(seed: int) -> None:
    told: list[Standing] = []
    question = random_problem(seed, technicians=3, jobs=25, rich=False)
    plan = solve(question, limits=STEPS, progress=told.append)
    due = {job.id: job.due for job in question.jobs}
    starts = [(due[stop.job], stop.start) for route in plan.routes for stop in route.stops]
    late = sum(limit is not None and start > limit for limit, start in starts)
    assert (told[-1].late, told[-1].unassigned) == (late, len(plan.unassigned))
    assert told[-1].on_time == len(starts) - late


def test_longer_search_is_never_dearer_than_its_own_first_plan() -> None:
    question = random_problem(9, technicians=5, jobs=25, rich=False)
    first = solve(question, limits=Limits(iterations=0)).cost.total
    assert solve(question, limits=STEPS).cost.total <= first


@pytest.mark.parametrize("seed", range(8))
def test_the_answer_is_never_dearer_than_the_plan_it_started_from(seed: int) -> None:
    question = random_problem(seed, technicians=4, jobs=16, rich=False)
    start = solve(question, limits=Limits(iterations=60), seed=seed)
    again = solve(question, limits=Limits(iterations=1), seed=seed + 1, start=start)
    assert again.cost.total <= start.cost.total


def test_a_start_that_is_illegal_is_mended() -> None:
    question = problem([technician(shift=(0, 2999))], [job("a")])
    late = Plan((Route("anna", (Stop("a", 600, 600, 2400),), 0, 3000),))
    plan = solve(question, limits=STEPS, start=late)
    assert [left.job for left in plan.unassigned] == ["a"]


def test_a_start_that_says_nothing_of_a_new_job_is_completed() -> None:
    question = problem(jobs=[job("known"), job("new")])
    start = restated(question, Plan((Route("anna", (Stop("known", 0, 0, 0),), 0, 0),)), REPORT)
    plan = solve(question, limits=STEPS, start=start)
    assert {stop.job for stop in plan.routes[0].stops} == {"known", "new"}


REPORT = SolverReport()


def test_a_start_from_another_day_is_refused() -> None:
    with pytest.raises(PlanRefused):
        solve(problem(), limits=STEPS, start=Plan(unassigned=(Unassigned("ghost"),)))


def test_an_engine_nobody_knows_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownEngine) as caught:
        solve(problem(), limits=STEPS, engine="oracle")
    assert caught.value.known == ("palier", "ortools-routing")


def test_a_fixed_technician_keeps_the_job_though_another_is_nearer() -> None:
    people = [technician("near", start=1, end=1), technician("far", start=3, end=3)]
    question = problem(people, [job(locked=Lock(technician="far"))])
    assert solve(question, limits=STEPS).routes[0].technician == "far"


def test_a_fixed_start_is_kept_to_the_second() -> None:
    question = problem(jobs=[job("fixed", locked=Lock(start=4321)), job("other")])
    plan = solve(question, limits=STEPS)
    starts = {stop.job: stop.start for stop in plan.routes[0].stops}
    assert starts["fixed"] == 4321
    assert "other" in starts


def test_a_lock_that_cannot_be_kept_is_told() -> None:
    with pytest.raises(NoLegalPlan) as caught:
        solve(problem(jobs=[job(locked=Lock(start=10))]), limits=STEPS)
    assert [fault.code for fault in caught.value.faults] == ["lock_broken"]


def test_no_more_promises_move_than_allowed_even_for_an_urgent_call() -> None:
    promised = [
        job(f"p{slot}", announced=Announced("anna", 600 + slot * 1800)) for slot in range(4)
    ]
    call = job("call", priority=1, drop_cost=5_000_000, due=600, late_cost=600)
    for budget in (0, 2, 4):
        question = problem(
            jobs=[*promised, call], stability=Stability(move_cost=1, tolerance=60, budget=budget)
        )
        plan = solve(question, limits=STEPS)
        assert check(question, plan).is_legal
        assert plan.cost.stability <= budget


def test_a_wider_budget_is_never_dearer() -> None:
    question = random_problem(11, technicians=3, jobs=12)
    jobs = tuple(
        replace(each, locked=None, announced=Announced("t0", 900 + 1500 * number))
        for number, each in enumerate(question.jobs)
        if not each.excluded
    )
    totals = [
        solve(
            replace(question, jobs=jobs, stability=Stability(500, 600, budget)), limits=STEPS
        ).cost.total
        for budget in (len(jobs), None)
    ]
    assert totals[1] <= totals[0]


def test_the_break_is_taken_where_it_costs_least() -> None:
    rest = Break(0, 9000, 1800)
    question = problem([technician(break_=rest)], [job(due=600, late_cost=5)])
    plan = solve(question, limits=STEPS)
    assert plan.cost.late == 0
    assert plan.routes[0].break_ is not None
    assert plan.routes[0].break_.leg == 1


def test_nobody_carries_more_than_fits() -> None:
    people = [technician("a", capacity=2), technician("b", capacity=1)]
    question = problem(people, [job(f"j{n}", load=1) for n in range(4)])
    plan = solve(question, limits=STEPS)
    assert len(plan.unassigned) == 1


def test_nothing_to_do_gives_an_empty_plan() -> None:
    plan = solve(problem(jobs=[]), limits=STEPS)
    assert (plan.routes, plan.unassigned, plan.cost.total) == ((), (), 0)


def test_nobody_to_send_leaves_everything_out() -> None:
    plan = solve(problem([]), limits=STEPS)
    assert [left.job for left in plan.unassigned] == ["lift"]
    assert plan.unassigned[0].reasons == ()


def test_a_window_nobody_can_reach_leaves_the_job_out_with_a_reason_each() -> None:
    people = [technician("anna"), technician("bert")]
    plan = solve(problem(people, [job(window=(0, 10))]), limits=STEPS)
    (left,) = plan.unassigned
    assert [(reason.technician, reason.code) for reason in left.reasons] == [
        ("anna", "window_missed"),
        ("bert", "window_missed"),
    ]


def test_places_nobody_can_reach_are_left_out() -> None:
    question = problem(durations=((0, -1), (-1, 0)))
    (left,) = solve(question, limits=STEPS).unassigned
    assert [reason.code for reason in left.reasons] == ["unreachable"]


def test_a_road_that_is_long_the_other_way_is_driven_the_short_way() -> None:
    ring = ((0, 600, 5000), (5000, 0, 600), (600, 5000, 0))
    question = problem(jobs=[job("a", location=1), job("b", location=2)], durations=ring)
    plan = solve(question, limits=STEPS)
    assert [stop.job for stop in plan.routes[0].stops] == ["a", "b"]


def test_five_hundred_jobs_on_one_spot_are_planned_legally() -> None:
    jobs = [job(f"j{n}", location=0, duration=120) for n in range(500)]
    question = problem([technician(), technician("bert")], jobs, durations=line(0))
    plan = solve(question, limits=Limits(iterations=2))
    assert check(question, plan).is_legal
    assert len(plan.unassigned) == 20  # two days of 240 times two minutes


def test_a_job_of_no_length_and_no_drop_cost_does_no_harm() -> None:
    question = problem(jobs=[job(duration=0, drop_cost=0)])
    assert solve(question, limits=STEPS).cost.total == 0


def test_a_shift_that_is_over_serves_nobody() -> None:
    plan = solve(problem(now=9 * HOUR), limits=STEPS)
    assert [reason.code for reason in plan.unassigned[0].reasons] == ["off_shift"]
