"""What would have to change for a job left out: each way is planned and breaks no other rule."""

import pytest

from dispatch.planning import (
    Announced,
    Lock,
    Plan,
    Problem,
    Remedy,
    Route,
    Stability,
    Stop,
    Technician,
    UnknownJob,
    check,
    plan_difference,
    reasons_unassigned,
    relaxed,
    remedies,
)
from tests.dispatch.planning.makers import job, problem, technician
from tests.dispatch.planning.test_reasons import crowded


def going(who: str, *jobs: str) -> Route:
    """A route by its jobs alone; times are worked out by the rules anyway."""
    return Route(who, tuple(Stop(each, 0, 0, 0) for each in jobs), 0, 0)


def told(found: tuple[Remedy, ...]) -> list[tuple[str, list[object]]]:
    return [
        (
            each.technician,
            [value for change in each.changes for value in change.would_need.values()],
        )
        for each in found
    ]


def asked(people: list[Technician], **given: object) -> tuple[Remedy, ...]:
    return remedies(problem(people, [job("call", **given)]), Plan(), "call")


def test_the_shortest_overtime_that_would_do_comes_first() -> None:
    people = [technician("anna", shift=(0, 1800)), technician("bert", shift=(0, 2400))]
    assert told(asked(people)) == [("bert", [600]), ("anna", [1200])]


def test_a_window_open_longer_is_minded_more_than_overtime_and_less_than_a_skill() -> None:
    people = [
        technician("anna", skills={}),
        technician("bert", start=3, skills={"rescue": 1}),
        technician("cleo", shift=(0, 2900), skills={"rescue": 1}),
    ]
    found = asked(people, skills={"rescue": 1}, window=(0, 600))
    assert told(found) == [("cleo", [100]), ("bert", [1200]), ("anna", ["rescue", 1])]


def test_two_rules_in_the_way_of_one_technician_are_both_told() -> None:
    (found,) = asked([technician(skills={"rescue": 1}, shift=(0, 2400))], skills={"rescue": 2})
    assert [change.code for change in found.changes] == ["skill_missing", "overtime"]
    assert found.difference.total == 1200 - 100_000


def test_a_job_that_could_be_served_only_dearer_needs_no_rule_changed() -> None:
    (found,) = asked([technician()], drop_cost=1000)
    assert (found.changes, found.drops, found.difference.total) == ((), (), 200)


def test_leaving_out_another_job_instead_is_told_with_what_it_costs() -> None:
    people = [technician(shift=(0, 3000))]
    jobs = [job("other", drop_cost=5000), job("call", drop_cost=900)]
    question = problem(people, jobs)
    found = remedies(question, Plan((going("anna", "other"),)), "call")
    drops = next(each for each in found if each.drops)
    assert (drops.technician, drops.drops, drops.changes) == ("anna", ("other",), ())
    assert drops.difference.total == 5000 - 900
    assert found[0].changes[0].would_need == {"overtime_max": 1800}


def test_a_way_that_does_not_exist_is_nobodys_to_decide() -> None:
    question = problem(jobs=[job("call")], durations=((0, -1), (60, 0)))
    assert remedies(question, Plan(), "call") == ()


def test_a_promise_more_to_move_is_a_remedy_under_a_budget() -> None:
    promised = job("other", announced=Announced("anna", 600))
    question = problem(
        [technician(shift=(0, 5400))],
        [promised, job("call", window=(0, 600))],
        stability=Stability(10, 0, 0),
    )
    found = remedies(question, Plan((going("anna", "other"),)), "call")
    assert ("anna", [1]) in told(found)


def test_a_job_fixed_to_somebody_else_could_be_freed() -> None:
    people = [technician("anna"), technician("bert", start=3, shift=(0, 600))]
    found = asked(people, locked=Lock(technician="bert"))
    assert [change.code for change in found[0].changes] == ["overtime"]
    assert ("anna", ["anna"]) in told(found)


def test_a_job_that_is_served_has_no_remedy() -> None:
    with pytest.raises(UnknownJob):
        remedies(problem(jobs=[job("call")]), Plan((going("anna", "call"),)), "call")


def changed(question: Problem, call: str, remedy: Remedy) -> Problem:
    for reason in remedy.changes:
        better = relaxed(question, call, reason)
        assert better is not None
        question = better
    return question


@pytest.mark.parametrize("seed", range(60))
def test_every_remedy_serves_the_job_and_breaks_no_other_rule(seed: int) -> None:
    question, plan, call = crowded(seed)
    found = remedies(question, plan, call)
    assert [each.effort for each in found] == sorted(each.effort for each in found)
    for remedy in found:
        better = changed(question, call, remedy)
        before = {fault.code for fault in check(better, plan).faults} - {"wrong_time", "wrong_cost"}
        assert {fault.code for fault in check(better, remedy.plan).faults} <= before
        (route,) = [r for r in remedy.plan.routes if call in {stop.job for stop in r.stops}]
        assert route.technician == remedy.technician
        difference = plan_difference(better, plan, remedy.plan)
        assert difference == remedy.difference
        left_out = {each.job for each in difference.changes if each.after is None}
        assert left_out == set(remedy.drops)


@pytest.mark.parametrize("seed", range(40))
def test_no_change_of_a_remedy_is_superfluous(seed: int) -> None:
    question, plan, call = crowded(seed)
    for remedy in remedies(question, plan, call):
        if not remedy.changes:
            continue
        first = reasons_unassigned(question, plan, call)
        assert remedy.changes[0].technician in {each.technician for each in first}
        for count in range(len(remedy.changes)):
            fewer = question
            for reason in remedy.changes[:count]:
                better = relaxed(fewer, call, reason)
                assert better is not None
                fewer = better
            against = {each.technician for each in reasons_unassigned(fewer, plan, call)}
            assert remedy.technician in against
