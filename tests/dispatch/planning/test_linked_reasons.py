"""Why work of several, or in an order, is left out; and what it means for everybody else's day."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dispatch.planning import (
    Limits,
    Lock,
    Plan,
    Problem,
    ProblemRefused,
    Reason,
    Route,
    Stop,
    check,
    reasons_unassigned,
    recommend,
    relaxed,
    remedies,
    solve,
)
from tests.dispatch.planning.linked import waiting_day
from tests.dispatch.planning.makers import job, line, problem, random_problem, technician

Reasons = Callable[[Problem, Plan, str], tuple[Reason, ...]]

NOT_TO_BE_MENDED = {"unreachable", "after_unassigned", "waited_for"}


def going(who: str, *jobs: str) -> Route:
    """A route by its jobs alone; times are worked out by the rules anyway."""
    return Route(who, tuple(Stop(each, 0, 0, 0) for each in jobs), 0, 0)


def told(
    question: Problem, plan: Plan, call: str
) -> dict[str | None, tuple[str, dict[str, object]]]:
    reasons = reasons_unassigned(question, plan, call)
    return {each.technician: (each.code, dict(each.facts)) for each in reasons}


def test_a_follower_of_work_left_out_is_told_by_that_work() -> None:
    question = problem(jobs=[job("first"), job("second", after=("first",))])
    assert told(question, Plan(), "second") == {"anna": ("after_unassigned", {"job": "first"})}


def test_a_follower_may_not_begin_before_the_work_is_finished() -> None:
    people = [technician("anna"), technician("bert")]
    jobs = [job("first", location=1), job("second", after=("first",), window=(0, 2000))]
    found = told(problem(people, jobs), Plan((going("anna", "first"),)), "second")
    assert found["bert"] == ("window_missed", {"arrival": 2400, "closes": 2000})


def test_too_few_for_a_crew_is_told_to_those_who_could_go() -> None:
    people = [technician("anna", skills={"hoist": 1}), technician("bert")]
    question = problem(people, [job("hoist", crew=2, skills={"hoist": 1})])
    found = told(question, Plan(), "hoist")
    assert found["anna"] == ("crew_incomplete", {"needed": 2, "possible": 1})
    assert found["bert"][0] == "skill_missing"
    (reason, _) = reasons_unassigned(question, Plan(), "hoist")
    better = relaxed(question, "hoist", reason)
    assert better is not None
    assert "anna" not in told(better, Plan(), "hoist")


def test_two_who_are_free_at_different_times_are_too_few_together() -> None:
    people = [technician("early", shift=(0, 5000)), technician("late", shift=(6000, 12_000))]
    question = problem(people, [job(crew=2)])
    incomplete = ("crew_incomplete", {"needed": 2, "possible": 1})
    assert told(question, Plan(), "lift") == {"early": incomplete, "late": incomplete}
    # Together at 6600, when late is there: half an hour of work, home ten minutes later, at 9000.
    for reason in reasons_unassigned(question, Plan(), "lift"):
        longer = {"technician": "early", "rule": "overtime", "overtime_max": 4000}
        assert dict(reason.would_need) == longer


def test_one_more_with_the_skill_would_complete_a_crew() -> None:
    people = [technician("anna", skills={"hoist": 2}), technician("bert"), technician("carl")]
    question = problem(people, [job("hoist", crew=2, skills={"hoist": 2}, excluded=("carl",))])
    (against, *_) = reasons_unassigned(question, Plan(), "hoist")
    skilled = {"technician": "bert", "rule": "skill_missing", "skill": "hoist", "level": 2}
    assert (against.code, dict(against.would_need)) == ("crew_incomplete", skilled)
    better = relaxed(question, "hoist", against)
    assert better is not None
    assert recommend(better, Plan(), "hoist").candidates[0].crew == ("anna", "bert")


def test_where_no_single_change_completes_a_crew_a_smaller_one_would_have_to_do() -> None:
    people = [technician("anna", skills={"hoist": 1}), technician("bert")]
    hoist = job("hoist", crew=2, skills={"hoist": 1}, excluded=("bert",))
    (against, _) = reasons_unassigned(problem(people, [hoist]), Plan(), "hoist")
    assert dict(against.would_need) == {"crew": 1}


def test_what_would_complete_a_crew_is_among_what_would_have_to_change() -> None:
    people = [technician("anna", skills={"hoist": 1}), technician("bert")]
    question = problem(people, [job("hoist", crew=2, skills={"hoist": 1})])
    found = remedies(question, Plan(), "hoist")[0]
    skilled = {"technician": "bert", "rule": "skill_missing", "skill": "hoist", "level": 1}
    assert [dict(change.would_need) for change in found.changes] == [skilled]
    assert [route.technician for route in found.plan.routes] == ["anna", "bert"]


def test_a_crew_that_costs_more_than_leaving_the_work_out_is_told_by_its_whole_price() -> None:
    people = [technician("anna"), technician("bert")]
    found = told(problem(people, [job(crew=2, drop_cost=2000)]), Plan(), "lift")
    dear = ("dearer_than_dropping", {"delta": 2400, "drop_cost": 2000})
    assert found == {"anna": dear, "bert": dear}


def test_who_cannot_go_with_whom_a_person_has_fixed_is_told_so() -> None:
    people = [technician("fixed", shift=(0, 4000)), technician("bert", shift=(6000, 12_000))]
    found = told(problem(people, [job(crew=2, locked=Lock("fixed"))]), Plan(), "lift")
    assert found["bert"] == ("locked", {"locked_technician": "fixed"})


def test_a_crew_kept_waiting_stands_against_a_call_before_it() -> None:
    people = [technician("anna"), technician("bert")]
    jobs = [job("hoist", crew=2, location=3), job("call", location=1, window=(0, 1200))]
    question = problem(people, jobs, durations=line(0, 10, 20, 30))
    plan = Plan((going("anna", "hoist"), going("bert", "hoist")))
    assert told(question, plan, "call")["anna"] == (
        "waited_for",
        {"arrival": 3600, "appointed": 1800, "job": "hoist"},
    )


def test_the_price_of_an_unequal_load_counts_against_serving() -> None:
    people = [technician("anna"), technician("bert")]
    jobs = [job("other", location=0), job("call", drop_cost=1500)]
    question = problem(people, jobs, balance_cost=1)
    reasons = reasons_unassigned(question, Plan((going("anna", "other"),)), "call")
    (reason,) = (each for each in reasons if each.technician == "bert")
    assert dict(reason.facts) == {"delta": 1200 + 600, "drop_cost": 1500}


def test_a_smaller_crew_is_among_what_would_have_to_change() -> None:
    people = [technician("anna", skills={"hoist": 1}), technician("bert")]
    hoist = job("hoist", crew=2, skills={"hoist": 1}, excluded=("bert",))
    found = remedies(problem(people, [hoist]), Plan(), "hoist")
    assert [dict(change.would_need) for change in found[0].changes] == [{"crew": 1}]
    assert found[0].technician == "anna"


def day_with_reasons(seed: int) -> Problem:
    question = random_problem(seed, technicians=3, jobs=14, size=4000)
    jobs = [replace(each, locked=None, drop_cost=4000) for each in question.jobs]
    for number in (1, 5):
        jobs[number] = replace(jobs[number], crew=2)
    for number in (2, 8):
        jobs[number] = replace(jobs[number], after=(jobs[number - 1].id,))
    return replace(question, jobs=tuple(jobs), balance_cost=seed % 2)


@pytest.mark.parametrize("seed", range(12))
def test_a_day_with_crews_and_an_order_is_planned_with_its_reasons(seed: int) -> None:
    question = day_with_reasons(seed)
    plan = solve(question, limits=Limits(iterations=60), seed=seed)
    assert check(question, plan).is_legal
    for left in plan.unassigned:
        assert left.reasons == reasons_unassigned(question, plan, left.job)
        for reason in left.reasons:
            assert_true(question, plan, left.job, reason, reasons_unassigned)


def blocked(question: Problem, plan: Plan, call: str) -> tuple[Reason, ...]:
    """Reasons where less urgent work may be displaced: what the call adds may be less for it."""
    return recommend(question, plan, call).blocked


def assert_true(question: Problem, plan: Plan, call: str, reason: Reason, told_by: Reasons) -> None:
    """Mending just what the reason names helps, or brings another to light."""
    try:
        better = relaxed(question, call, reason)
    except ProblemRefused:
        return
    if better is None:
        assert reason.code in NOT_TO_BE_MENDED
        return
    after = {each.technician: each for each in told_by(better, plan, call)}
    again = after.get(reason.technician)
    assert again is None or about(again) != about(reason)
    if "rule" in reason.would_need:  # one change of another's day completes the crew
        assert again is None or again.code == "dearer_than_dropping"


def about(reason: Reason) -> tuple[object, ...]:
    named = ("job", "skill", "from", "to", "locked_technician")
    return (reason.code, *(reason.facts.get(name) for name in named))


def hold_reasons(seed: int) -> None:
    question, plan = waiting_day(seed)
    for left in plan.unassigned:
        for told_by in (reasons_unassigned, blocked):
            for reason in told_by(question, plan, left.job):
                assert_true(question, plan, left.job, reason, told_by)


@pytest.mark.parametrize("seed", range(60))
def test_every_reason_against_work_that_depends_on_other_work_is_true(seed: int) -> None:
    hold_reasons(seed)


@pytest.mark.proof
def test_every_reason_of_a_thousand_days_is_true() -> None:
    for seed in range(1000, 2000):
        hold_reasons(seed)
