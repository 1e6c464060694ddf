"""A reason is true: mending just what it names helps, or brings the next reason to light."""

from collections.abc import Mapping
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
    Reason,
    Route,
    Stability,
    Stop,
    Technician,
    Unassigned,
    reasons_unassigned,
    recommend,
    solve,
)
from tests.dispatch.planning.makers import HOUR, job, line, problem, random_problem, technician

Facts = Mapping[str, int | str | None]


def number(facts: Facts, key: str) -> int:
    value = facts[key]
    assert isinstance(value, int)
    return value


def mended(  # noqa: C901, PLR0911, PLR0912 - one case per reason
    question: Problem, call: str, reason: Reason
) -> Problem:
    """The problem changed by no more than the reason says would be needed."""
    people = {each.id: each for each in question.technicians}
    jobs = {each.id: each for each in question.jobs}
    who = people[str(reason.technician)]
    need = reason.would_need
    concerned = jobs[str(reason.facts.get("job", call))]
    match reason.code:
        case "skill_missing":
            skills = {**who.skills, str(need["skill"]): number(need, "level")}
            return with_technician(question, replace(who, skills=skills))
        case "not_allowed":
            allowed = (*(concerned.technicians or ()), who.id)
            return with_job(question, replace(concerned, technicians=allowed))
        case "excluded":
            others = tuple(each for each in concerned.excluded if each != who.id)
            return with_job(question, replace(concerned, excluded=others))
        case "locked" if "locked_technician" in need:
            return with_job(question, replace(concerned, locked=Lock(technician=who.id)))
        case "locked":
            assert concerned.locked is not None
            lock = replace(concerned.locked, start=number(need, "locked_start"))
            return with_job(question, replace(concerned, locked=lock))
        case "off_shift" | "overtime":
            longer = replace(who, overtime_max=number(need, "overtime_max"))
            return with_technician(question, longer)
        case "unreachable":
            origin, destination = number(need, "way_from"), number(need, "way_to")
            rows = [list(row) for row in question.durations]
            rows[origin][destination] = 60
            return replace(question, durations=rows)
        case "over_capacity":
            return with_technician(question, replace(who, capacity=number(need, "capacity")))
        case "window_missed":
            assert concerned.window is not None
            window = (concerned.window[0], number(need, "window_closes"))
            return with_job(question, replace(concerned, window=window))
        case "break_impossible":
            assert who.break_ is not None
            later = replace(who.break_, latest=number(need, "break_latest"))
            return with_technician(question, replace(who, break_=later))
        case "over_budget":
            stability = replace(question.stability, budget=number(need, "budget"))
            return replace(question, stability=stability)
        case "dearer_than_dropping":
            return with_job(question, replace(concerned, drop_cost=number(need, "drop_cost")))
        case _:
            pytest.fail(f"unknown reason {reason.code}")


def with_technician(question: Problem, changed: Technician) -> Problem:
    people = [changed if each.id == changed.id else each for each in question.technicians]
    return replace(question, technicians=tuple(people))


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


@pytest.mark.parametrize("seed", range(300))
def test_mending_what_a_reason_names_helps_or_brings_another_to_light(seed: int) -> None:
    question, plan, call = crowded(seed)
    for reason in recommend(question, plan, call).blocked:
        better = mended(question, call, reason)
        again = {each.technician: each for each in recommend(better, plan, call).blocked}
        after = again.get(reason.technician)
        if after is not None:
            assert (after.code, after.facts) != (reason.code, reason.facts)


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
