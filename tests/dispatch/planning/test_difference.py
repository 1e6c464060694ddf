"""What differs between two plans: every change told once, and the bill to the last second."""

from dataclasses import replace

import pytest

from dispatch.planning import (
    Flip,
    Limits,
    Plan,
    PlanRefused,
    Problem,
    Route,
    Stop,
    check,
    plan_difference,
    solve,
)
from dispatch.planning.difference import written_difference
from tests.dispatch.planning.makers import job, line, problem, random_problem, technician


def going(who: str, *jobs: str) -> Route:
    """A route by its jobs alone; times are worked out by the rules anyway."""
    return Route(who, tuple(Stop(each, 0, 0, 0) for each in jobs), 0, 0)


TWO = problem(
    [technician("anna"), technician("bert", start=3, end=3)],
    [job("near", location=1, due=600, late_fixed=500), job("far", location=2, due=9000)],
    durations=line(0, 10, 20, 30),
)


def test_a_plan_does_not_differ_from_itself() -> None:
    plan = Plan((going("anna", "near", "far"),))
    found = plan_difference(TWO, plan, plan)
    assert (found.changes, found.total, set(found.terms.values())) == ((), 0, {0})


def test_a_visit_that_goes_to_somebody_else_is_told_with_both_starts() -> None:
    before, after = (
        Plan((going("anna", "near", "far"),)),
        Plan((going("anna", "near"), going("bert", "far"))),
    )
    (change,) = plan_difference(TWO, before, after).changes
    assert change.before is not None
    assert change.after is not None
    assert (change.before.technicians, change.before.start) == (("anna",), 3000)
    assert (change.after.technicians, change.after.start) == (("bert",), 600)
    assert (change.changes_hands, change.slip, change.flip) == (True, -2400, None)


def test_a_promise_missed_instead_of_kept_flips() -> None:
    before, after = Plan((going("anna", "near", "far"),)), Plan((going("anna", "far", "near"),))
    found = plan_difference(TWO, before, after)
    flips = {change.job: change.flip for change in found.changes}
    assert flips == {"near": Flip.BROKEN, "far": None}
    assert found.terms["late_fixed"] == 500


def test_a_job_left_out_breaks_its_promise_and_one_served_keeps_it() -> None:
    served, nobody = Plan((going("anna", "near"),)), Plan()
    (gone,) = plan_difference(TWO, served, nobody).changes
    assert (gone.after, gone.slip, gone.flip) == (None, None, Flip.BROKEN)
    (come,) = plan_difference(TWO, nobody, served).changes
    assert (come.before, come.flip, come.changes_hands) == (None, Flip.KEPT, True)


def test_the_order_within_a_crew_is_no_change() -> None:
    both = problem(
        [technician("anna"), technician("bert")], [job("hoist", crew=2)], durations=line(0, 10)
    )
    one, other = (
        Plan((going("anna", "hoist"), going("bert", "hoist"))),
        Plan((going("bert", "hoist"), going("anna", "hoist"))),
    )
    assert plan_difference(both, one, other).changes == ()


def unlocked(question: Problem) -> Problem:
    """A day on which nothing fixed by hand can stand in the way of a legal plan."""
    return replace(question, jobs=tuple(replace(each, locked=None) for each in question.jobs))


@pytest.mark.parametrize("seed", range(25))
def test_the_lines_add_up_to_the_change_of_the_total(seed: int) -> None:
    question = unlocked(random_problem(seed, technicians=3, jobs=9))
    before = solve(question, limits=Limits(iterations=1), seed=seed)
    after = solve(question, limits=Limits(iterations=300), seed=seed + 1)
    found = plan_difference(question, before, after)
    totals = [check(question, plan).cost.total for plan in (before, after)]
    assert found.total == totals[1] - totals[0]
    assert found.total == sum(found.terms.values()) - 2 * found.terms["preferred"]
    back = plan_difference(question, after, before)
    assert back.terms == {name: -value for name, value in found.terms.items()}
    assert [change.job for change in back.changes] == [change.job for change in found.changes]


def test_what_is_not_told_did_not_change() -> None:
    question = random_problem(7, technicians=3, jobs=9)
    before = solve(question, limits=Limits(iterations=1), seed=1)
    after = solve(question, limits=Limits(iterations=300), seed=2)
    told = {change.job for change in plan_difference(question, before, after).changes}
    for stands, goes in ((before, after), (after, before)):
        later = {
            (route.technician, stop.job, stop.start)
            for route in goes.routes
            for stop in route.stops
        }
        for route in stands.routes:
            for stop in route.stops:
                assert stop.job in told or (route.technician, stop.job, stop.start) in later


def test_a_plan_of_another_problem_is_refused() -> None:
    with pytest.raises(PlanRefused):
        plan_difference(TWO, Plan(), Plan((going("zoe", "near"),)))


def test_stated_times_and_bills_are_not_believed() -> None:
    plan = Plan((going("anna", "near"),))
    lying = replace(plan, routes=(replace(plan.routes[0], return_=99),), stated_total=1)
    assert plan_difference(TWO, plan, lying).changes == ()


def test_a_difference_is_written_for_a_program() -> None:
    written = written_difference(plan_difference(TWO, Plan(), Plan((going("anna", "near"),))))
    assert written["changes"] == [
        {
            "job": "near",
            "before": None,
            "after": {"technicians": ["anna"], "start": 600, "lateness": 0},
            "slip": None,
            "promise": "kept",
        }
    ]
