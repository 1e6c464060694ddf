"""A reason is true: mending just what it names helps, or brings the next reason to light."""

from dataclasses import replace
from random import Random

import pytest

from dispatch.planning import (
    Announced,
    Break,
    Job,
    Limits,
    Lock,
    Plan,
    Problem,
    ProblemRefused,
    Reason,
    Route,
    Stability,
    Stop,
    Technician,
    Unassigned,
    reasons_unassigned,
    recommend,
    relaxed,
    solve,
)
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician

# Where a reason states the smallest number that would do.
LEAST = {
    "skill_missing": "level",
    "off_shift": "overtime_max",
    "overtime": "overtime_max",
    "over_capacity": "capacity",
    "window_missed": "window_closes",
    "locked": "locked_start",
    "break_impossible": "break_latest",
    "over_budget": "budget",
    "dearer_than_dropping": "drop_cost",
}


def mended(question: Problem, call: str, reason: Reason) -> Problem:
    """The problem changed by no more than the reason says would be needed."""
    if reason.code != "unreachable":
        changed = relaxed(question, call, reason)
        assert changed is not None
        return changed
    rows = [list(row) for row in question.durations]
    rows[int(str(reason.would_need["way_from"]))][int(str(reason.would_need["way_to"]))] = 60
    return replace(question, durations=rows)


def one_less(reason: Reason) -> Reason | None:
    """The reason with a need one smaller; none where it is not a number or cannot be smaller."""
    key = LEAST.get(reason.code, "")
    need = reason.would_need.get(key)
    if not isinstance(need, int) or (key == "level" and need == 1):
        return None
    return replace(reason, would_need={**reason.would_need, key: need - 1})


def about(reason: Reason) -> tuple[object, ...]:
    """What a reason is about, without its figures."""
    named = ("job", "skill", "from", "to", "locked_technician")
    return (reason.code, *(reason.facts.get(name) for name in named))


def with_job(question: Problem, changed: Job) -> Problem:
    jobs = [changed if each.id == changed.id else each for each in question.jobs]
    return replace(question, jobs=tuple(jobs))


def crowded(seed: int) -> tuple[Problem, Plan, str]:
    """A random day, tight in every way, and a plan that leaves one call out."""
    draw = Random(seed)
    question = random_problem(seed, technicians=4, jobs=12, size=4000)
    question = replace(question, jobs=tuple(strained(each, draw) for each in question.jobs))
    people = [strained_technician(each, draw) for each in question.technicians]
    question = replace(question, technicians=tuple(people), now=draw.choice((0, 0, 4 * HOUR)))
    if draw.random() < 0.3:
        question = replace(question, durations=holed(question, draw))
    plan = solve(question, limits=Limits(iterations=5), seed=seed)
    call = draw.choice([each.id for each in question.jobs])
    routes = tuple(
        replace(route, stops=tuple(stop for stop in route.stops if stop.job != call))
        for route in plan.routes
    )
    left = (*(each for each in plan.unassigned if each.job != call), Unassigned(call))
    if draw.random() < 0.4:
        locked = Lock(start=draw.randrange(0, 9 * HOUR))
        question = with_job(question, replace(jobs_of(question)[call], locked=locked))
    if draw.random() < 0.4:
        question = replace(question, stability=Stability(50, 300, draw.choice((0, 1, 2))))
    return question, Plan(routes, left), call


def jobs_of(question: Problem) -> dict[str, Job]:
    return {each.id: each for each in question.jobs}


def strained(given: Job, draw: Random) -> Job:
    opens = given.release + draw.randrange(0, 2 * HOUR)
    window = (opens, opens + draw.randrange(0, 2 * HOUR)) if draw.random() < 0.5 else None
    announced = Announced("t0", draw.randrange(0, 8 * HOUR)) if draw.random() < 0.4 else None
    return replace(
        given,
        locked=None,
        window=window,
        announced=announced,
        drop_cost=draw.choice((0, 500, 3000, given.drop_cost)),
        load=1,
        technicians=("t0", "t1") if draw.random() < 0.2 else None,
    )


def strained_technician(given: Technician, draw: Random) -> Technician:
    rest = draw.choice((given.break_, Break(2 * HOUR, 2 * HOUR, 1800), Break(0, 600, 3600)))
    end = draw.choice((3 * HOUR, 6 * HOUR, given.shift[1]))
    return replace(
        given, break_=rest, shift=(given.shift[0], end), capacity=draw.choice((2, 9, None))
    )


def holed(question: Problem, draw: Random) -> list[list[int]]:
    return [[-1 if draw.random() < 0.15 else leg for leg in row] for row in question.durations]


def assert_true(question: Problem, plan: Plan, call: str, reason: Reason) -> None:
    """Mended, the technician can go or another reason comes to light; one less does not help."""
    after = against(mended(question, call, reason), plan, call, reason.technician)
    assert after is None or about(after) != about(reason)
    less = one_less(reason)
    if less is not None:
        try:
            tight = mended(question, call, less)
        except ProblemRefused:
            return
        still = against(tight, plan, call, reason.technician)
        assert still is not None
        assert still.code == reason.code


def against(question: Problem, plan: Plan, call: str, technician: str | None) -> Reason | None:
    reasons = reasons_unassigned(question, plan, call)
    return next((each for each in reasons if each.technician == technician), None)


@pytest.mark.parametrize("seed", range(300))
def test_mending_what_a_reason_names_helps_and_one_less_does_not(seed: int) -> None:
    question, plan, call = crowded(seed)
    for reason in reasons_unassigned(question, plan, call):
        assert_true(question, plan, call, reason)


@pytest.mark.proof
@pytest.mark.parametrize("block", range(30))
def test_thousands_of_reasons_are_true(block: int) -> None:
    for seed in range(1000 + block * 100, 1100 + block * 100):
        question, plan, call = crowded(seed)
        for reason in reasons_unassigned(question, plan, call):
            assert_true(question, plan, call, reason)


@pytest.mark.parametrize("seed", range(150))
def test_mending_what_stands_against_a_candidate_helps_or_brings_another_to_light(
    seed: int,
) -> None:
    question, plan, call = crowded(seed)
    for reason in recommend(question, plan, call).blocked:
        again = recommend(mended(question, call, reason), plan, call).blocked
        after = next((each for each in again if each.technician == reason.technician), None)
        assert after is None or about(after) != about(reason)


@pytest.mark.parametrize("seed", range(12))
def test_every_job_a_search_leaves_out_has_its_true_reasons(seed: int) -> None:
    question = random_problem(seed, technicians=2, jobs=16, size=4000)
    jobs = tuple(replace(each, locked=None, drop_cost=3000) for each in question.jobs)
    question = replace(question, jobs=jobs)
    plan = solve(question, limits=Limits(iterations=200), seed=seed)
    assert plan.unassigned
    for left in plan.unassigned:
        assert left.reasons == reasons_unassigned(question, plan, left.job)
        assert {each.technician for each in left.reasons} == {"t0", "t1"}
        for reason in left.reasons:
            assert_true(question, plan, left.job, reason)


def test_leaving_out_a_promise_counts_what_moving_it_costs() -> None:
    promised = call(announced=Announced("anna", 0), drop_cost=1100)
    question = problem(jobs=[promised], stability=Stability(move_cost=50))
    (reason,) = reasons_unassigned(question, Plan(), "call")  # an hour's way, and late: 1200 + 50
    assert dict(reason.facts) == {"delta": 1200, "drop_cost": 1100}


def test_the_crowded_days_show_every_reason_there_is() -> None:
    seen = {reason.code for seed in range(60) for reason in recommend(*crowded(seed)).blocked}
    assert seen >= {
        "skill_missing",
        "not_allowed",
        "excluded",
        "off_shift",
        "unreachable",
        "over_capacity",
        "window_missed",
        "locked",
        "break_impossible",
        "overtime",
        "over_budget",
        "dearer_than_dropping",
    }


def why(question: Problem, *stops: str) -> Reason:
    plan = Plan((Route("anna", tuple(Stop(each, 0, 0, 0) for each in stops), 0, 0),))
    (reason,) = reasons_unassigned(question, plan, "call")
    return reason


def call(**given: object) -> Job:
    return job("call", **given)


def test_a_skill_one_level_too_low_is_told_with_both_levels() -> None:
    person = technician(skills={"rescue": 1})
    reason = why(problem([person], [call(skills={"rescue": 2})]))
    assert (reason.code, dict(reason.facts)) == (
        "skill_missing",
        {"skill": "rescue", "needed": 2, "has": 1},
    )


def test_a_window_closed_before_anybody_arrives_is_told_with_the_arrival() -> None:
    reason = why(problem(jobs=[call(window=(0, 500))]))
    assert (reason.code, dict(reason.facts)) == ("window_missed", {"arrival": 600, "closes": 500})
    assert dict(reason.would_need) == {"window_closes": 600}


def test_the_window_of_another_visit_is_told_by_that_visit() -> None:
    other = job("other", window=(0, 700))
    reason = why(problem(jobs=[other, call(window=(0, 700))]), "other")
    assert (reason.code, reason.facts["arrival"]) == ("window_missed", 2400)


def test_overtime_is_told_with_what_it_takes_and_what_is_allowed() -> None:
    reason = why(problem([technician(shift=(0, 2000), overtime_max=500)], [call()]))
    assert (reason.code, dict(reason.facts)) == ("overtime", {"needed": 1000, "max": 500})
    assert dict(reason.would_need) == {"overtime_max": 1000}


def test_a_day_that_is_over_is_told_as_off_shift() -> None:
    reason = why(problem([technician(shift=(0, 2000))], [call()], now=2001))
    assert reason.code == "off_shift"


def test_a_place_without_a_way_is_told_by_its_ends() -> None:
    reason = why(problem(jobs=[call()], durations=((0, -1), (60, 0))))
    assert (reason.code, dict(reason.facts)) == ("unreachable", {"from": 0, "to": 1})


def test_a_full_van_is_told_with_load_and_capacity() -> None:
    question = problem([technician(capacity=2)], [job("other", load=2), call(load=1)])
    reason = why(question, "other")
    assert (reason.code, dict(reason.facts)) == ("over_capacity", {"load": 3, "capacity": 2})


def test_a_job_fixed_to_somebody_else_is_told_as_locked() -> None:
    question = problem(
        [technician("anna"), technician("bert")], [call(locked=Lock(technician="bert"))]
    )
    (reason,) = reasons_unassigned(question, Plan(), "call")
    assert (reason.technician, reason.code) == ("anna", "locked")


def test_a_break_that_cannot_be_begun_in_time_is_told_with_its_latest_moment() -> None:
    rest = Break(0, 600, 1800)
    fixed = job("fixed", window=(600, 600), duration=600)
    question = problem([technician(break_=rest)], [fixed, call(window=(1200, 1200))])
    reason = why(question, "fixed")
    assert (reason.code, reason.facts["latest"]) == ("break_impossible", 600)


def test_a_technician_who_could_serve_at_a_gain_has_no_reason() -> None:
    question = problem(jobs=[call()], durations=line(0, 10))
    assert reasons_unassigned(question, Plan(), "call") == ()
